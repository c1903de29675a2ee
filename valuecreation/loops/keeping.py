"""Keeps up to date, per audience, what every return amounts to and which moments wait.

A page reads what is kept. Only the component of the graph that a change touches is loaded, and
of what is kept only that is compared and written which the change can have touched.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import partial

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from learningspaces.lib.many import any_of
from spaces.models import Space
from valuecreation.cycles import Audience
from valuecreation.loops import readings as loops
from valuecreation.loops.flat import Circle, FlatGraph
from valuecreation.loops.loading import flat_graph_of, graph_of, slices
from valuecreation.loops.veiling import veiled
from valuecreation.models import Flow, LoopReading, LoopsDue, Moment, StillMoment, Story
from valuecreation.summaries import tallies

ROUNDS = 8  # steps outward from what changed, each one query, before all flows are looked at
MOST_SEARCHED = 4000  # moments that are looked for in this way
PIECE = 20_000  # moments of a whole space that are read together, if they are not tied
LOCK = 1_817  # says which lock of a space is meant
BATCH = 1000
LOOP_FACTS = (
    "status",
    "spiral",
    "reaches_reframing",
    "through_other_space",
    "brings_back_harm",
)


def component(space: Space, moments: Collection[int]) -> set[int]:
    """Every moment tied to one of `moments` by flows."""
    found, fresh = set(moments), set(moments)
    flows = Flow.objects.in_space(space).between_moments()
    for _ in range(ROUNDS):
        ends = flows.at_either_end(fresh).values_list("source", "target")
        fresh = {end for pair in ends for end in pair} - found
        found |= fresh
        if not fresh or len(found) > MOST_SEARCHED:
            break
    return walk(found, flows.values_list("source", "target")) if fresh else found


def pieces(space: Space) -> Iterator[list[int]]:
    """The moments of a space in parts that no flow leaves, as many together as are read at once."""
    root: dict[int, int] = {}

    def root_of(one: int) -> int:
        while (above := root.get(one, one)) != one:
            root[one] = root.get(above, above)
            one = above
        return one

    pairs = Flow.objects.in_space(space).between_moments().values_list("source", "target")
    for one, other in pairs.iterator(chunk_size=BATCH):
        root[root_of(one)] = root_of(other)
    tied: dict[int, list[int]] = defaultdict(list)
    moments = Moment.objects.in_space(space).order_by().values_list("pk", flat=True)
    for pk in moments.iterator(chunk_size=BATCH):
        tied[root_of(pk)].append(pk)
    piece: list[int] = []
    while tied:
        piece += tied.popitem()[1]
        if len(piece) >= PIECE or not tied:
            yield piece
            piece = []


def walk(start: Iterable[int], pairs: Iterable[tuple[int, int]]) -> set[int]:
    """All that can be reached from `start` along pairs, in either direction."""
    near = defaultdict(list)
    for one, other in pairs:
        near[one].append(other)
        near[other].append(one)
    found = set(start)
    waiting = list(found)
    while waiting:
        fresh = [ref for ref in near[waiting.pop()] if ref not in found]
        found.update(fresh)
        waiting += fresh
    return found


@transaction.atomic
def reread(space: Space, moments: Collection[int] | None = None) -> int:
    """Read the loops around some moments again, or all; how many readings have changed."""
    one_at_a_time(space)
    if moments is not None:
        return reread_piece(space, component(space, moments), moments)
    return sum(reread_piece(space, piece, piece) for piece in pieces(space))


def reread_piece(space: Space, piece: Collection[int], changed: Collection[int]) -> int:
    """Read again what a change can have touched in a part of a space that no flow leaves."""
    flat = flat_graph_of(space, piece)
    return keep_loops(space, flat, changed) + keep_still(space, flat, changed)


def one_at_a_time(space: Space) -> None:
    """Let other workers wait who read the loops of the same space; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, space.pk % 2**31])


def keep_loops(space: Space, flat: FlatGraph, changed: Collection[int]) -> int:
    """Keep what each return amounts to for each audience, and what that does to the totals."""
    touched = flat.returns_touched_by(changed)
    wanted = {
        (pk, audience): facts for pk, audience, facts in loops_of(space, flat) if pk in touched
    }
    listed = listed_days(touched)
    for (pk, _audience), facts in wanted.items():
        facts["listed_on"] = listed[pk]
    kept = {
        (row.flow_id, row.audience): row
        for part in map(any_of, slices(sorted({*touched, *flows_at(changed)})))
        for row in LoopReading.objects.of_flows(part)
    }
    change = ReadingsChange(kept, wanted)
    if change:
        write = partial(change.write, LoopReading, ("flow_id", "audience"), space)
        tallies.count_loops({flow for flow, _ in change.keys}, space.today, write)
    return len(change.keys)


def loops_of(space: Space, flat: FlatGraph) -> Iterator[tuple[int, str, dict]]:
    """What each return amounts to; where bad data leads round, read by the slower way."""
    try:
        yield from flat.read_loops()
    except Circle:
        now = veiled(graph_of(space, moments=flat.place.keys())).as_of(flat.day)
        names = {(row.source, row.target): pk for pk, row in flat.rows_of_returns()}
        for audience in Audience.values:
            for row in loops.returns(now.for_audience(audience, flat.day)):
                yield names[row["from"], row["to"]], audience, loop_facts(row)


def loop_facts(row: dict) -> dict:
    facts = {name: row[name] for name in LOOP_FACTS if name in row}
    return facts | {"rooted": row["root"] == "rooted", "long": row["length"] == "long"}


def listed_days(flows: Collection[int]) -> dict[int, dt.date]:
    """For each return the day on which a list may show it."""
    found = {}
    for part in map(any_of, slices(sorted(flows))):
        rows = Flow.objects.filter(pk__in=part).with_listed_day()
        found |= dict(rows.values_list("pk", "listed_on"))
    return found


def flows_at(moments: Collection[int]) -> Iterator[int]:
    """The flows that begin or end in one of some moments, whatever became of them."""
    for part in map(any_of, slices(sorted(moments))):
        yield from Flow.objects.at_either_end(part).order_by().values_list("pk", flat=True)


def keep_still(space: Space, flat: FlatGraph, changed: Collection[int]) -> int:
    """Keep which moments wait and which hopes are alive, for each audience."""
    beside = flat.beside(changed)
    wanted = {(pk, audience): facts for pk, audience, facts in flat.read_still() if pk in beside}
    kept = {
        (row.moment_id, row.audience): row
        for part in map(any_of, slices(sorted(beside)))
        for row in StillMoment.objects.of_moments(part)
    }
    change = ReadingsChange(kept, wanted)
    if change:
        change.write(StillMoment, ("moment_id", "audience"), space)
    return len(change.keys)


class ReadingsChange:
    """What differs between the rows kept and those wanted, each by its key."""

    def __init__(self, kept: dict, wanted: dict):
        self.wanted = wanted
        self.gone = {key: row for key, row in kept.items() if key not in wanted}
        self.new = [key for key in wanted if key not in kept]
        self.other = {
            key: kept[key]
            for key, facts in wanted.items()
            if key in kept and any(getattr(kept[key], name) != facts[name] for name in facts)
        }

    @property
    def keys(self) -> list:
        return [*self.gone, *self.new, *self.other]

    def __bool__(self):
        return bool(self.gone or self.new or self.other)

    def write(self, model, names: tuple[str, str], space: Space) -> None:
        """Carry the difference out."""
        pks = [row.pk for row in self.gone.values()]
        for start in range(0, len(pks), BATCH):
            model.objects.filter(pk__in=pks[start : start + BATCH]).delete()
        rows = [
            model(space=space, **dict(zip(names, key, strict=True)), **self.wanted[key])
            for key in self.new
        ]
        model.objects.bulk_create(rows, batch_size=BATCH)
        for key, row in self.other.items():
            for name, value in self.wanted[key].items():
                setattr(row, name, value)
        if self.other:
            facts = list(next(iter(self.wanted.values())))
            model.objects.bulk_update(self.other.values(), facts, batch_size=BATCH)


def read_due(space: Space) -> int:
    """Read again the loops that changes, or a consent that has lapsed, have made stale."""
    tallies.count_lapsed(space)
    due = list(LoopsDue.objects.in_space(space).values_list("pk", "moments"))
    if not due:
        return 0
    whole = any(moments is None for _, moments in due)
    moments = {moment for _, changed in due for moment in changed or ()}
    with transaction.atomic():
        changed = reread(space, None if whole else moments)
        LoopsDue.objects.filter(pk__in=[pk for pk, _ in due]).delete()
    return changed


def spaces_due() -> list[Space]:
    """Spaces in which something waits to be read again, wherever the day has begun."""
    tomorrow = timezone.now().date() + dt.timedelta(days=1)
    lapsed = Story.objects.no_longer_as_counted(tomorrow).order_by().values("space")
    waiting = Q(pk__in=LoopsDue.objects.order_by().values("space")) | Q(pk__in=lapsed)
    return list(Space.objects.filter(waiting))
