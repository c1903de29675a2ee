"""The link in a mail that asks what came of something: one question, whoever it was sent to."""

from django.core import signing
from django.db import models
from django.utils import timezone

from learningspaces.lib.dates import today_in
from valuecreation.models import FollowUp, Moment

LINK = "what came of it"  # what the signed link is for, and nothing else


class LinkState(models.TextChoices):
    """What becomes of whoever opens the link."""

    OPEN = "open"
    USED = "used"
    ENDED = "ended"
    NOT_NEEDED = "not_needed"


def signed_question(follow_up: FollowUp) -> str:
    """What the link carries: this one question to this one person, and that we wrote it."""
    who = follow_up.asked_of.person_id
    return signing.Signer(salt=LINK).sign(f"{follow_up.pk}-{who}")


def is_ours(token: str) -> bool:
    """Whether we wrote a link, whatever has become of its question."""
    return _numbers(token) is not None


def question_signed(token: str) -> FollowUp | None:
    """The question a link is for, while it is there and goes to the one it was sent to."""
    numbers = _numbers(token)
    if numbers is None:
        return None
    found = FollowUp.objects.with_all().numbered(numbers[0]).first()
    return found if found and found.asked_of.person_id == numbers[1] else None


def _numbers(token: str) -> tuple[int, int] | None:
    try:
        pk, _dash, person = signing.Signer(salt=LINK).unsign(token).partition("-")
        return int(pk), int(person)
    except (signing.BadSignature, ValueError):
        return None


def state_of_link(follow_up: FollowUp) -> LinkState:
    """Whether the question can be answered by its link now."""
    person = follow_up.asked_of.person
    if follow_up.answered_on:
        return LinkState.USED
    readable = Moment.objects.for_user(person).among([follow_up.moment_id])
    if follow_up.taken_back_on or person is None or not readable.exists():
        return LinkState.NOT_NEEDED
    ended = today_in(person.time_zone, timezone.now()) > follow_up.works_until
    return LinkState.ENDED if ended else LinkState.OPEN
