"""A teller's answer to what somebody wrote down for them, given by the link that was mailed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from spaces.models import Membership
from valuecreation.actions.moments import change_moment
from valuecreation.actions.stories import approve_story, change_story, withdraw_story
from valuecreation.actions.versions import hold
from valuecreation.models import Story, WordingRequest
from valuecreation.wording_requests import WordingState, state_of


@transaction.atomic
def correct_by_link(request: WordingRequest, *, title: str, texts: dict[int, str]) -> None:
    """The teller's corrections; nobody else reads the story for them."""
    story, teller = _story_of(request)
    if title.strip() and title.strip() != story.title:
        change_story(story, by=teller, seen=story.revision, fields={"title": title.strip()})
    for step in story.steps.select_related("moment").order_by("order"):
        moment, text = step.moment, texts.get(step.moment_id, "").strip()
        if text and text != moment.text:
            change_moment(moment, by=teller, seen=moment.revision, fields={"text": text})


@transaction.atomic
def agree_by_link(request: WordingRequest, *, title: str, texts: dict[int, str]) -> None:
    """The teller accepts the wording as corrected; who may read it is said after signing in."""
    correct_by_link(request, title=title, texts=texts)
    story, teller = _story_of(request)
    approve_story(story, by=teller)
    _spend(request)


@transaction.atomic
def decline_by_link(request: WordingRequest) -> None:
    """The teller does not want it told: it is withdrawn before anybody else has read it."""
    story, teller = _story_of(request)
    withdraw_story(story, by=teller)
    _spend(request)


def _story_of(request: WordingRequest) -> tuple[Story, Membership]:
    """The story, held, if its teller can still answer by this link."""
    hold(request.story)
    if state_of(request) != WordingState.OPEN:
        raise ValidationError(_("This was answered already, or the link has ended."))
    return request.story, request.story.teller


def _spend(request: WordingRequest) -> None:
    request.answered_at = timezone.now()
    request.save(update_fields=["answered_at"])
