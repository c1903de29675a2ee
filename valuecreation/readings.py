"""Keeps what every return amounts to, per audience, up to date; a page reads what is kept.

Only the component of the graph that a change touches is loaded and read again.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import connection, transaction

from spaces.models import Space
from valuecreation import loops, tallies
from valuecreation.cycles import Audience
from valuecreation.models import Flow, LoopReading, LoopsDue
from valuecreation.rows import graph_of

ROUNDS = 8  # steps outward from what changed, each one query, before all flows are looked at
MOST = 4000  # moments of a component beyond which the whole space is read
LOCK = 1_817  # says which lock of a space is meant
ONE_DAY = dt.timedelta(days=1)
FACTS = (
    "status",
    "rooted",
    "long",
    "spiral",
    "reaches_reframing",
    "through_other_space",
    "brings_back_harm",
    "holds_until",
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
    graph = graph_of(space, moments=around)
    returns = Flow.objects.in_space(space).returns().happened()
    kept = LoopReading.objects.in_space(space)
    if around is not None:
        returns, kept = returns.filter(source__in=around), kept.filter(flow__source__in=around)
    names = {
        (source, target): pk
        for pk, source, target in returns.values_list("pk", "source__ref", "target__ref")
    }
    wanted = {(names[pair], audience): facts for pair, audience, facts in read(graph, space.today)}
    return keep(space, {(row.flow_id, row.audience): row for row in kept}, wanted)


def one_at_a_time(space: Space) -> None:
    """Let other workers wait who read the loops of the same space; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, space.pk % 2**31])


def read(graph: loops.Graph, today: dt.date):
    """(from and to, audience, facts) of every return that an audience may see."""
    now = graph.as_of(today)
    until = holds_until(now, today)
    for audience in Audience.values:
        for row in loops.returns(now.for_audience(audience, today)):
            facts = {name: row[name] for name in FACTS if name in row}
            facts["rooted"] = row["root"] == "rooted"
            facts["long"] = row["length"] == "long"
            facts["holds_until"] = until.get(row["from"])
            yield (row["from"], row["to"]), audience, facts


def holds_until(graph: loops.Graph, today: dt.date) -> dict[str, dt.date]:
    """For each moment the last day before a consent around it lapses, where one will."""
    ends = {}
    for story in graph.stories:
        act = story.consents[-1] if story.consents else None
        days = [act.expires_on, act.withdrawn_on and act.withdrawn_on - ONE_DAY] if act else []
        ahead = [day for day in days if day and day >= today]
        if ahead:
            ends[story.ref] = min(ahead)
    pairs = [(flow.source, flow.target) for flow in graph.flows if flow.between_moments]
    found: dict[str, dt.date] = {}
    for story, day in sorted(ends.items(), key=lambda item: item[1]):
        told = [row.ref for row in graph.moments if story in row.stories and row.ref not in found]
        for ref in walk(told, pairs) if told else ():
            found.setdefault(ref, day)
    return found


def keep(space: Space, kept: dict, wanted: dict) -> int:
    """Write what differs from the readings kept, and what that does to the totals."""
    gone = [row for key, row in kept.items() if key not in wanted]
    new = [key for key in wanted if key not in kept]
    other = [
        key
        for key, facts in wanted.items()
        if key in kept and any(getattr(kept[key], name) != facts[name] for name in FACTS)
    ]
    touched = {row.flow_id for row in gone} | {flow for flow, _ in [*new, *other]}

    def write():
        LoopReading.objects.filter(pk__in=[row.pk for row in gone]).delete()
        for key in other:
            for name, value in wanted[key].items():
                setattr(kept[key], name, value)
        LoopReading.objects.bulk_update([kept[key] for key in other], FACTS, batch_size=500)
        rows = [
            LoopReading(space=space, flow_id=flow, audience=audience, **wanted[flow, audience])
            for flow, audience in new
        ]
        LoopReading.objects.bulk_create(rows, batch_size=1000)

    if touched:
        tallies.count_loops(touched, space.today, write)
    return len(gone) + len(new) + len(other)


def read_due(space: Space) -> int:
    """Read again the loops that changes have made stale, and those a lapsed consent overtook."""
    due = list(LoopsDue.objects.in_space(space).values_list("pk", "moments"))
    overtaken = LoopReading.objects.in_space(space).overtaken(space.today)
    moments = set(overtaken.values_list("flow__source", flat=True))
    for _, changed in due:
        moments.update(changed or ())
    whole = any(changed is None for _, changed in due)
    if not whole and not moments:
        return 0
    with transaction.atomic():
        changed = reread(space, None if whole else moments)
        LoopsDue.objects.filter(pk__in=[pk for pk, _ in due]).delete()
    return changed


def spaces_due() -> list[Space]:
    """Spaces in which something waits to be read again, wherever the day has begun."""
    noted = LoopsDue.objects.order_by().values("space")
    tomorrow = dt.datetime.now(dt.UTC).date() + ONE_DAY
    lapsed = LoopReading.objects.overtaken(tomorrow).order_by().values("space")
    return list(Space.objects.filter(pk__in=noted) | Space.objects.filter(pk__in=lapsed))
