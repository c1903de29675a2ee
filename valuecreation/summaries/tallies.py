"""Summaries of a space per audience: written with every change, folded later, always exact.

Rows are only ever added (nobody waits for anybody); a worker folds them. A read sums both.
"""

import datetime as dt
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from spaces.models import Space
from valuecreation.models import LoopsDue, Story, StoryState, StoryStep, Tally
from valuecreation.summaries.deltas import (
    Rows,
    TallyKey,
    deltas_of,
    rows_around,
    rows_of_flows,
    rows_of_space,
)
from valuecreation.summaries.totals import Summary, one_view_of_the_data, read

__all__ = ["Summary", "check", "count_lapsed", "count_loops", "counted", "fold", "read", "recount"]

logger = logging.getLogger(__name__)
BATCH = 2000
LAPSED_AT_ONCE = 500  # stories counted anew in one transaction


class Counting:
    """What has changed around some stories and moments since it was last written down."""

    def __init__(self, stories: list[Story], moments: list):
        self.stories, self.moments = stories, moments
        self.story_ids: set[int] = set()
        self.moment_ids = {moment.pk for moment in moments}
        self.tied: set[int] = set()  # what a flow ties to these, before or after the change
        self.before: Counter = Counter()
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
        """Remember what counts before the change; nothing, if nobody but its teller reads it."""
        self.before = deltas_of(self.rows()) if self.moment_ids or self.is_read() else Counter()

    def is_read(self) -> bool:
        """True if a story is approved among these or among those that share a moment with them."""
        if any(story.state == StoryState.APPROVED for story in self.stories):
            return True
        these = [story.pk for story in self.stories if story.pk]
        around = StoryStep.objects.filter(moment__steps__story__in=these)
        return bool(these) and around.filter(story__state=StoryState.APPROVED).exists()

    def rows(self, *, anew: bool = False) -> Rows:
        self.story_ids |= {story.pk for story in self.stories}
        if self.space is None:
            return Rows()
        rows = rows_around(self.story_ids, self.moment_ids, self.space.today, anew=anew)
        self.moment_ids |= rows.near
        self.tied |= {
            end for flow in rows.flows if not rows.near.isdisjoint(flow[1:3]) for end in flow[1:3]
        }
        return rows

    def write(self) -> None:
        rows = self.rows(anew=True)
        after = deltas_of(rows)
        after.subtract(self.before)
        write(after)
        keep_ends({pk: rows.story[pk].until for pk in self.story_ids if pk in rows.story})
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
    """Leave a note that the loops around what has changed must be read again."""
    if counting.space and counting.moment_ids:
        moments = sorted(counting.moment_ids | counting.tied)
        LoopsDue.objects.create(space=counting.space, moments=moments)


def keep_ends(until: Mapping[int, dt.date | None]) -> None:
    """Remember of each story the last day on which what was counted of it holds."""
    stories = defaultdict(list)
    for pk, day in until.items():
        stories[day].append(pk)
    for day, pks in stories.items():
        for start in range(0, len(pks), BATCH):
            Story.objects.among(pks[start : start + BATCH]).counted_until_other_than(day).update(
                counts_until=day
            )


def count_lapsed(space: Space) -> int:
    """Count anew the stories whose consent has begun or ended since; how many there were.

    Until then who reads the totals takes them out by themselves (totals.py).
    """
    found = 0
    while True:
        with transaction.atomic():
            lapsed = Story.objects.in_space(space).no_longer_as_counted(space.today)
            stories = list(lapsed.select_for_update(of=("self",), no_key=True)[:LAPSED_AT_ONCE])
            if not stories:
                return found
            for story in stories:
                story.space = space
            with counted(stories):
                found += len(stories)


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
    rows = rows_of_space(space, space.today, anew=True)
    Tally.objects.in_space(space).delete()
    write(deltas_of(rows), folded=True)
    keep_ends({pk: story.until for pk, story in rows.story.items()})
    LoopsDue.objects.in_space(space).delete()
    LoopsDue.objects.create(space=space, moments=None)


@transaction.atomic
def count_loops(flows: Collection[int], today, change: Callable[[], None]) -> None:
    """Carry out a change of the readings of some returns and add what it does to the totals."""
    before = deltas_of(rows_of_flows(flows, today))
    change()
    after = deltas_of(rows_of_flows(flows, today))
    after.subtract(before)
    write(after)


def as_stored(space: Space) -> Counter:
    """The sum of all rows of a space per key."""
    keys = ("audience", "what", "season", "a", "b", "c")
    sums = Tally.objects.in_space(space).totals(*keys).values_list(*keys, "total")
    return Counter({TallyKey(space.pk, *key): total for *key, total in sums})


def spaces_to_fold() -> list[Space]:
    """Spaces with rows that nobody has folded yet, or with consents that may have ended since."""
    tomorrow = timezone.now().date() + dt.timedelta(days=1)
    lapsed = Story.objects.no_longer_as_counted(tomorrow).order_by().values("space")
    waiting = Q(pk__in=Tally.objects.pending().values("space")) | Q(pk__in=lapsed)
    return list(Space.objects.filter(waiting))


def fold(space: Space) -> int:
    """Put the new rows of a space together with the folded ones; how many rows that were.

    Safe twice and at once: each worker takes only rows that no other has taken, and the truth is
    the sum, however many rows it lies in.
    """
    fresh = Tally.objects.in_space(space).pending()
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
            key = TallyKey(space.pk, row.audience, row.what, row.season, row.a, row.b, row.c)
            total[key] += row.amount
        for start in range(0, len(taken), BATCH):
            Tally.objects.filter(pk__in=taken[start : start + BATCH]).delete()
        write(total, folded=True)
    return len(taken)


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
                report(space, drift)
                write(drift)
    return dict(drift)
