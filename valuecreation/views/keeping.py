"""After a story is kept: who reads it, and the ways on; sharing by one tap and taking it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningspaces.lib.violations import carried_out
from spaces.permissions import Action, may
from spaces.presentation.readers import readers_of
from spaces.presentation.viewer import Viewer
from valuecreation import actions
from valuecreation.forms.consent import mentioned_in
from valuecreation.forms.sharing import ShareForm, StoryNameForm
from valuecreation.presentation.enclosures import enclosures_of
from valuecreation.presentation.own_stories import Standing, standing_of
from valuecreation.presentation.sharing import how_named, pseudonym_of
from valuecreation.presentation.stories import story_on_page
from valuecreation.rights import is_teller, reads_as_told
from valuecreation.shortcuts import changeable_story_for, own_story_for, story_to_read_for
from valuecreation.views.decisions import decide


@require_safe
def kept(request, slug, public_id):
    """It is kept, and nobody else reads it; three ways on."""
    told, member = story_to_read_for(request.user, slug, public_id)
    if not reads_as_told(told, request.user):
        raise PermissionDenied
    if standing_of(told, told.space.today) == Standing.SHARED:
        return redirect("valuecreation:shared", slug=slug, public_id=public_id)
    return _kept(request, told, member, ShareForm())


def _kept(request, told, member, form):
    teller = is_teller(told, member)
    last = actions.last_named(told) if teller else None
    about = _about(request, told)
    context = about | {
        "form": form,
        "name_form": StoryNameForm(initial={"title": told.title}),
        "is_teller": teller,
        "to_say": [moment for moment in about["story"].moments if teller and moment.unsaid],
        "others": _named_in(request, told),
        "named": how_named(told.teller, last.attribution, pseudonym_of(last)) if last else "",
        "as_said": last.attribution if last else "",
        "kept_at": timezone.localtime(_last_kept(told)),
    }
    return render(request, "valuecreation/kept.html", context)


def _named_in(request, told):
    """The other members whose names stand in the words, or who did the deed, with their key."""
    names = Viewer(told.space, request.user).names
    found = mentioned_in(told, told.steps.all(), names)
    return [
        {"name": member.name, "first_name": member.first_name, "key": member.pk}
        for member, _steps in found
    ]


def _last_kept(told):
    return max((step.moment.created_at for step in told.steps.all()), default=told.created_at)


def _about(request, told):
    """The story with who would read it, or does, if it went to its space."""
    space, viewer = told.space, Viewer(told.space, request.user)
    inside = may(request.user, Action.SEE_PEOPLE, space)
    return {
        "space": space,
        "tab": "stories",
        "story": story_on_page(viewer, told, enclosures=enclosures_of(viewer, told)),
        "readers": readers_of(space, apart_from=told.teller) if inside else None,
        "goes_on": space.is_open_for_work and may(request.user, Action.COLLECT_STORY, space),
    }


@require_POST
def share(request, slug, public_id):
    """Let the people of the space read it, by one tap."""
    told = own_story_for(request.user, slug, public_id)
    form = ShareForm(request.POST)
    if carried_out(form, lambda data: _share(told, form)):
        return redirect("valuecreation:shared", slug=slug, public_id=public_id)
    return _kept(request, told, told.teller, form)


def _share(told, form):
    return actions.share_with_space(told, by=told.teller, attribution=form.named())


@require_safe
def shared(request, slug, public_id):
    """Others read it now; one tap takes that back."""
    told = own_story_for(request.user, slug, public_id)
    if standing_of(told, told.space.today) != Standing.SHARED:
        return redirect("valuecreation:kept", slug=slug, public_id=public_id)
    grant = told.consent.grant
    context = _about(request, told) | {
        "named": how_named(told.teller, grant.attribution, pseudonym_of(told.consent)),
        "just_here": grant.audience == {"space"},
    }
    return render(request, "valuecreation/shared.html", context)


@require_POST
def keep_to_oneself(request, slug, public_id):
    """From now on nobody else reads it."""
    told = own_story_for(request.user, slug, public_id)
    if told.consent is None:
        messages.success(request, _("It stays with you."))
    else:
        decide(request, told, told.teller, actions.keep_to_oneself, _("Only you read it now."))
    return redirect("valuecreation:kept", slug=slug, public_id=public_id)


@require_POST
def open_again(request, slug, public_id):
    """A consent that has ended goes on as it was."""
    told = own_story_for(request.user, slug, public_id)
    said = _("It is open again, to those who read it before.")
    decide(request, told, told.teller, actions.open_again, said)
    return redirect("valuecreation:consent", slug=slug, public_id=public_id)


@require_http_methods(["POST"])
def name_story(request, slug, public_id):
    """Give a story a name, after it was kept."""
    told, member = changeable_story_for(request.user, slug, public_id)
    form = StoryNameForm(request.POST)
    if carried_out(form, lambda data: _name(told, member, data)):
        messages.success(request, _("It has a name now."))
    else:
        messages.error(
            request, " ".join(fault for faults in form.errors.values() for fault in faults)
        )
    return redirect("valuecreation:kept", slug=slug, public_id=public_id)


def _name(told, member, data):
    actions.change_story(told, by=member, seen=told.revision, fields=data)
