"""Summaries of a space per audience: written with every change, folded later, always exact.

Rows are only ever added (nobody waits for anybody); a worker folds them. A read sums both.
"""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction
from django.utils import timezone

from spaces.models import Space
from valuecreation.models import LoopsDue, Story, Tally
from valuecreation.summaries.deltas import (
    Rows,
    TallyKey,
    deltas_of,
    rows_around,
    rows_of_flows,
    rows_of_space,
)
from valuecreation.summaries.totals import Summary, read

__all__ = ["Summary", "check", "count_loops", "counted", "fold", "read", "recount"]

logger = logging.getLogger(__name__)
BATCH = 2000


class Counting:
    """What has changed around some stories and moments since it was last written down."""

    def __init__(self, stories: list[Story], moments: list):
        self.stories, self.moments = stories, moments
        self.story_ids: set[int] = set()
        self.moment_ids = {moment.pk for moment in moments}
        self.before: Counter = Counter()
        self.lapses: dict[dt.date, set[int]] = {}
        self.start()

    def add(self, *stories: Story) -> None:
        """Count stories made inside the block, too."""
        self.stories.extend(stories)

    def covers(self, stories: list[Story], moments: list) -> bool:
        """True if a change of these is counted here already."""
        known = {story.pk for story in self.stories}
        named = {moment.pk for moment in moments}
        return known.issuperset(story.pk for story in stories) and self.moment_ids >= named

    @property
    def space(self) -> Space | None:
        """The space whose calendar says which day it is."""
        return next((row.space for row in [*self.stories, *self.moments]), None)

    def start(self) -> None:
        self.before = self.now()

    def now(self) -> Counter:
        self.story_ids |= {story.pk for story in self.stories}
        if self.space is None:
            return Counter()
        rows = rows_around(self.story_ids, self.moment_ids, self.space.today)
        self.moment_ids |= rows.near
        self.lapses = lapses(rows)
        return deltas_of(rows)

    def write(self) -> None:
        after = self.now()
        after.subtract(self.before)
        write(after)
        self.before = Counter()


_open: ContextVar[tuple[Counting, ...]] = ContextVar("open counts", default=())


@contextmanager
def counted(stories: Iterable[Story] = (), *, moments: Iterable = ()) -> Iterator[Counting]:
    """Write down what changes in the summaries while the block runs, in the same transaction.

    Give every story whose text, moments, flows, state or consent the block may change, and every
    loose moment. A story made inside the block is added with `.add(story)`, or to the list given.
    """
    outer, stories, moments = _open.get(), as_list(stories), list(moments)
    if outer and outer[-1].covers(stories, moments):
        yield outer[-1]
        return
    if outer:
        outer[-1].write()
    try:
        with transaction.atomic(), _counting(stories, moments, outer) as counting:
            yield counting
    finally:
        if outer and not connection.needs_rollback:
            outer[-1].start()


def as_list(stories: Iterable[Story]) -> list[Story]:
    """The list itself, which may grow inside the block, or a list of what was given."""
    return stories if isinstance(stories, list) else list(stories)


@contextmanager
def _counting(stories, moments, outer):
    counting = Counting(stories, moments)
    token = _open.set((*outer, counting))
    try:
        yield counting
    finally:
        _open.reset(token)
    counting.write()
    mark_loops_due(counting)


def mark_loops_due(counting: Counting) -> None:
    """Leave notes that the loops around what has changed must be read again, now and later."""
    if counting.space and counting.moment_ids:
        moments = sorted(counting.moment_ids)
        LoopsDue.objects.create(space=counting.space, moments=moments)
        note_lapses(counting.space, counting.lapses)


def lapses(rows: Rows) -> dict[dt.date, set[int]]:
    """The days on which a consent will have lapsed, with the moments of its story."""
    found: dict[dt.date, set[int]] = {}
    for pk, story in rows.story.items():
        for span in story.spans.values():
            if span.until:
                day = span.until + dt.timedelta(days=1)
                found.setdefault(day, set()).update(rows.moments_of.get(pk, ()))
    return found


def note_lapses(space: Space, days: Mapping[dt.date, set[int]]) -> None:
    """Leave a note for each day on which a consent will have lapsed."""
    LoopsDue.objects.bulk_create(
        LoopsDue(space=space, due_on=day, moments=sorted(moments))
        for day, moments in days.items()
        if moments
    )


def write(change: Mapping[TallyKey, int], *, folded: bool = False) -> None:
    """Add summary rows for a change."""
    rows = [
        Tally(amount=amount, folded=folded, space_id=key.space, **fields_of(key))
        for key, amount in change.items()
        if amount
    ]
    Tally.objects.bulk_create(rows, batch_size=BATCH)


def fields_of(key: TallyKey) -> dict:
    fields = key._asdict()
    del fields["space"]
    return fields


@transaction.atomic
def recount(space: Space) -> None:
    """Write the summaries of a space from scratch, in bulk, and leave its loops to be read."""
    rows = rows_of_space(space, space.today)
    Tally.objects.in_space(space).delete()
    write(deltas_of(rows), folded=True)
    LoopsDue.objects.in_space(space).delete()
    LoopsDue.objects.create(space=space, moments=None)
    note_lapses(space, lapses(rows))


@transaction.atomic
def count_loops(flows: Collection[int], today, change: Callable[[], None]) -> None:
    """Carry out a change of the readings of some returns and add what it does to the totals."""
    before = deltas_of(rows_of_flows(flows, today))
    change()
    after = deltas_of(rows_of_flows(flows, today))
    after.subtract(before)
    write(after)


def as_stored(space: Space) -> Counter:
    """The sum of all rows of a space per key, rows whose day has come counting as any other."""
    stored: Counter = Counter()
    today = space.today
    for *key, counts_from, total in (
        Tally.objects.in_space(space)
        .totals("audience", "what", "season", "a", "b", "c", "counts_from")
        .values_list("audience", "what", "season", "a", "b", "c", "counts_from", "total")
    ):
        day = None if counts_from and counts_from <= today else counts_from
        stored[TallyKey(space.pk, *key, day)] += total
    return stored


def spaces_to_fold() -> list[Space]:
    """Spaces with rows that nobody has folded yet, or whose day has come."""
    tomorrow = timezone.now().date() + dt.timedelta(days=1)
    return list(Space.objects.filter(pk__in=Tally.objects.pending(tomorrow).values("space")))


def fold(space: Space) -> int:
    """Put the new rows of a space together with the folded ones; how many rows that were.

    Safe twice and at once: each worker takes only rows that no other has taken, and the truth is
    the sum, however many rows it lies in.
    """
    today = space.today
    fresh = Tally.objects.in_space(space).pending(today)
    with transaction.atomic():
        mine = (
            Tally.objects.in_space(space)
            .same_keys_as(fresh)
            .select_for_update(skip_locked=True, of=("self",))
        )
        total: Counter = Counter()
        taken = []
        for row in mine.iterator(chunk_size=BATCH):
            taken.append(row.pk)
            day = None if row.counts_from and row.counts_from <= today else row.counts_from
            key = TallyKey(space.pk, row.audience, row.what, row.season, row.a, row.b, row.c, day)
            total[key] += row.amount
        for start in range(0, len(taken), BATCH):
            Tally.objects.filter(pk__in=taken[start : start + BATCH]).delete()
        write(total, folded=True)
    return len(taken)


@contextmanager
def one_view_of_the_data():
    """A transaction whose reads all see the same moment; on PostgreSQL that has to be asked for."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def report(space: Space, drift: Counter) -> None:
    """Log by how much the summaries were wrong, and where."""
    where = [f"{':'.join(map(str, key[1:]))} {number:+d}" for key, number in drift.most_common(20)]
    logger.error(
        "Summaries of space %s had drifted by %d in %d keys: %s",
        space.slug,
        sum(map(abs, drift.values())),
        len(drift),
        "; ".join(where),
    )


def check(space_id: int) -> dict[TallyKey, int]:
    """Compare the summaries of a space with a recount; log and mend what has drifted.

    A space that another worker is checking is left to it.
    """
    with one_view_of_the_data():
        mine = Space.objects.filter(pk=space_id).select_for_update(skip_locked=True)
        drift: Counter = Counter()
        for space in mine:
            drift = deltas_of(rows_of_space(space, space.today))
            drift.subtract(as_stored(space))
            drift = Counter({key: amount for key, amount in drift.items() if amount})
            if drift:
                logger.error(
                    "Summaries of space %s had drifted by %d in %d keys: %s",
                    space.slug,
                    sum(map(abs, drift.values())),
                    len(drift),
                    "; ".join(
                        f"{':'.join(map(str, k[1:]))} {n:+d}" for k, n in drift.most_common(20)
                    ),
                )
                write(drift)
    return dict(drift)
