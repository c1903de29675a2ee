"""What a person chooses about the mails they get; nobody chooses it for them."""

from collections.abc import Mapping

from django.db import transaction

from spaces import stopping
from spaces.models import (
    CHOSEN,
    DigestRhythm,
    MailPreference,
    MailRhythm,
    MailWay,
    NoticeGroup,
    Person,
    Space,
)


@transaction.atomic
def choose_mail(*, by: Person, ways: Mapping[str, str], space: Space | None = None) -> None:
    """Say how one learns of each group of notices, in one space or everywhere."""
    one_choice_at_a_time(by)
    MailPreference.objects.choose(by, space, ways)


@transaction.atomic
def choose_rhythm(*, by: Person, **chosen) -> None:
    """Say when mail may come at all, and how often the summary does."""
    one_choice_at_a_time(by)
    MailRhythm.objects.update_or_create(person=by, defaults=chosen)


def one_choice_at_a_time(person: Person) -> None:
    """Two windows do not choose at the same moment."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)


@transaction.atomic
def stop_mail(what: str, *, by: Person) -> None:
    """Switch off, or over, what the link in a mail is about; every space is meant.

    It is pressed by whoever holds the mail that went to them alone.
    """
    one_choice_at_a_time(by)
    if what == stopping.MONTHLY:
        choose_rhythm(by=by, digest=DigestRhythm.MONTHLY)
        return
    if what in (stopping.SUMMARY, stopping.ONLY_QUESTIONS, stopping.NOTHING):
        choose_rhythm(by=by, digest=DigestRhythm.NEVER)
    _switch_off(by, groups_of(what))


def groups_of(what: str) -> list[NoticeGroup]:
    """The groups of notices that a link switches off."""
    if what == stopping.NOTHING:
        return CHOSEN
    if what == stopping.ONLY_QUESTIONS:
        return [group for group in CHOSEN if group != NoticeGroup.QUESTIONS]
    return [group for group in CHOSEN if group == what]


def _switch_off(person: Person, groups: list[NoticeGroup]) -> None:
    MailPreference.objects.for_user(person).of_groups(groups).delete()
    MailPreference.objects.bulk_create(
        [MailPreference(person=person, group=group, way=MailWay.OFF) for group in groups]
    )
