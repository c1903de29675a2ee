"""Loops of many moments that hang together, read again from what lies near a change.

What lies behind each moment and ahead of it is kept. A change is carried on only as far as that
becomes another, step by step, so that a new link costs the same in a small story and in a tangle of
thousands. Where nothing is kept yet, or flows lead round, the whole part is read.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from learningspaces.lib.many import any_of
from spaces.models import Space
from valuecreation.loops.flat import THREE, TWO, FlatGraph
from valuecreation.loops.loading import flat_graph_of
from valuecreation.loops.parts import around
from valuecreation.models import LoopMarks

MARKED_FROM = 400  # moments that hang together from which on marks are kept
MOST_VISITS = 2_000  # moments looked at, again and again where it must be, before giving up
BESIDE = 2  # steps from a change within which all lies that says whether something waits
BATCH = 1000


class TooFar(Exception):
    """A change reaches so far that the whole part had better be read."""


@dataclass
class Nearby:
    """What was looked at around a change, with the marks as they should be."""

    space: Space
    flat: FlatGraph
    marks: dict[int, tuple[int, int]] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)
    visits: int = 0


def look_nearby(space: Space, moments: Collection[int]) -> Nearby:
    """The moments near a change and as far on as their marks change; the marks are stored."""
    seen = around(space, moments, BESIDE)
    near = Nearby(space, flat_graph_of(space, seen, within=True))
    near.marks = LoopMarks.objects.of_moments(any_of(seen)).by_moment()
    work = set(moments) & near.flat.place.keys()
    while work:
        near.visits += len(work)
        if near.visits > MOST_VISITS:
            raise TooFar
        work = carry_on(near, work)
    store_marks({pk: near.marks[pk] for pk in near.changed})
    return near


def carry_on(near: Nearby, work: set[int]) -> set[int]:
    """Work out the marks of some moments again; those that lie on, where these are others now."""
    _reach_around(near, work)
    flat, numbers = near.flat, list(near.flat.place)
    into: dict[int, list] = {}
    for start, ends in flat.out.items():
        for end, seen in ends:
            into.setdefault(end, []).append((start, seen))
    following: set[int] = set()
    for pk in work:
        here = flat.place[pk]
        before = [(numbers[one], seen) for one, seen in into.get(here, ())]
        after = [(numbers[one], seen) for one, seen in flat.out.get(here, ())]
        unknown = {one for one, _seen in [*before, *after] if one not in near.marks}
        behind, ahead = flat.own_behind[here], flat.own_ahead[here]
        for one, seen in before:
            behind |= near.marks.get(one, (0, 0))[0] & seen * THREE
        for one, seen in after:
            ahead |= near.marks.get(one, (0, 0))[1] & seen * TWO
        old = near.marks.get(pk)
        near.marks[pk] = (behind, ahead)
        if old != (behind, ahead):
            near.changed.add(pk)
        if old is None or old[0] != behind:
            following |= {one for one, _seen in after}
        if old is None or old[1] != ahead:
            following |= {one for one, _seen in before}
        following |= unknown
    return following


def _reach_around(near: Nearby, work: set[int]) -> None:
    """Fetch what lies beside some moments, unless it is here."""
    wanted = around(near.space, work, BESIDE)
    missing = wanted - near.flat.place.keys()
    if missing:
        here = near.flat.place.keys() | missing
        near.flat = flat_graph_of(near.space, here, within=True)
        near.marks |= LoopMarks.objects.of_moments(any_of(missing)).by_moment()


def returns_to_read(near: Nearby, moments: Collection[int]) -> set[int]:
    """The returns that can amount to something else: those at what changed, or whose marks did."""
    places = {near.flat.place[pk] for pk in {*moments, *near.changed} if pk in near.flat.place}
    return {pk for pk, start, end, _ in near.flat.returns if start in places or end in places}


def with_marks(near: Nearby) -> FlatGraph:
    """The graph with the marks put in, ready to say what its returns amount to."""
    for pk, (behind, ahead) in near.marks.items():
        if (here := near.flat.place.get(pk)) is not None:
            near.flat.behind[here], near.flat.ahead[here] = behind, ahead
    return near.flat


def keep_marks(flat: FlatGraph) -> None:
    """Keep the marks of a whole part that was read, where it is so large that this pays."""
    if len(flat.place) >= MARKED_FROM:
        store_marks({pk: (flat.behind[at], flat.ahead[at]) for pk, at in flat.place.items()})


def store_marks(marks: dict[int, tuple[int, int]]) -> None:
    """Write the marks of some moments, whether they had any or not."""
    rows = [LoopMarks(moment_id=pk, behind=a, ahead=b) for pk, (a, b) in sorted(marks.items())]
    LoopMarks.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["moment"],
        update_fields=["behind", "ahead"],
    )
