"""The link that leads a teller to what somebody wrote down for them, and what state it is in."""

from django.db.models import TextChoices

from spaces import signed_links
from valuecreation.models import StoryState, WordingRequest

LINK = "a teller reads what was written down for them"


class WordingState(TextChoices):
    """What can be done with the link."""

    OPEN = "open", "the teller can correct and agree"
    AGREED = "agreed", "the wording is approved"
    DECLINED = "declined", "the teller did not want it"
    ENDED = "ended", "its last day is over"


def signed(request: WordingRequest) -> str:
    """What the link in the mail carries: this one story to read, and that we wrote it."""
    return signed_links.signed(LINK, request.pk)


def request_signed(token: str) -> WordingRequest | None:
    """The request that a link is for, if we wrote the link and the story is still there."""
    pk = signed_links.number_signed(LINK, token)
    return WordingRequest.objects.with_all().numbered(pk).first() if pk else None


def state_of(request: WordingRequest) -> WordingState:
    """Whether the link still does something; it is spent by the answer, wherever that was given."""
    story = request.story
    if story.state == StoryState.WITHDRAWN:
        return WordingState.DECLINED
    if story.state != StoryState.WITH_TELLER or request.answered_at:
        return WordingState.AGREED
    return WordingState.ENDED if request.open_until < story.space.today else WordingState.OPEN
