from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningspaces.lib.htmx import render_part
from learningspaces.lib.numbers import number_in
from learningspaces.lib.violations import carried_out
from spaces.permissions import Action, may
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import space_for
from valuecreation import actions
from valuecreation.forms.stories import AboutStoryForm, StoryFilter
from valuecreation.models import Story
from valuecreation.presentation.consent_words import seen_by
from valuecreation.presentation.corrections import kept_beside
from valuecreation.presentation.enclosures import enclosures_of
from valuecreation.presentation.paging import newest, page_of
from valuecreation.presentation.statements import statements_beside
from valuecreation.presentation.stories import (
    answers_to,
    story_head,
    story_on_page,
    to_ask_about,
    wording_of,
)
from valuecreation.presentation.story_cards import story_cards
from valuecreation.presentation.vignettes import drawn_on
from valuecreation.rights import is_read_by_others, is_teller, may_change, reads_as_told
from valuecreation.shortcuts import (
    around,
    changeable_story_for,
    own_story_for,
    story_to_read_for,
)
from valuecreation.views.decisions import decide

KEPT = gettext_lazy("Saved for you only. Others read on what you agreed to.")
SHARED = gettext_lazy("Saved. Those who read the story read it so now.")


def stories_shown(space, request, form):
    """The page of stories that filters and address ask for; without either, the newest."""
    if not request.GET:
        return newest(space, request.user, request.GET)
    readable = Story.objects.for_reader(space, request.user)
    return page_of(form.narrow(readable, request.user).with_tellers(), readable, request.GET)


@require_safe
def story_list(request, slug):
    """The stories a person may read, newest first."""
    space = space_for(request.user, slug)
    viewer = Viewer(space, request.user)
    form = StoryFilter(request.GET, space=space, reader=request.user, insider=viewer.inside)
    page = stories_shown(space, request, form)
    context = {
        "space": space,
        "tab": "stories",
        "form": form,
        "stories": story_cards(page.stories, viewer),
        "older": page.older,
        "newer": page.newer,
        "can_note": may(request.user, Action.COLLECT_STORY, space),
    }
    return render_part(
        request,
        page="valuecreation/story_list.html",
        part="valuecreation/_stories.html",
        context=context,
    )


@require_safe
def story(request, slug, public_id):
    """One story as a path, and what one may do with it."""
    told, member = story_to_read_for(request.user, slug, public_id)
    space = told.space
    viewer = Viewer(space, request.user)
    flows, uptakes = around(told, request.user)
    taken_up = uptakes if viewer.inside else []
    shown = story_on_page(viewer, told, flows, taken_up, enclosures_of(viewer, told))
    context = {
        "space": space,
        "tab": "stories",
        "story": shown,
        "answers": answers_to(shown),
        "seen_by": seen_by(told, space.today),
        "statements": statements_beside(viewer, told),
        "askable": to_ask_about(viewer, told),
        "hands_paper": reads_as_told(told, request.user) and not told.teller.person_id,
        "beside": kept_beside(viewer, told) if is_teller(told, member) else None,
        "is_teller": is_teller(told, member),
        "drawn_on": drawn_on(told) if is_teller(told, member) else [],
        "may_change": may_change(told, member),
    }
    return render(request, "valuecreation/story.html", context)


@require_safe
def wordings(request, slug, public_id):
    """Earlier wordings of a story, for its teller and whoever wrote it down."""
    told, _member = story_to_read_for(request.user, slug, public_id)
    if not reads_as_told(told, request.user):
        raise PermissionDenied
    space = told.space
    story = story_head(Viewer(space, request.user), told)
    versions = [wording_of(version) for version in told.versions.order_by("-number")]
    context = {"space": space, "tab": "stories", "story": story, "versions": versions}
    return render(request, "valuecreation/wordings.html", context)


@require_http_methods(["GET", "POST"])
def edit_story(request, slug, public_id):
    """The title and what stands around the moments."""
    told, member = changeable_story_for(request.user, slug, public_id)
    space = told.space
    form = AboutStoryForm(request.POST or None, instance=told, initial=told.corrected or {})
    seen = seen_revision(request, told)
    shared = is_read_by_others(told, space.today)
    if carried_out(form, lambda data: _change(request, told, member, seen, data)):
        messages.success(request, saved_words(request, shared=shared))
        return redirect("valuecreation:story", slug=slug, public_id=public_id)
    theirs = Story.objects.with_tellers().get(pk=told.pk)
    story = story_head(Viewer(space, request.user), theirs)
    context = {"space": space, "tab": "stories", "story": story, "form": form}
    context |= {"theirs": theirs if in_conflict(form) else None, "revision": theirs.revision}
    return render(request, "valuecreation/edit_story.html", context)


def _change(request, told, member, seen, data):
    keep = request.POST.get("then") != "alone"
    actions.change_story(told, by=member, seen=seen, fields=data, keep_sharing=keep)


@require_POST
def share_around(request, slug, public_id):
    """Let those who read a story read what was changed around its moments, too."""
    told = own_story_for(request.user, slug, public_id)
    decide(request, told, told.teller, actions.share_around, SHARED)
    return redirect("valuecreation:story", slug=slug, public_id=public_id)


@require_POST
def let_go_around(request, slug, public_id):
    """Leave what stands around the moments as others read it."""
    told = own_story_for(request.user, slug, public_id)
    decide(request, told, told.teller, actions.let_go_around, _("Let go. It stands as it did."))
    return redirect("valuecreation:story", slug=slug, public_id=public_id)


def saved_words(request, *, shared: bool) -> str:
    """That a change is saved, and who reads it."""
    if not shared:
        return _("Saved.")
    return KEPT if request.POST.get("then") == "alone" else SHARED


def seen_revision(request, row):
    """The revision of a row that the form in a browser began with."""
    number = number_in(request.POST.get("revision", ""), digits=9)
    return row.revision if number is None else number


def in_conflict(form):
    """True if somebody else saved the row meanwhile."""
    return any(error.code == "conflict" for error in form.non_field_errors().as_data())
