"""Decisions about a story that take one click; all but letting go of a draft can be taken back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from spaces.presentation.viewer import Viewer
from valuecreation import actions
from valuecreation.models import StoryState
from valuecreation.presentation.stories import story_head
from valuecreation.shortcuts import changeable_story_for, own_story_for


def decide(request, told, member, decision, said) -> bool:
    """Carry a decision out and say so, or say why it cannot be."""
    try:
        decision(told, by=member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, said)
    return True


@require_POST
def finish_story(request, slug, public_id):
    """Nothing more yet."""
    told, member = changeable_story_for(request.user, slug, public_id)
    decide(request, told, member, actions.finish_story, finished_words(told))
    return redirect("valuecreation:story", slug=slug, public_id=public_id)


def finished_words(told) -> str:
    """What happens now with a story that is told for the moment."""
    if told.collector:
        said = _("Kept. %(name)s can now correct the wording and approve it; nobody else reads it.")
        return said % {"name": told.teller.name}
    return _("Kept for you alone. Say who may read it when you are ready.")


@require_POST
def approve_story(request, slug, public_id):
    """The teller accepts the wording, and is asked who may read it."""
    told = own_story_for(request.user, slug, public_id)
    said = _("The wording is approved. Nobody else reads it until you say so here.")
    decide(request, told, told.teller, actions.approve_story, said)
    return redirect("valuecreation:consent", slug=slug, public_id=public_id)


@require_POST
def retire_story(request, slug, public_id):
    """The story is out of date."""
    told = own_story_for(request.user, slug, public_id)
    said = _("Retired. Only you still see it; you can bring it back at any time.")
    decide(request, told, told.teller, actions.retire_story, said)
    return redirect("valuecreation:story", slug=slug, public_id=public_id)


@require_POST
def bring_back_story(request, slug, public_id):
    """A retired story is told again."""
    told = own_story_for(request.user, slug, public_id)
    decide(request, told, told.teller, actions.bring_back_story, _("The story is told again."))
    return redirect("valuecreation:story", slug=slug, public_id=public_id)


@require_http_methods(["GET", "POST"])
def discard_story(request, slug, public_id):
    """Let go of a draft; this cannot be undone, so it is asked once."""
    told, member = changeable_story_for(request.user, slug, public_id)
    if request.method == "POST":
        if decide(request, told, member, actions.discard_story, _("The draft is gone.")):
            return redirect("my_stories")
        return redirect("valuecreation:story", slug=slug, public_id=public_id)
    story = story_head(Viewer(told.space, request.user), told)
    context = {"space": told.space, "tab": "stories", "story": story}
    return render(request, "valuecreation/discard_story.html", context)


@require_http_methods(["GET", "POST"])
def withdraw_story(request, slug, public_id):
    """Withdraw a story: one click, no reason, and an honest word on what cannot be recalled."""
    told = own_story_for(request.user, slug, public_id)
    if request.method == "POST":
        said = _("The story is withdrawn. It is gone from every list, count and later export.")
        decide(request, told, told.teller, actions.withdraw_story, said)
        return redirect("my_stories")
    if told.state == StoryState.WITHDRAWN:
        messages.info(request, _("This story is withdrawn. Its receipt is here."))
        return redirect("my_stories")
    story = story_head(Viewer(told.space, request.user), told)
    context = {"space": told.space, "tab": "stories", "story": story}
    return render(request, "valuecreation/withdraw_story.html", context)
