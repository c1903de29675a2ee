"""Which moments of a space hang together: what a change can have touched, and what can be apart."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from learningspaces.lib.many import any_of
from spaces.models import Space
from valuecreation.models import Flow, Moment

ROUNDS = 8  # steps outward from what changed, each one query, before all flows are looked at
MOST_SEARCHED = 4000  # moments that are looked for in this way
PIECE = 20_000  # moments of a whole space that are read together, if they are not tied
BATCH = 1000


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


def around(space: Space, moments: Collection[int], steps: int) -> set[int]:
    """The moments within so many steps of some, whatever the flows' direction or status."""
    found = fresh = set(moments)
    flows = Flow.objects.in_space(space).between_moments()
    for _ in range(steps):
        ends = flows.at_either_end(any_of(fresh)).values_list("source", "target")
        fresh = {end for pair in ends for end in pair} - found
        found = found | fresh
        if not fresh:
            break
    return found


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
