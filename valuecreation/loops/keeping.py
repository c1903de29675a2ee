"""Keeps up to date, per audience, what every return amounts to and which moments wait.

A page reads what is kept. Only the component of the graph that a change touches is loaded, and
of what is kept only that is compared and written which the change can have touched.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from functools import partial

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from learningspaces.lib.many import any_of
from spaces.models import Space
from valuecreation.cycles import Audience
from valuecreation.loops import readings as loops
from valuecreation.loops.change import ReadingsChange
from valuecreation.loops.flat import Circle, FlatGraph
from valuecreation.loops.keeping_patterns import reread_patterns
from valuecreation.loops.loading import flat_graph_of, graph_of, slices
from valuecreation.loops.nearby import (
    TooFar,
    keep_marks,
    look_nearby,
    returns_to_read,
    with_marks,
)
from valuecreation.loops.parts import component, pieces
from valuecreation.loops.veiling import veiled
from valuecreation.models import Flow, LoopMarks, LoopReading, LoopsDue, StillMoment, Story
from valuecreation.summaries import tallies

LOCK = 1_817  # says which lock of a space is meant
LOOP_FACTS = (
    "status",
    "spiral",
    "reaches_reframing",
    "through_other_space",
    "brings_back_harm",
)


@transaction.atomic
def reread(
    space: Space, moments: Collection[int] | None = None, *, felt: set[int] | None = None
) -> int:
    """Read the loops around some moments again, or all; how many readings have changed.

    `felt` takes up the returns that amount to something else than before, however far away.
    """
    one_at_a_time(space)
    felt = set() if felt is None else felt
    if moments is not None:
        if LoopMarks.objects.of_moments(moments).exists():
            return reread_nearby(space, moments, felt)
        return reread_piece(space, component(space, moments), moments, felt)
    return sum(reread_piece(space, piece, piece, felt) for piece in pieces(space))


def reread_piece(
    space: Space, piece: Collection[int], changed: Collection[int], felt: set[int]
) -> int:
    """Read again what a change can have touched in a part of a space that no flow leaves."""
    flat = flat_graph_of(space, piece)
    read = list(loops_of(space, flat))
    touched = flat.returns_touched_by(changed)
    keep_marks(flat)
    return keep_loops(space, read, touched, changed, felt) + keep_still(space, flat, changed)


def reread_nearby(space: Space, changed: Collection[int], felt: set[int]) -> int:
    """The same where very many moments hang together, from what lies near the change."""
    try:
        near = look_nearby(space, changed)
    except TooFar:
        return reread_piece(space, component(space, changed), changed, felt)
    flat, touched = with_marks(near), returns_to_read(near, changed)
    read = flat.read_marked()
    return keep_loops(space, read, touched, changed, felt) + keep_still(space, flat, changed)


def one_at_a_time(space: Space) -> None:
    """Let other workers wait who read the loops of the same space; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, space.pk % 2**31])


def keep_loops(
    space: Space,
    read: Iterable[tuple[int, str, dict]],
    touched: set[int],
    changed: Collection[int],
    felt: set[int],
) -> int:
    """Keep what each return amounts to for each audience, and what that does to the totals."""
    wanted = {(pk, audience): facts for pk, audience, facts in read if pk in touched}
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
        flows = {flow for flow, _ in change.keys}
        felt |= flows
        tallies.count_loops(flows, space.today, write)
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


def read_due(space: Space) -> int:
    """Read again the loops and patterns that changes, or a lapsed consent, have made stale."""
    tallies.count_lapsed(space)
    due = list(LoopsDue.objects.in_space(space).values_list("pk", "moments"))
    if not due:
        return 0
    whole = any(moments is None for _, moments in due)
    moments = None if whole else {moment for _, changed in due for moment in changed or ()}
    felt: set[int] = set()
    with transaction.atomic():
        changed = reread(space, moments, felt=felt)
        near = None if moments is None else moments | ends_of(felt)
        changed += reread_patterns(space, near)
        LoopsDue.objects.filter(pk__in=[pk for pk, _ in due]).delete()
    return changed


def ends_of(flows: Collection[int]) -> set[int]:
    """The moments in which some flows begin and end."""
    ends = Flow.objects.filter(pk__in=any_of(list(flows))).values_list("source", "target")
    return {end for pair in ends for end in pair if end}


def note_unread_patterns() -> None:
    """Have patterns looked for where something flowed and none was ever seen."""
    flowing = Flow.objects.happened().order_by().values("space")
    unread = Space.objects.filter(pk__in=flowing).exclude(pattern_readings__isnull=False)
    LoopsDue.objects.bulk_create(LoopsDue(space=space) for space in unread)


def spaces_due() -> list[Space]:
    """Spaces in which something waits to be read again, wherever the day has begun."""
    tomorrow = timezone.now().date() + dt.timedelta(days=1)
    lapsed = Story.objects.no_longer_as_counted(tomorrow).order_by().values("space")
    waiting = Q(pk__in=LoopsDue.objects.order_by().values("space")) | Q(pk__in=lapsed)
    return list(Space.objects.filter(waiting))
