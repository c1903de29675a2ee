"""Keeps up to date, per audience, what every return amounts to and which moments wait.

A page reads what is kept. Only the component of the graph that a change touches is loaded and
read again.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import partial

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from spaces.models import Space
from valuecreation.cycles import Audience
from valuecreation.loops import readings as loops
from valuecreation.loops.loading import graph_of
from valuecreation.loops.quiet import still
from valuecreation.models import Flow, LoopReading, LoopsDue, Moment, StillMoment, Story
from valuecreation.summaries import tallies

ROUNDS = 8  # steps outward from what changed, each one query, before all flows are looked at
MOST = 4000  # moments of a component beyond which the whole space is read
LOCK = 1_817  # says which lock of a space is meant
BATCH = 1000
LOOP_FACTS = (
    "status",
    "spiral",
    "reaches_reframing",
    "through_other_space",
    "brings_back_harm",
)


def component(space: Space, moments: Collection[int]) -> set[int] | None:
    """Every moment tied to one of `moments` by flows; None when that is much of the space."""
    found, fresh = set(moments), set(moments)
    flows = Flow.objects.in_space(space).filter(target__isnull=False)
    for _ in range(ROUNDS):
        ends = flows.at_either_end(fresh).values_list("source", "target")
        fresh = {end for pair in ends for end in pair} - found
        found |= fresh
        if not fresh or len(found) > MOST:
            break
    if fresh and len(found) <= MOST:
        found = walk(found, flows.values_list("source", "target"))
    return found if len(found) <= MOST else None


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
    around = None if moments is None else component(space, moments)
    now = graph_of(space, moments=around).as_of(space.today)
    graphs = {code: now.for_audience(code, space.today) for code in Audience.values}
    return keep_loops(space, around, graphs) + keep_still(space, around, graphs)


def one_at_a_time(space: Space) -> None:
    """Let other workers wait who read the loops of the same space; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, space.pk % 2**31])


def keep_loops(space: Space, around: set[int] | None, graphs: dict[str, loops.Graph]) -> int:
    """Keep what each return amounts to for each audience, and what that does to the totals."""
    flows = Flow.objects.in_space(space).returns().happened()
    kept = LoopReading.objects.in_space(space)
    if around is not None:
        flows, kept = flows.filter(source__in=around), kept.filter(flow__source__in=around)
    found = flows.with_listed_day().values_list("source__ref", "target__ref", "pk", "listed_on")
    names = {(source, target): known for source, target, *known in found}
    wanted = {}
    for audience, graph in graphs.items():
        for row in loops.returns(graph):
            pk, listed_on = names[row["from"], row["to"]]
            wanted[pk, audience] = loop_facts(row) | {"listed_on": listed_on}
    change = ReadingsChange({(row.flow_id, row.audience): row for row in kept}, wanted)
    if change:
        write = partial(change.write, LoopReading, ("flow_id", "audience"), space)
        tallies.count_loops({flow for flow, _ in change.keys}, space.today, write)
    return len(change.keys)


def loop_facts(row: dict) -> dict:
    facts = {name: row[name] for name in LOOP_FACTS if name in row}
    return facts | {"rooted": row["root"] == "rooted", "long": row["length"] == "long"}


def keep_still(space: Space, around: set[int] | None, graphs: dict[str, loops.Graph]) -> int:
    """Keep which moments wait and which hopes are alive, for each audience."""
    moments, kept = Moment.objects.in_space(space), StillMoment.objects.in_space(space)
    if around is not None:
        moments, kept = moments.among(around), kept.filter(moment__in=around)
    names = dict(moments.values_list("ref", "pk"))
    wanted = {
        (names[row.pop("moment")], audience): row
        for audience, graph in graphs.items()
        for row in still(graph, space.today)
    }
    change = ReadingsChange({(row.moment_id, row.audience): row for row in kept}, wanted)
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
