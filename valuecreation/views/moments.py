from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learningspaces.lib.public_ids import is_public_id
from learningspaces.lib.violations import carried_out
from spaces.permissions import Action, may
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for
from valuecreation import actions
from valuecreation.forms.moments import KIND_CHOICES, MomentForm, typed_from
from valuecreation.models import LooseAudience, Moment, Story
from valuecreation.presentation.moments import moment_on_page
from valuecreation.presentation.stories import story_head
from valuecreation.rights import is_read_by_others
from valuecreation.shortcuts import (
    changeable_moment_for,
    changeable_story_for,
    moment_for,
    story_of,
    told_lately,
)
from valuecreation.views.stories import SHARED, in_conflict, saved_words, seen_revision

# The pages that ask for what a moment leaves unsaid, and are gone back to.
CAME_FROM = {"kept": "valuecreation:kept", "consent": "valuecreation:consent"}


@require_http_methods(["GET", "POST"])
def edit_moment(request, slug, public_id):
    """Correct one moment of a story."""
    moment, member = changeable_moment_for(request.user, slug, public_id)
    kept = Moment.objects.own(request.user).correcting(moment).first()
    if kept and request.method != "POST":
        return redirect("valuecreation:edit_moment", slug=slug, public_id=kept.public_id)
    space = moment.space
    told = moment.beside if moment.corrects_id else story_of(moment)
    teller = told.teller if told and told.collector_id else None
    form = MomentForm(
        request.POST or None,
        initial=typed_from(moment),
        space=space,
        person=request.user,
        teller=teller,
    )
    seen = seen_revision(request, moment)
    shared = bool(told) and is_read_by_others(told, space.today)
    if carried_out(form, lambda data: _change(request, moment, member, seen, form)):
        messages.success(request, saved_words(request, shared=shared))
        if told and request.GET.get("back") in CAME_FROM:
            page = CAME_FROM[request.GET["back"]]
            return redirect(page, slug=slug, public_id=told.public_id)
        return _back(slug, told or moment.beside, inside=_notes(request.user, space))
    theirs = Moment.objects.with_people().get(pk=moment.pk)
    story = story_head(Viewer(space, request.user), told) if told else None
    context = {
        "space": space,
        "tab": "stories",
        "story": story,
        "form": form,
        "public_id": public_id,
    }
    context |= {"theirs": theirs if in_conflict(form) else None, "revision": theirs.revision}
    context |= {"choices": KIND_CHOICES, "chosen": form["cycle"].value()}
    return render(request, "valuecreation/edit_moment.html", context)


def _change(request, moment, member, seen, form):
    keep = request.POST.get("then") != "alone"
    fields = form.moment_fields()
    actions.change_moment(moment, by=member, seen=seen, fields=fields, keep_sharing=keep)
    if keep and moment.corrects_id:
        actions.share_moment(moment, by=member)


def _back(slug, told, *, inside=True):
    if told is None and not inside:
        return redirect("my_stories")
    if told is None:
        return redirect("valuecreation:note_moment", slug=slug)
    return redirect("valuecreation:story", slug=slug, public_id=told.public_id)


def _notes(person, space) -> bool:
    """Whether they may open the page on which moments are noted."""
    return may(person, Action.COLLECT_STORY, space)


@require_POST
def delete_moment(request, slug, public_id, moment):
    """Take a moment out of a story that is not approved."""
    told, member = changeable_story_for(request.user, slug, public_id)
    gone = get_object_or_404(Moment.objects.in_story(told), public_id=moment)
    _try(request, lambda: actions.delete_moment(told, gone, by=member))
    return redirect("valuecreation:story", slug=slug, public_id=public_id)


@require_POST
def move_moment(request, slug, public_id, moment):
    """Say which of two moments of one day came first."""
    told, member = changeable_story_for(request.user, slug, public_id)
    moved = get_object_or_404(Moment.objects.in_story(told), public_id=moment)
    earlier = request.POST.get("way") == "earlier"
    _try(request, lambda: actions.move_moment(told, moved, by=member, earlier=earlier))
    return redirect("valuecreation:story", slug=slug, public_id=public_id)


def _try(request, decide) -> bool:
    try:
        decide()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    return True


@require_http_methods(["GET", "POST"])
def note_moment(request, slug):
    """Keep a sentence overheard; it can be taken into a story later."""
    space = space_for(request.user, slug, Action.COLLECT_STORY)
    member = membership_in(space, request.user)
    form = MomentForm(request.POST or None, space=space, person=request.user)
    shared = request.POST.get("shared") == "yes"
    if carried_out(form, lambda data: _note(space, member, form, shared=shared)):
        messages.success(request, _("Noted."))
        return redirect("valuecreation:note_moment", slug=slug)
    loose = Moment.objects.loose_for(request.user, space=space).with_people()
    viewer = Viewer(space, request.user)
    noted = [_noted(viewer, moment, member) for moment in loose.newest_first()[:50]]
    context = {
        "space": space,
        "tab": "stories",
        "form": form,
        "choices": KIND_CHOICES,
        "chosen": form["cycle"].value(),
        "shared": shared,
        "loose": noted,
        "stories": _begun(viewer) if noted else [],
    }
    return render(request, "valuecreation/note_moment.html", context)


def _begun(viewer):
    """The stories of one's own that a moment noted earlier may be taken into."""
    begun = Story.objects.unfinished_by(viewer.person).in_space(viewer.space).with_tellers()
    return [story_head(viewer, told) for told in begun.newest_first()[:20]]


def _noted(viewer, moment, member):
    """A moment noted earlier, and whether it is theirs to change."""
    return moment_on_page(viewer, moment, []), moment.recorded_by_id == member.pk


def _note(space, member, form, *, shared):
    fields = form.moment_fields()
    reader = LooseAudience.SPACE if shared else LooseAudience.RECORDER
    loose = [one for one in told_lately(member) if not (story_of(one) or one.beside)]
    before = actions.told_before([one for one in loose if one.loose_audience == reader], fields)
    if before:
        return actions.tell_again(before, by=member, fields=fields)
    return actions.note_moment(space, by=member, fields=fields, shared=shared)


@require_POST
def drop_moment(request, slug, public_id):
    """Let go of a moment noted earlier."""
    moment, member = changeable_moment_for(request.user, slug, public_id)
    told, inside = moment.beside, _notes(request.user, moment.space)
    _try(request, lambda: actions.drop_moment(moment, by=member))
    return _back(slug, told, inside=inside)


@require_POST
def share_moment(request, slug, public_id):
    """Let those who read a story read what was told later, too."""
    moment, member = changeable_moment_for(request.user, slug, public_id)
    told = moment.beside
    if _try(request, lambda: actions.share_moment(moment, by=member)):
        messages.success(request, SHARED)
    return _back(slug, told)


@require_POST
def adopt_moment(request, slug, public_id):
    """Take a moment noted earlier into a story of one's own."""
    space = space_for(request.user, slug)
    member = membership_in(space, request.user)
    moment = moment_for(request.user, space, public_id)
    if not is_public_id(request.POST.get("story", "")):
        raise Http404
    told, _member = changeable_story_for(request.user, slug, request.POST["story"])
    _try(request, lambda: actions.adopt_moment(told, moment, by=member))
    return redirect("valuecreation:story", slug=slug, public_id=told.public_id)
