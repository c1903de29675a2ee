"""The totals of a space for one audience, as pages and reports read them: a query or two."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction

from spaces.models import Space
from valuecreation.cycles import TURNED_OUT, Cycle, MomentStatus, Unplaced
from valuecreation.models import LoopStatus, Story
from valuecreation.summaries.deltas import deltas_of, rows_around

Pair = tuple[str, str]


@dataclass(frozen=True)
class Summary:
    """What is counted of a space for one audience, over all time or in one season.

    `moments` are counted by (cycle, status, polarity); `flows` and `returns` are those that
    happened, by (from, to), the returns not among the flows; `loops` are the returns read so far,
    by (from, to, what they amount to). Tellers by cycle are known over all time only.

    `alone` are the moments in no story, by (cycle, status). `stories` counts all of them,
    `stories_happened` those in which something happened, `stories_touching` those by cycle.
    """

    moments: dict[tuple[str, str, str], int] = field(default_factory=dict)
    flows: dict[Pair, int] = field(default_factory=dict)
    returns: dict[Pair, int] = field(default_factory=dict)
    loops: dict[tuple[str, str, str], int] = field(default_factory=dict)
    alone: dict[tuple[str, str], int] = field(default_factory=dict)
    stories: int = 0
    stories_happened: int = 0
    stories_touching: dict[str, int] = field(default_factory=dict)
    tellers: int = 0
    tellers_in: dict[str, int] = field(default_factory=dict)

    def of(self, *, status: str = MomentStatus.ACTUAL) -> dict[str, int]:
        """Moments by cycle, those that happened or (status) those hoped for."""
        found = dict.fromkeys(Cycle.values, 0)
        for (cycle, state, _), number in self.moments.items():
            if state == status and cycle in found:
                found[cycle] += number
        return found

    def not_placed(self, *, status: str = MomentStatus.ACTUAL) -> int:
        """Moments that stand in none of the eight cycles; they count in the totals."""
        return sum(
            number
            for (cycle, state, _), number in self.moments.items()
            if state == status and cycle in Unplaced.values
        )

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
        return {p: self.moments.get((cycle, actual, p), 0) for p, _label in TURNED_OUT}

    def alone_in(self, cycle: str) -> int:
        """Moments of a cycle that happened and stand in no story."""
        return self.alone.get((cycle, MomentStatus.ACTUAL.value), 0)

    @property
    def all_alone(self) -> int:
        """Moments that happened and stand in no story."""
        return sum(n for (_c, status), n in self.alone.items() if status == MomentStatus.ACTUAL)

    @property
    def all_moments(self) -> int:
        return sum(self.moments.values())

    @property
    def actual(self) -> int:
        return sum(self.by_cycle.values()) + self.not_placed()

    @property
    def hoped(self) -> int:
        return sum(self.hoped_by_cycle.values()) + self.not_placed(status=MomentStatus.HOPED)

    @property
    def matrix(self) -> list[list[int]]:
        """Flows that happened between moments, returns among them; rows from, columns to."""
        return [
            [self.flows.get((a, b), 0) + self.returns.get((a, b), 0) for b in Cycle.values]
            for a in Cycle.values
        ]

    @property
    def flows_beside_matrix(self) -> int:
        """Flows that happened and touch a moment that is not placed: in no cell of the matrix."""
        every = sum(self.flows.values()) + sum(self.returns.values())
        return every - sum(map(sum, self.matrix))

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
    with corrected(space, audience, on) as corrections:
        return summarised(fetch(space, audience, corrections, season=season, only=bool(season)))


def read_with_season(space: Space, audience: str, on, season: str) -> tuple[Summary, Summary]:
    """The totals over all time and those of one season, in one query."""
    with corrected(space, audience, on) as corrections:
        rows = fetch(space, audience, corrections, season=season)
    return summarised(rows), summarised([(*row[:4], row[5]) for row in rows])


@contextmanager
def corrected(space: Space, audience: str, on: dt.date) -> Iterator[list[tuple]]:
    """What must be added to the summary rows so that they are true on a day; mostly nothing.

    That is so where a consent has ended and no worker has counted its story since; what is read
    then is read as of one moment, so that no worker comes between.
    """
    lapsed = Story.objects.in_space(space).no_longer_as_counted(on)
    if not lapsed.exists():
        yield []
        return
    with one_view_of_the_data():
        yield corrections_for(space, audience, on, list(lapsed.values_list("pk", flat=True)))


def corrections_for(space: Space, audience: str, on: dt.date, stories: list[int]) -> list[tuple]:
    """(what, season, a, b, c, amount) by which some stories are counted otherwise than on a day."""
    change = deltas_of(rows_around(stories, (), on, anew=True))
    change.subtract(deltas_of(rows_around(stories, (), on)))
    return [
        (key.what, key.season, key.a, key.b, key.c, amount)
        for key, amount in change.items()
        if amount and key.audience == audience and key.space == space.pk
    ]


@contextmanager
def one_view_of_the_data():
    """A transaction whose reads all see the same moment; on PostgreSQL that has to be asked for."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


ROWS = "SELECT what, season, a, b, c, amount FROM valuecreation_tally"
CORRECTION = " UNION ALL SELECT %s, %s, %s, %s, %s, CAST(%s AS integer)"


def true_rows(space: Space, audience: str, corrections: list[tuple], **named) -> tuple[str, list]:
    """SQL of the summary rows of an audience with their corrections, and its parameters.

    `named` are columns that all of them must have in common.
    """
    wanted = {"space_id": space.pk, "audience": audience, **named}
    sql = f"{ROWS} WHERE {' AND '.join(f'{column} = %s' for column in wanted)}"
    places = {name: place for place, name in enumerate(("what", "season", "a", "b", "c"))}
    fitting = [
        row for row in corrections if all(row[places[name]] == named[name] for name in named)
    ]
    given = [*wanted.values(), *(value for row in fitting for value in row)]
    return sql + CORRECTION * len(fitting), given


def fetch(
    space: Space, audience: str, corrections: list[tuple], *, season: str | None, only=False
) -> list[tuple]:
    """(what, a, b, c, total, total of the season), with tellers counted instead of named."""
    rows, given = true_rows(space, audience, corrections, **({"season": season} if only else {}))
    person = "what IN ('teller', 'teller_cycle')"
    key = f"CASE WHEN {person} THEN '' ELSE a END"
    people = "SUM(CASE WHEN {0} > 0 THEN 1 ELSE 0 END)"
    totals = ", ".join(
        f"CASE WHEN {person} THEN {people.format(name)} ELSE SUM({name}) END"
        for name in ("total", "in_season")
    )
    in_season = "SUM(CASE WHEN season = %s THEN amount ELSE 0 END)"
    summed = (
        f"SELECT what, a, b, c, SUM(amount) AS total, {in_season} AS in_season "
        f"FROM ({rows}) AS counted GROUP BY what, a, b, c"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT what, {key}, b, c, {totals} FROM ({summed}) AS summed "
            f"GROUP BY what, {key}, b, c",
            [season or "", *given],
        )
        return cursor.fetchall()


def summarised(rows: list[tuple]) -> Summary:
    """A summary made of fetched rows."""
    known: dict = {"moments": {}, "flows": {}, "returns": {}, "loops": {}, "alone": {}}
    touching, tellers_in = dict.fromkeys(Cycle.values, 0), dict.fromkeys(Cycle.values, 0)
    stories, tellers = {"": 0, MomentStatus.ACTUAL.value: 0}, 0
    for what, a, b, c, amount, *_season in rows:
        total = int(amount or 0)
        if what == "story":
            stories[a] = total
        elif what == "teller":
            tellers = total
        elif total and what == "alone":
            known["alone"][a, b] = total
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
        stories=sum(stories.values()),
        stories_happened=stories[MomentStatus.ACTUAL.value],
        tellers=tellers,
        stories_touching=touching,
        tellers_in=tellers_in,
    )
