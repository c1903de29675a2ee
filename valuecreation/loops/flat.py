"""The readings of `readings.py` for many thousand moments at once, and for all audiences in one go.

What is known of moments and flows lies in flat arrays, and who sees a moment is a number with a bit
for each audience. One walk in topological order then reads the loops for everybody, in time and
memory that grow with the number of flows alone. A property test holds it equal to `readings.py`.
"""

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from valuecreation.consent import governing, reached_by
from valuecreation.cycles import Audience
from valuecreation.loops.graph import (
    HAPPENED,
    REFRAMING,
    RETURN,
    FlowRow,
    StoryRow,
    exists,
)
from valuecreation.loops.quiet import LAID_ASIDE
from valuecreation.loops.readings import FAR_CYCLES

AUDIENCES = tuple(Audience.values)
EVERYBODY = (1 << len(AUDIENCES)) - 1
# What lies behind a moment: three marks, each with a bit for every audience.
APPLIED, HERE, FAR = 0, 4, 8
THREE = 0x111
# What lies ahead of it: whether it is cited by a framing version, whether a return begins there.
CITED, RETURNS = 0, 4
TWO = 0x11


class Circle(Exception):
    """Flows lead round: the walk in order cannot read these moments."""


@dataclass
class FlatGraph:
    """Some moments with all flows between them; `place` says where each stands in the arrays."""

    day: dt.date
    place: dict[int, int] = field(default_factory=dict)
    seen: bytearray = field(default_factory=bytearray)
    behind: array = field(default_factory=lambda: array("H"))
    ahead: array = field(default_factory=lambda: array("B"))
    own_behind: array = field(default_factory=lambda: array("H"))
    own_ahead: array = field(default_factory=lambda: array("B"))
    taken: bytearray = field(default_factory=bytearray)
    actual: bytearray = field(default_factory=bytearray)
    agents: list = field(default_factory=list)
    facts: list[tuple] = field(default_factory=list)
    ways: list[tuple] = field(default_factory=list)
    returns: list[tuple[int, int, int, int]] = field(default_factory=list)
    out: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def add_moment(self, pk: int, row, stories: Collection[int]) -> None:
        """A moment (as `MomentRow`), and who sees each of its stories, as bits."""
        seen = EVERYBODY if stories else bits_of(reached_by(row.audience))
        for mask in stories:
            seen &= mask
        if not exists(row, self.day):
            seen = 0
        marks = (row.cycle == "applied") << APPLIED
        marks |= (row.location == "in_space") << HERE
        marks |= (row.cycle in FAR_CYCLES) << FAR
        self.place[pk] = len(self.seen)
        self.seen.append(seen)
        self.behind.append(marks * seen)
        self.own_behind.append(marks * seen)
        self.ahead.append(0)
        self.own_ahead.append(0)
        self.taken.append(0)
        self.actual.append(row.actual)
        self.agents.append(row.agent)
        harm = row.polarity == "negative" and row.cycle in ("applied", "realized")
        days = (row.still_since if row.actual else row.due, row.listed_on)
        self.facts.append((row.cycle, days, row.due, row.location == "other_space", harm))

    def add_uptake(self, moment: int, told_on, uptake) -> None:
        """An uptake (as `UptakeRow`) of a moment that is here."""
        since = uptake.on or told_on
        here = self.place[moment]
        if since is not None and since > self.day:
            return
        if uptake.cites:
            self._lies_ahead(here, self.seen[here])
        if uptake.cites or uptake.label.strip():
            self.taken[here] |= self.seen[here]

    def add_flow(self, pk: int, source: int, target: int | None, flow) -> None:
        """A flow (as `FlowRow`) between moments that are here, or out of one."""
        start = self.place[source]
        end = self.place[target] if target is not None and flow.between_moments else None
        seen = self.seen[start] if end is None else self.seen[start] & self.seen[end]
        self.ways.append((start, end, seen, flow))
        if flow.status != HAPPENED:
            return
        if flow.kind == REFRAMING:
            self._lies_ahead(start, seen)
            self.taken[start] |= seen
        if end is None:
            return
        self.out[start].append((end, seen))
        if self.actual[end] and self.agents[start] != self.agents[end]:
            self.taken[start] |= seen
        if flow.kind == RETURN:
            self.returns.append((pk, start, end, seen))
            self._lies_ahead(start, seen << RETURNS)

    def _lies_ahead(self, here: int, marks: int) -> None:
        self.ahead[here] |= marks
        self.own_ahead[here] |= marks

    def read_loops(self) -> Iterator[tuple[int, str, dict]]:
        """Each return by its key, each audience that sees it, and what it amounts to for them."""
        order = self._in_order()
        for start in order:
            for end, seen in self.out.get(start, ()):
                self.behind[end] |= self.behind[start] & seen * THREE
        for start in reversed(order):
            for end, seen in self.out.get(start, ()):
                self.ahead[start] |= self.ahead[end] & seen * TWO
        yield from self.read_marked()

    def read_marked(self) -> Iterator[tuple[int, str, dict]]:
        """The same where what lies behind and ahead is known already."""
        for pk, start, end, seen in self.returns:
            for bit, audience in enumerate(AUDIENCES):
                if seen >> bit & 1:
                    yield pk, audience, self._amounts_to(start, end, bit)

    def _amounts_to(self, start: int, end: int, bit: int) -> dict:
        behind, ahead = self.behind[start] >> bit, self.ahead[end] >> bit
        closed = "closed" if self.taken[end] >> bit & 1 else "open"
        _cycle, _days, _due, elsewhere, harm = self.facts[start]
        return {
            "status": closed if behind >> APPLIED & 1 else "no_applied",
            "spiral": bool(ahead >> RETURNS & 1),
            "reaches_reframing": bool(ahead >> CITED & 1),
            "through_other_space": elsewhere,
            "brings_back_harm": harm,
            "rooted": bool(behind >> HERE & 1),
            "long": bool(behind >> FAR & 1),
        }

    def _in_order(self) -> list[int]:
        """The moments that happened flows touch, each after those that lead to it."""
        before: dict[int, int] = dict.fromkeys(self.out, 0)
        for ends in self.out.values():
            for end, _seen in ends:
                before[end] = before.get(end, 0) + 1
        order = [one for one, number in before.items() if not number]
        for start in order:  # grows while it is walked
            for end, _seen in self.out.get(start, ()):
                before[end] -= 1
                if not before[end]:
                    order.append(end)
        if len(order) < len(before):
            raise Circle
        return order

    def read_still(self) -> Iterator[tuple[int, str, dict]]:
        """Each moment that waits, and each hope that is alive, for each audience that sees it."""
        settled, alive, any_way = self._ways_of()
        promised = self._promised()
        for pk, here in self.place.items():
            waits = self.seen[here] & ~settled[here] & (~any_way[here] | alive[here])
            for bit, audience in enumerate(AUDIENCES):
                if waits >> bit & 1:
                    days = (day for day, seen in promised.get(here, ()) if seen >> bit & 1)
                    cycle, (day, listed_on), *_rest = self.facts[here]
                    yield (
                        pk,
                        audience,
                        {
                            "hoped": not self.actual[here],
                            "cycle": cycle,
                            "day": day,
                            "listed_on": listed_on,
                            "promised_by": min(days, default=None),
                        },
                    )

    def _ways_of(self) -> tuple[bytearray, bytearray, bytearray]:
        """For whom a way out has happened or stalled, and for whom one (out of a hope: into it) is
        alive or there at all.
        """
        settled, alive, there = (bytearray(len(self.seen)) for _ in range(3))
        for start, end, seen, flow in self.ways:
            counts = [start] if self.actual[start] else []
            if end is not None and not self.actual[end]:
                counts.append(end)
            for one in counts:
                there[one] |= seen
                if flow.status not in LAID_ASIDE:
                    alive[one] |= seen
            if self.actual[start] and (flow.status == HAPPENED or self._is_stalled(flow)):
                settled[start] |= seen
        return settled, alive, there

    def _is_stalled(self, flow) -> bool:
        return flow.confirmed and (flow.asked_on is None or flow.asked_on <= self.day)

    def _promised(self) -> dict[int, list[tuple[dt.date, int]]]:
        found = defaultdict(list)
        for start, end, seen, flow in self.ways:
            due = flow.due or (self.facts[end][2] if end is not None else None)
            if flow.status == "awaited" and due and self.actual[start]:
                found[start].append((due, seen))
        return found

    def rows_of_returns(self) -> Iterator[tuple[int, FlowRow]]:
        """Each return that happened by its key."""
        happened = {(start, end): pk for pk, start, end, _seen in self.returns}
        for start, end, _seen, flow in self.ways:
            if flow.status == HAPPENED and flow.kind == RETURN and end is not None:
                yield happened[start, end], flow

    def beside(self, changed: Collection[int]) -> set[int]:
        """The moments changed and those that a way ties to one of them: what waits among these."""
        begin, numbers = self._places(changed), list(self.place)
        near = set(begin)
        for start, end, _seen, _flow in self.ways:
            if end is not None and (start in begin or end in begin):
                near |= {start, end}
        return {numbers[one] for one in near}

    def returns_touched_by(self, changed: Collection[int]) -> set[int]:
        """The returns that can read otherwise when some moments have changed.

        They come back from behind one of these moments, or to what lies before one.
        """
        into = defaultdict(list)
        for start, ends in self.out.items():
            for end, _seen in ends:
                into[end].append(start)
        begin = self._places(changed)
        onward = reach(begin, lambda one: (end for end, _seen in self.out.get(one, ())))
        back = reach(begin, lambda one: into.get(one, ()))
        return {pk for pk, start, end, _ in self.returns if start in onward or end in back}

    def _places(self, moments: Collection[int]) -> set[int]:
        return {self.place[pk] for pk in moments if pk in self.place}


def reach(begin: set[int], near) -> set[int]:
    """All that can be reached from some places along `near`, with these."""
    found, waiting = set(begin), list(begin)
    while waiting:
        fresh = [one for one in near(waiting.pop()) if one not in found]
        found.update(fresh)
        waiting += fresh
    return found


def seen_by(story: StoryRow, day: dt.date) -> int:
    """Who sees a story on a day, as bits; nobody sees one that is withdrawn or not told yet."""
    grant = None if story.withdrawn or story.told_on > day else governing(story.grants, day)
    return bits_of(grant.reached) if grant and grant.in_force(day) else 0


def bits_of(audiences: Collection[str]) -> int:
    """Some audiences as bits."""
    return sum(1 << bit for bit, audience in enumerate(AUDIENCES) if audience in audiences)
