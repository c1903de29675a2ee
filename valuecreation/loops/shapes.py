"""The shapes that value takes on its way: found among moments and flows, each by a rule of its own.

Every rule gives the moment at which a shape is seen, and where it began. None looks further than
`REACH` steps from there, so that a change is felt no further away; what a return amounts to is
known from `readings.returns`. Pure.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from valuecreation.loops.graph import CROSS_SPACE, HAPPENED, REFRAMING, RETURN, Graph, MomentRow
from valuecreation.loops.quiet import is_stalled, quiet

REACH = 4  # steps from where a shape is seen within which all of it lies
FURTHER = 3  # steps from a return within which what it led to still counts as its own
MONTHS = 60  # days over which one evening only leads to the next
Found = tuple[str, str]  # where it began, and the moment at which it is seen


class Shapes:
    """A graph (narrowed to a day and to an audience) made ready to look for shapes.

    `amounts` says of each return, by its ends, what it amounts to: a row of `readings.returns`.
    """

    def __init__(self, graph: Graph, day: dt.date, amounts: Mapping[Found, Mapping]):
        self.graph, self.day, self.amounts = graph, day, amounts
        self.onward: dict[str, list[str]] = defaultdict(list)
        self.back: dict[str, list[str]] = defaultdict(list)
        self.returns: list[Found] = []
        for flow in graph.flows:
            if flow.status == HAPPENED and flow.target is not None and flow.between_moments:
                self.onward[flow.source].append(flow.target)
                self.back[flow.target].append(flow.source)
                if flow.kind == RETURN:
                    self.returns.append((flow.source, flow.target))

    @cached_property
    def quiet(self) -> list[str]:
        """The moments of which nobody has told what came next."""
        return [row["moment"] for row in quiet(self.graph, self.day)]

    def cycle(self, ref: str) -> str:
        return self.graph.moment[ref].cycle

    def agent(self, ref: str) -> str:
        return self.graph.moment[ref].agent

    def actual(self, cycle: str) -> Iterator[MomentRow]:
        """What happened in a cycle."""
        return (row for row in self.graph.moments if row.actual and row.cycle == cycle)

    def before(self, ref: str, *cycles: str) -> Iterator[str]:
        """What led straight to a moment, of some cycles."""
        return (one for one in self.back.get(ref, ()) if self.cycle(one) in cycles)

    def after(self, ref: str, *cycles: str) -> Iterator[str]:
        """What a moment led straight to, of some cycles."""
        return (one for one in self.onward.get(ref, ()) if self.cycle(one) in cycles)

    def within(self, ref: str, steps: int) -> set[str]:
        """A moment with all that grew from it in so many steps."""
        found = fresh = {ref}
        for _ in range(steps):
            fresh = {end for one in fresh for end in self.onward.get(one, ())} - found
            found = found | fresh
        return found

    def that_are(self, **facts) -> list[Found]:
        """The returns that amount to this."""
        return [
            ends
            for ends in self.returns
            if all(self.amounts.get(ends, {}).get(name) == value for name, value in facts.items())
        ]


Rule = Callable[[Shapes], Iterator[Found]]


def straight_through(shapes: Shapes) -> Iterator[Found]:
    """Being together, something to take away, a trial, a difference: each led to the next."""
    for row in shapes.actual("realized"):
        for tried in shapes.before(row.ref, "applied"):
            for taken in shapes.before(tried, "potential"):
                yield from ((met, row.ref) for met in shapes.before(taken, "immediate"))


def closed_loop(shapes: Shapes) -> Iterator[Found]:
    """A return with something tried behind it that somebody else took up."""
    yield from shapes.that_are(status="closed")


def practice_born(shapes: Shapes) -> Iterator[Found]:
    """What somebody did already came into the space, and somebody else did it, too."""
    for tried, told in shapes.returns:
        amounts = shapes.amounts.get((tried, told), {})
        if amounts.get("root") == "practice_born" and shapes.cycle(tried) == "applied":
            others = (
                one
                for one in shapes.after(told, "applied")
                if shapes.agent(one) != shapes.agent(tried)
            )
            if shapes.cycle(told) == "potential":
                yield from ((tried, one) for one in others)


def spiral(shapes: Shapes) -> Iterator[Found]:
    """A closed loop that led on to another return."""
    yield from shapes.that_are(status="closed", spiral=True)


def stalled_potential(shapes: Shapes) -> Iterator[Found]:
    """Something to take away that led nowhere: quiet, or somebody asked and was told why."""
    waiting = [ref for ref in shapes.quiet if shapes.cycle(ref) == "potential"]
    yield from ((ref, ref) for ref in waiting)
    for row in shapes.actual("potential"):
        ways = shapes.graph.ways_out.get(row.ref, ())
        led_on = any(flow.status == HAPPENED for flow in ways)
        if not led_on and any(is_stalled(flow, shapes.day) for flow in ways):
            yield row.ref, row.ref


def trial_without_a_look(shapes: Shapes) -> Iterator[Found]:
    """A trial of which nobody has told what came of it."""
    yield from ((ref, ref) for ref in shapes.quiet if shapes.cycle(ref) == "applied")


def told_not_taken_up(shapes: Shapes) -> Iterator[Found]:
    """An open return: it came back to the space, and nobody has taken it up."""
    yield from shapes.that_are(status="open")


def private_gain(shapes: Shapes) -> Iterator[Found]:
    """A difference made that has not come back to the space."""
    yield from ((ref, ref) for ref in shapes.quiet if shapes.cycle(ref) == "realized")


def harm_loop(shapes: Shapes) -> Iterator[Found]:
    """What made things worse came back, and grew into a conversation with those who have a say."""
    for harmed, told in shapes.that_are(brings_back_harm=True):
        if any(shapes.cycle(one) == "strategic" for one in shapes.within(told, FURTHER)):
            yield harmed, told


def upward_flow(shapes: Shapes) -> Iterator[Found]:
    """A difference became an argument, and the argument made room for more."""
    for row in shapes.actual("enabling"):
        for said in shapes.before(row.ref, "strategic"):
            yield from ((made, row.ref) for made in shapes.before(said, "realized"))


def missing_condition(shapes: Shapes) -> Iterator[Found]:
    """Something to take away was blocked, and what stands in the way is taken to those with a say.

    The conversation may still be hoped for.
    """
    for row in shapes.actual("potential"):
        ways = shapes.graph.ways_out.get(row.ref, ())
        blocked = [flow for flow in ways if flow.status == "blocked"]
        starts = {row.ref, *(flow.target for flow in blocked if flow.between_moments)}
        if blocked and any(
            flow.between_moments and flow.target and shapes.cycle(flow.target) == "strategic"
            for start in starts
            for flow in shapes.graph.ways_out.get(start or "", ())
            if flow.status in (HAPPENED, "awaited")
        ):
            yield row.ref, row.ref


def orienting_detour(shapes: Shapes) -> Iterator[Found]:
    """Seeing where one stands led to something to take away, or to a conversation."""
    for row in shapes.actual("orienting"):
        yield from ((row.ref, one) for one in shapes.after(row.ref, "potential", "strategic"))


def identity_flow(shapes: Shapes) -> Iterator[Found]:
    """A trial, or the difference it made, changed who somebody is or what counts."""
    for row in shapes.actual("transformative"):
        yield from ((one, row.ref) for one in shapes.before(row.ref, "applied", "realized"))


def cross_space(shapes: Shapes) -> Iterator[Found]:
    """Value that somebody carried into another space."""
    for flow in shapes.graph.flows:
        if flow.kind == CROSS_SPACE and flow.status == HAPPENED and flow.target:
            yield flow.source, flow.target


def reframing_loop(shapes: Shapes) -> Iterator[Found]:
    """A moment that changed what the space hopes for."""
    for flow in shapes.graph.flows:
        if flow.kind == REFRAMING and flow.status == HAPPENED:
            yield flow.source, flow.source
    yield from ((row.moment, row.moment) for row in shapes.graph.uptakes if row.cites)


def echo(shapes: Shapes) -> Iterator[Found]:
    """For months one evening only led to the next."""
    for row in shapes.actual("immediate"):
        if any(shapes.after(row.ref, "immediate")):
            continue
        began = row.ref
        for _ in range(REACH):
            began = next(shapes.before(began, "immediate"), began)
        first, last = shapes.graph.moment[began].since, row.since
        if first and last and (last - first).days >= MONTHS:
            yield began, row.ref
