"""What concerns one person, for the overview: few, each with its one answer."""

from dataclasses import dataclass

from spaces.models import Notice, NoticeKind, Person, Space
from spaces.presentation.notices import PresentedNotice, present_notice
from valuecreation.models import FollowUp
from valuecreation.presentation.own_words import own_words

MOST = 3


@dataclass(frozen=True)
class ForYou:
    """One thing that waits for the reader, with their own words where it is about these."""

    notice: PresentedNotice
    words: str


def for_you(space: Space, person: Person) -> list[ForYou]:
    """At most three things in a space: what asks for something first, the newest first."""
    mine = Notice.objects.for_user(person).in_space(space).open(person.today)
    rows = list(mine.asking_first()[:MOST])
    moments = moments_of(rows)
    told = own_words(person, moments.values())
    for row in rows:
        row.space = space
    return [ForYou(present_notice(row), told.get(moments.get(row.pk, 0), "")) for row in rows]


def moments_of(rows: list[Notice]) -> dict[int, int]:
    """For each notice that is about a moment, which one."""
    asked = {row.number: row.pk for row in rows if row.kind == NoticeKind.QUESTION}
    found = {row.pk: row.number for row in rows if row.kind in (NoticeKind.QUIET, NoticeKind.HOPE)}
    if asked:
        about = FollowUp.objects.among(asked).values_list("pk", "moment")
        found |= {asked[question]: moment for question, moment in about}
    return found
