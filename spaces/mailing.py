"""Whether a mail may tell somebody of something now: the one place that decides it.

Consent and requests to delete are always mailed. Everything else goes as its reader chose; what is
off is never mailed. Nothing leaves in somebody's quiet hours: it waits until they end. A space that
rests or is closed asks nothing and sends no summary.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum, auto

from django.utils import timezone

from spaces.models import (
    GROUPS,
    USUAL,
    Mail,
    MailPreference,
    MailRhythm,
    MailWay,
    Notice,
    NoticeGroup,
    NoticeKind,
    Person,
    Space,
    SpaceState,
)

GO_ON = (NoticeGroup.CONSENT, NoticeGroup.STORIES)  # of spaces, too, that rest or are closed
RESTING = dt.timedelta(days=1)  # looked at again after that


class MailFate(StrEnum):
    """What becomes of a mail about something."""

    NOW = auto()
    LATER = auto()
    DIGEST = auto()
    NEVER = auto()


@dataclass(frozen=True)
class MailChoice:
    """What becomes of a mail, and when to ask again if it waits."""

    fate: MailFate
    at: dt.datetime | None = None


@dataclass(frozen=True)
class MailWishes:
    """What one person has chosen about the mails of one space."""

    rhythm: MailRhythm
    ways: dict[str, str]
    state: str = SpaceState.ACTIVE

    def way_of(self, group: str) -> str:
        return self.ways.get(group, USUAL[NoticeGroup(group)])

    def choice(self, kind: str, at: dt.datetime) -> MailChoice:
        """What becomes of a mail about one kind of thing at a moment."""
        group = GROUPS[NoticeKind(kind)]
        always = group == NoticeGroup.CONSENT
        way = MailWay.AT_ONCE if always else self.way_of(group)
        if not self.rhythm.person.is_active or way == MailWay.OFF:
            return MailChoice(MailFate.NEVER)
        if group not in GO_ON and self.state == SpaceState.CLOSED:
            return MailChoice(MailFate.NEVER)
        if group not in GO_ON and self.state == SpaceState.PAUSED:
            return MailChoice(MailFate.LATER, at + RESTING)
        again = self.rhythm.asks_nothing(at) if group == NoticeGroup.QUESTIONS else None
        if again:
            return MailChoice(MailFate.LATER, again)
        if way == MailWay.DIGEST:
            return MailChoice(MailFate.DIGEST)
        ends = self.rhythm.quiet_ends(at)
        return MailChoice(MailFate.LATER, ends) if ends else MailChoice(MailFate.NOW)

    def in_digest(self, kind: str, at: dt.datetime) -> bool:
        """Whether the summary may tell of it: neither off, nor asked while nothing is to be."""
        choice = self.choice(kind, at)
        way = self.way_of(GROUPS[NoticeKind(kind)])
        quiet = self.rhythm.quiet_ends(at)
        waits = choice.fate == MailFate.LATER and choice.at != quiet
        return way != MailWay.OFF and choice.fate != MailFate.NEVER and not waits


def wishes_of(person: Person, space: Space) -> MailWishes:
    """What a person has chosen about the mails of a space, else what is usual."""
    return wishes_in(person, [space])[space.pk]


def wishes_in(person: Person, spaces: Iterable[Space]) -> dict[int, MailWishes]:
    """The same for several spaces, in two queries."""
    everywhere: dict[str, str] = {}
    said: dict[int, dict[str, str]] = defaultdict(dict)
    rows = MailPreference.objects.for_user(person).values_list("space", "group", "way")
    for space_id, group, way in rows:
        (everywhere if space_id is None else said[space_id])[group] = way
    rhythm = MailRhythm.objects.of(person)
    rhythm.person = person
    return {
        space.pk: MailWishes(rhythm, everywhere | said[space.pk], space.state) for space in spaces
    }


def may_mail(
    person: Person, kind: NoticeKind, space: Space, at: dt.datetime | None = None
) -> MailChoice:
    """Whether a mail may tell a person of this kind of thing: now, later, in the digest, never."""
    return wishes_of(person, space).choice(kind, at or timezone.now())


def carry(notice: Notice, write: Callable[[Notice, MailWishes], Mail]) -> Mail | None:
    """Write the mail about a notice if it is to go now, within the transaction of the caller.

    True to "once": whoever claims the notice writes the mail, or nobody does.
    """
    wishes = wishes_of(notice.person, notice.space)
    choice = wishes.choice(notice.kind, timezone.now())
    if choice.fate != MailFate.NOW:
        Notice.objects.among([notice.pk]).put_off(choice.at)
        return None
    if not Notice.objects.claim_mail(notice.pk):
        return None
    mail = write(notice, wishes)
    Notice.objects.among([notice.pk]).carried_by(mail)
    return mail
