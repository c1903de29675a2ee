"""The lists of the flows page: loops, returns, and what waits to be heard of, for one reader.

Each list is one query, paged by key; the stories of all lists are fetched together.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.periods import period_days
from learningspaces.lib.prepared import Prepared
from learningspaces.lib.public_ids import is_public_id
from spaces.models import QUIET_AFTER, Person
from valuecreation.models import (
    Flow,
    LoopReading,
    LoopStatus,
    Moment,
    PatternReading,
    StillMoment,
)

FEW, MANY = 4, 30


class FlowList(TextChoices):
    """The lists, by the word in their address."""

    QUIET = "quiet", _("Waiting to hear")
    STALLED = "stalled", _("Something stands in the way")
    HOPES = "hopes", _("Hopes whose day has passed")
    OPEN = "open", _("Told, not taken up")
    CLOSED = "closed", _("Closed loops")
    ELSEWHERE = "elsewhere", _("Into other spaces")


MEANING = {
    FlowList.QUIET: _(
        "Nobody has told us what came next. It does not mean that nothing did: ask what happened."
    ),
    FlowList.STALLED: _(
        "Somebody asked, and was told that this does not go on for now. "
        "The reason is about the idea, never about a person."
    ),
    FlowList.HOPES: _("These were hoped for by a day that has passed. They may still come."),
    FlowList.OPEN: _(
        "An open return: it came back to the space, and nobody has taken it up yet. "
        "Give it time on the agenda."
    ),
    FlowList.CLOSED: _(
        "A learning loop: something tried in practice came back to the space, and somebody else "
        "took it up. What did not work closes a loop just as well."
    ),
    FlowList.ELSEWHERE: _("Value that somebody carried, or hopes to carry, into another space."),
}
EMPTY = {
    FlowList.QUIET: _("Nothing has gone quiet."),
    FlowList.STALLED: _("Nobody has said that something stands in the way."),
    FlowList.HOPES: _("No hope is past its day."),
    FlowList.OPEN: _("Nothing waits to be taken up."),
    FlowList.CLOSED: _("No loop has closed yet. Bring back what you tried, however it went."),
    FlowList.ELSEWHERE: _("Nothing has gone into another space yet."),
}


class FoundRow(NamedTuple):
    """One row as fetched: its key for paging, the moments it shows, and what is known of it.

    The key is a random id; it says nothing of a day, which not every reader may know.
    """

    key: str
    source: Moment
    target: Moment | None
    known: dict


@dataclass(frozen=True)
class ListPage:
    """A page of one list."""

    which: str
    found: list[FoundRow] = field(default_factory=list)
    older: str = ""

    @property
    def moments(self) -> list[Moment]:
        ends = [end for row in self.found for end in (row.source, row.target)]
        return [end for end in ends if end]


@dataclass(frozen=True)
class AudienceScope:
    """What an audience may see of a space on a day; of one cycle and season only where given."""

    space: object
    audience: str
    on: dt.date
    by: Person | None = None
    cycle: str = ""
    season: str = ""

    @property
    def moments(self):
        return Moment.objects.for_audience(self.audience, self.on, space=self.space)

    @property
    def flows(self):
        """The flows that a list may follow."""
        found = Flow.objects.for_audience(self.audience, self.on, space=self.space)
        return found.told_openly()

    @property
    def into_other_spaces(self):
        """The flows that a list may say went into another space."""
        return self.flows.named_openly().into_other_spaces()

    @property
    def still(self):
        rows = StillMoment.objects.in_space(self.space).for_audience(self.audience)
        rows = rows.of_person(self.by) if self.by else rows
        rows = rows.in_cycle(self.cycle) if self.cycle else rows
        return rows.of_days(*period_days(self.season)) if self.season else rows

    @property
    def patterns(self):
        """The patterns it sees, but for what falls quiet with the days."""
        return PatternReading.objects.in_space(self.space).for_audience(self.audience)

    def quiet_by_cycle(self) -> dict[str, int]:
        """How many moments have gone quiet, by cycle."""
        return self.still.quiet(self.on, self.space.quiet_before(self.on)).by_cycle()

    def loops(self, status):
        kept = LoopReading.objects.in_space(self.space).for_audience(self.audience)
        open_flows = Flow.objects.in_space(self.space).named_openly()
        return kept.that_are(status).of_flows(open_flows)


def list_page(
    seen: AudienceScope, which: str, *, size: int = FEW, after: str = "", by: Person | None = None
) -> ListPage:
    """The next rows of a list after a key, newest first; with `by` only those of one person."""
    seen = replace(seen, by=by)
    key = after if is_public_id(after) else ""
    found = QUERIES[FlowList(which)](seen, key, size + 1)
    older = found[size - 1].key if len(found) > size else ""
    return ListPage(which, found[:size], older)


def _still(rows, seen: AudienceScope, after: str, most: int) -> list[FoundRow]:
    shown_last = seen.still.place_of(after) if after else None
    return _waiting(rows.newest_first(shown_last).with_moments()[:most], seen)


def _quiet(seen: AudienceScope, after: str, most: int) -> list[FoundRow]:
    """The first page, which the overview shows, is a query compiled once."""
    before = seen.space.quiet_before(seen.on)
    if after or seen.cycle or seen.season:
        return _still(seen.still.quiet(seen.on, before), seen, after, most)
    asked = {"space": seen.space.pk, "on": seen.on, **before}
    if seen.by:
        asked["person"] = seen.by.pk
    return _waiting(first_quiet(seen.audience, most, mine=bool(seen.by)).rows(**asked), seen)


@cache
def first_quiet(audience: str, most: int, *, mine: bool) -> Prepared:
    """The quiet moments an audience is shown first: everybody's, or one person's."""

    def compose(space, on, person=None, **before):
        rows = StillMoment.objects.in_space(space).for_audience(audience)
        rows = rows.of_person(person) if person else rows
        return rows.quiet(on, before).newest_first().with_moments()[:most]

    first = dt.date(1901, 1, 1)
    days = {cycle: first + dt.timedelta(days=place) for place, cycle in enumerate(QUIET_AFTER)}
    person = {"person": -102} if mine else {}
    return Prepared(compose, space=-101, on=dt.date(1902, 1, 1), **person, **days)


def _waiting(rows, seen: AudienceScope) -> list[FoundRow]:
    return [
        FoundRow(row.moment.public_id, row.moment, None, {"days": (seen.on - row.day).days})
        for row in rows
    ]


def _flows(flows, after: str, most: int) -> list[FoundRow]:
    shown_last = flows.place_of(after) if after else None
    return [
        FoundRow(flow.public_id, flow.source, flow.target, {"flow": flow})
        for flow in flows.newest_first(shown_last).with_both_moments()[:most]
    ]


def _loops(readings, after: str, most: int) -> list[FoundRow]:
    shown_last = readings.place_of(after) if after else None
    return [
        FoundRow(row.flow.public_id, row.flow.source, row.flow.target, {"loop": row})
        for row in readings.newest_first(shown_last).with_both_moments()[:most]
    ]


QUERIES: dict[str, Callable] = {
    FlowList.QUIET: _quiet,
    FlowList.HOPES: lambda seen, *page: _still(seen.still.past_their_day(seen.on), seen, *page),
    FlowList.STALLED: lambda seen, *page: _flows(seen.flows.stalled(seen.on), *page),
    FlowList.ELSEWHERE: lambda seen, *page: _flows(seen.into_other_spaces, *page),
    FlowList.OPEN: lambda seen, *page: _loops(seen.loops(LoopStatus.OPEN), *page),
    FlowList.CLOSED: lambda seen, *page: _loops(seen.loops(LoopStatus.CLOSED), *page),
}
