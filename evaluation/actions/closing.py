"""Closing an account: every story settled, every space left, the person forgotten."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from evaluation.models import Indicator
from spaces.actions import forget_member, leave_space, lone_convener, withdraw_requests
from spaces.models import Membership, Person
from valuecreation.actions import (
    forget_statements,
    make_paper_code,
    settle_for_good,
    settle_rest,
)
from valuecreation.leaving import ClosingChoice, Settling, may_stay
from valuecreation.models import Story


@dataclass(frozen=True)
class ClosedAccount:
    """The receipt: what became of the stories, and a code for each that stays; kept nowhere."""

    closed_at: object
    kept: int
    removed: int
    spaces: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]


@transaction.atomic
def close_account(person: Person, *, by: Person, stories: Mapping[Story, str]) -> ClosedAccount:
    """Do with each story what its teller chose, leave every space, and forget the person.

    A story that only its teller read, and one that is not named, goes.
    """
    if person.pk != by.pk:
        raise ValidationError(_("People close their own accounts."))
    person = Person.objects.select_for_update().get(pk=person.pk)
    memberships = list(Membership.objects.of_person(person).with_everything())
    for membership in memberships:
        if lone_convener(membership):
            said = _(
                "You are the only convener of %(space)s. Make somebody else a convener there "
                "first, or close the space."
            )
            raise ValidationError(said % {"space": membership.space.name})
    kept: list[int] = []
    removed = 0
    for story in Story.objects.told_by(person).with_tellers().with_spaces():
        stays = stories.get(story) == ClosingChoice.NAMELESS and may_stay(story, story.space.today)
        settle_for_good(story, by=story.teller, stays=stays)
        kept, removed = kept + [story.pk] * stays, removed + (not stays)
    forget_statements(person)
    for membership in memberships:
        forget_in_space(membership, person)
    receipt = ClosedAccount(
        closed_at=timezone.now(),
        kept=len(kept),
        removed=removed,
        spaces=tuple(membership.space.name for membership in memberships),
        codes=tuple(codes_for(Story.objects.among(kept).with_tellers().newest_first())),
    )
    withdraw_requests(by=person)
    person.delete()
    return receipt


def codes_for(stories: Iterable[Story]) -> Iterator[tuple[str, str]]:
    """(title, code) of each story that stays, by which it can be taken back without an account."""
    for story in stories:
        yield story.title, make_paper_code(story, by=story.teller)


def forget_in_space(membership: Membership, person: Person) -> None:
    """Leave a space, if one has not, and leave nothing behind that says who one was."""
    gone = Settling.REMOVE
    settle_rest(membership, notes=gone, drafts=gone, questions=gone)
    Indicator.objects.looked_after_by(membership).update(steward=None)
    if membership.is_current(membership.space.today):
        leave_space(membership, by=person, closing=True)
    with translation.override(membership.space.language):
        forget_member(membership, by=person, name=_("A former member"))
