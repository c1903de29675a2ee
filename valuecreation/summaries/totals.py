"""The totals of a space for one audience, as pages and reports read them: one query."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import connection

from learningspaces.lib.prepared import Prepared
from spaces.models import Space
from valuecreation.cycles import Cycle, MomentStatus, Polarity
from valuecreation.models import LoopStatus, Tally

Pair = tuple[str, str]


@dataclass(frozen=True)
class Summary:
    """What is counted of a space for one audience, over all time or in one season.

    `moments` are counted by (cycle, status, polarity); `flows` and `returns` are those that
    happened, by (from, to), the returns not among the flows; `loops` are the returns read so far,
    by (from, to, what they amount to). Tellers by cycle are known over all time only.
    """

    moments: dict[tuple[str, str, str], int] = field(default_factory=dict)
    flows: dict[Pair, int] = field(default_factory=dict)
    returns: dict[Pair, int] = field(default_factory=dict)
    loops: dict[tuple[str, str, str], int] = field(default_factory=dict)
    stories: int = 0
    stories_touching: dict[str, int] = field(default_factory=dict)
    tellers: int = 0
    tellers_in: dict[str, int] = field(default_factory=dict)

    def of(self, *, status: str = MomentStatus.ACTUAL) -> dict[str, int]:
        """Moments by cycle, those that happened or (status) those hoped for."""
        found = dict.fromkeys(Cycle.values, 0)
        for (cycle, state, _), number in self.moments.items():
            if state == status:
                found[cycle] += number
        return found

    @property
    def by_cycle(self) -> dict[str, int]:
        """Moments that happened, by cycle, every cycle named."""
        return self.of()

    @property
    def hoped_by_cycle(self) -> dict[str, int]:
        """Moments hoped for, by cycle, every cycle named."""
        return self.of(status=MomentStatus.HOPED)

    def polarities(self, cycle: str) -> dict[str, int]:
        """How the moments of a cycle that happened turned out."""
        actual = MomentStatus.ACTUAL.value
        return {p: self.moments.get((cycle, actual, p), 0) for p in Polarity.values}

    @property
    def all_moments(self) -> int:
        return sum(self.moments.values())

    @property
    def actual(self) -> int:
        return sum(self.by_cycle.values())

    @property
    def hoped(self) -> int:
        return sum(self.hoped_by_cycle.values())

    @property
    def matrix(self) -> list[list[int]]:
        """Flows that happened between moments, returns among them; rows from, columns to."""
        return [
            [self.flows.get((a, b), 0) + self.returns.get((a, b), 0) for b in Cycle.values]
            for a in Cycle.values
        ]

    def returns_that_are(self, status: str) -> dict[Pair, int]:
        """Returns of one kind (closed, open, no_applied), by (from, to)."""
        return {(a, b): n for (a, b, kind), n in self.loops.items() if kind == status}

    @property
    def open_returns(self) -> dict[Pair, int]:
        return self.returns_that_are(LoopStatus.OPEN)

    @property
    def closed(self) -> int:
        """Loops closed, of `loops_read`: returns that hold an applied moment."""
        return sum(self.returns_that_are(LoopStatus.CLOSED).values())

    @property
    def loops_read(self) -> int:
        return self.closed + sum(self.open_returns.values())


def read(space: Space, audience: str, on, season: str | None = None) -> Summary:
    """The totals of a space for an audience on a day (today or later), or of one season."""
    values = {"space": space.pk, "audience": audience, "on": on}
    if season:
        return summarised(fetch(OF_SEASON.sql(season=season, **values)))
    return summarised(fetch(OF_ALL.sql(**values)))


def read_with_season(space: Space, audience: str, on, season: str) -> tuple[Summary, Summary]:
    """The totals over all time and those of one season, in one query."""
    asked = WITH_SEASON.sql(space=space.pk, audience=audience, on=on, season=season)
    rows = fetch(asked)
    return summarised(rows), summarised([(*row[:4], row[5]) for row in rows])


def totals(space, audience, on, season: str = ""):
    """Sums by everything that is counted, and beside them those of one season."""
    rows = Tally.objects.in_space(space).for_audience(audience).by(on)
    return rows.totals("what", "a", "b", "c", season=season)


def totals_of_season(space, audience, on, season):
    """The same, of nothing but one season."""
    rows = Tally.objects.in_season(season).in_space(space).for_audience(audience).by(on)
    return rows.totals("what", "a", "b", "c")


SAMPLES = {"space": -101, "audience": "?", "on": dt.date(1901, 2, 3)}
OF_ALL = Prepared(totals, **SAMPLES)
OF_SEASON = Prepared(totals_of_season, season="??", **SAMPLES)
WITH_SEASON = Prepared(totals, season="??", **SAMPLES)


def fetch(asked: tuple[str, tuple]) -> list[tuple]:
    """(what, a, b, c, total, total of the season), with tellers counted instead of named."""
    inner, given = asked
    person = "what IN ('teller', 'teller_cycle')"
    key = f"CASE WHEN {person} THEN '' ELSE a END"
    people = "SUM(CASE WHEN {0} > 0 THEN 1 ELSE 0 END)"
    totals = ", ".join(
        f"CASE WHEN {person} THEN {people.format(name)} ELSE SUM({name}) END"
        for name in ("total", "in_season")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT what, {key}, b, c, {totals} FROM ({inner}) AS summed "
            f"GROUP BY what, {key}, b, c",
            given,
        )
        return cursor.fetchall()


def summarised(rows: list[tuple]) -> Summary:
    """A summary made of fetched rows."""
    known: dict = {"moments": {}, "flows": {}, "returns": {}, "loops": {}}
    touching, tellers_in = dict.fromkeys(Cycle.values, 0), dict.fromkeys(Cycle.values, 0)
    single = {"story": 0, "teller": 0}
    for what, a, b, c, amount, *_season in rows:
        total = int(amount or 0)
        if what in single:
            single[what] = total
        elif what == "story_cycle":
            touching[a] = total
        elif what == "teller_cycle":
            tellers_in[b] = total
        elif total and what == "flow":
            known["returns" if c == "return" else "flows"][a, b] = total
        elif total:
            known[f"{what}s"][a, b, c] = total
    return Summary(
        **known,
        stories=single["story"],
        tellers=single["teller"],
        stories_touching=touching,
        tellers_in=tellers_in,
    )
