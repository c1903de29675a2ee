"""Moments and flows as plain rows, and which of them exist for whom and on which day.

Nothing here knows the database: rows go in, a smaller graph comes out. Moments, people and
stories are named as in the space file ("S1.4", "P04", "group"), so that the same rows can be
read from a file and from the tables.
"""

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from learningspaces.lib.dates import first_day, last_day
from valuecreation.consent import Grant, governing, is_withdrawn, reached_by

CYCLES = (
    "immediate",
    "potential",
    "applied",
    "realized",
    "enabling",
    "strategic",
    "orienting",
    "transformative",
)
HAPPENED = "happened"
REFRAMING = "reframing"
RETURN = "return"
CROSS_SPACE = "cross_space"
CITATIONS = frozenset({"caused_by", "framing_version"})  # as the file and as the table say it


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story with what its acts of consent granted; one without a day counts from `told_on`."""

    ref: str
    teller: str
    told_on: dt.date
    withdrawn: bool = False
    consents: tuple[Grant, ...] = ()
    nameless: bool = False

    @property
    def grants(self) -> list[Grant]:
        """The grants, each with the day from which it counts."""
        return [grant.counting_from(self.told_on) for grant in self.consents]


@dataclass(frozen=True, slots=True)
class MomentRow:
    """A moment; `audience` is the consent of whoever recorded a moment that is in no story.

    Of one that is `veiled` no more is known than its quarter (veiling.py).
    """

    ref: str
    stories: tuple[str, ...]
    cycle: str
    polarity: str
    status: str
    on: dt.date | None
    precision: str
    due: dt.date | None
    told_on: dt.date | None
    location: str
    other_space: str | None
    agent: str
    for_whom: str
    audience: frozenset[str] = frozenset()
    veiled: bool = False

    @property
    def actual(self) -> bool:
        return self.status == "actual"

    @property
    def since(self) -> dt.date | None:
        """The day from which its age counts: the first of the period its date is known to."""
        return first_day(self.on, self.precision) if self.on else self.told_on

    @property
    def still_since(self) -> dt.date | None:
        """The day from which clocks run: the same, or the last of a veiled quarter."""
        return last_day(self.on, self.precision) if self.veiled and self.on else self.since

    @property
    def listed_on(self) -> dt.date | None:
        """The day on which lists show it: when it happened, or by when it is hoped for."""
        day = self.since if self.actual else self.due
        return first_day(day, "quarter") if day and self.veiled and not self.actual else day


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A flow; a reframing flow leads to a framing version ("FRAMING-2"), not to a moment."""

    source: str
    target: str | None
    kind: str
    status: str
    due: dt.date | None = None
    reason: str | None = None
    confirmed: bool = False
    asked_on: dt.date | None = None
    asked_by: str | None = None

    @property
    def between_moments(self) -> bool:
        return self.target is not None and self.kind != REFRAMING


@dataclass(frozen=True, slots=True)
class UptakeRow:
    """A moment was taken up, in words (`engaged_by`) or by a framing version (`caused_by`)."""

    moment: str
    kind: str
    label: str
    on: dt.date | None

    @property
    def cites(self) -> bool:
        return self.kind in CITATIONS


@dataclass(frozen=True, slots=True)
class Graph:
    """The moments of a space with what ties them; flows whose ends are missing are left out.

    `periods` holds the space's own days per cycle, `framings` the day each framing version was
    agreed, `withdrawn` the stories that `as_of` has taken out.
    """

    stories: tuple[StoryRow, ...]
    moments: tuple[MomentRow, ...]
    flows: tuple[FlowRow, ...]
    uptakes: tuple[UptakeRow, ...] = ()
    periods: Mapping[str, int | None] = field(default_factory=dict)
    framings: Mapping[str, dt.date] = field(default_factory=dict)
    withdrawn: tuple[str, ...] = ()
    moment: dict[str, MomentRow] = field(init=False, repr=False, compare=False)
    ways_out: dict[str, list[FlowRow]] = field(init=False, repr=False, compare=False)
    ways_in: dict[str, list[FlowRow]] = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        here = {row.ref: row for row in self.moments}
        whole = [f for f in self.flows if f.source in here]
        whole = [f for f in whole if not f.between_moments or f.target in here]
        out, into = defaultdict(list), defaultdict(list)
        for flow in whole:
            out[flow.source].append(flow)
            if flow.between_moments:
                into[flow.target].append(flow)
        known = {
            "flows": tuple(whole),
            "uptakes": tuple(row for row in self.uptakes if row.moment in here),
            "moment": here,
            "ways_out": out,
            "ways_in": into,
        }
        for name, value in known.items():
            object.__setattr__(self, name, value)

    def as_of(self, day: dt.date) -> "Graph":
        """What existed on `day`; withdrawn stories are gone with their moments and flows.

        An actual moment exists from the first day of its period, a hoped one from the day it
        was told, a story from the day it was told, a reframing from the day it was agreed.
        """
        gone = {story.ref for story in self.stories if withdrawn(story, day)}
        return replace(
            self,
            stories=tuple(s for s in self.stories if s.ref not in gone and s.told_on <= day),
            moments=tuple(m for m in self.moments if exists(m, day) and gone.isdisjoint(m.stories)),
            flows=tuple(
                f
                for f in self.flows
                if f.kind != REFRAMING or self.framings.get(f.target, day) <= day
            ),
            uptakes=tuple(u for u in self.uptakes if self._taken_up_by(u, day)),
            withdrawn=tuple(story.ref for story in self.stories if story.ref in gone),
        )

    def _taken_up_by(self, uptake, day):
        since = uptake.on or self.moment[uptake.moment].told_on
        return since is None or since <= day

    def for_audience(self, audience: str, day: dt.date) -> "Graph":
        """What `audience` may see on `day`; a moment of several stories needs all of them."""
        stories = tuple(s for s in self.stories if goes_to(s, audience, day))
        seen = {story.ref for story in stories}
        moments = tuple(
            m
            for m in self.moments
            if (seen.issuperset(m.stories) if m.stories else audience in reached_by(m.audience))
        )
        return replace(self, stories=stories, moments=moments, withdrawn=())


def exists(moment: MomentRow, day: dt.date) -> bool:
    """Whether an actual moment had begun, or a hope been told, by `day`."""
    since = moment.since if moment.actual else moment.told_on
    return since is None or since <= day


def withdrawn(story: StoryRow, day: dt.date) -> bool:
    """Whether the teller has taken the story back and has not given it again since."""
    return story.withdrawn or is_withdrawn(story.grants, day)


def goes_to(story: StoryRow, audience: str, day: dt.date) -> bool:
    """Whether the consent that governs on `day` lets an audience in."""
    grant = None if story.withdrawn else governing(story.grants, day)
    return grant is not None and grant.goes_to(audience, day)


def spread(marks: Mapping[str, int], edges: Mapping[str, Collection[str]]) -> dict[str, int]:
    """Each node's marks joined with those of every node that leads to it along `edges`.

    Nodes are taken in topological order, so that each is visited once; where bad data holds a
    circle, its nodes are visited until nothing changes.
    """
    marks = dict(marks)
    waiting = deque(in_order(marks, edges))
    queued = set(waiting)
    while waiting:
        ref = waiting.popleft()
        queued.discard(ref)
        for other in edges.get(ref, ()):
            both = marks[other] | marks[ref]
            if both != marks[other]:
                marks[other] = both
                if other not in queued:
                    queued.add(other)
                    waiting.append(other)
    return marks


def in_order(refs: Collection[str], edges: Mapping[str, Collection[str]]) -> list[str]:
    """Every node after those that lead to it; nodes on or behind a circle come last."""
    before = dict.fromkeys(refs, 0)
    for others in edges.values():
        for other in others:
            before[other] += 1
    order = [ref for ref, number in before.items() if number == 0]
    for ref in order:  # grows while it is walked
        for other in edges.get(ref, ()):
            before[other] -= 1
            if before[other] == 0:
                order.append(other)
    return order + [ref for ref, number in before.items() if number > 0]


def components_of(graph: Graph, refs: Iterable[str]) -> set[str]:
    """Every moment that is tied to one of `refs` by flows, whatever their direction or status."""
    found = {ref for ref in refs if ref in graph.moment}
    waiting = list(found)
    while waiting:
        ref = waiting.pop()
        near = [f.target for f in graph.ways_out.get(ref, ()) if f.between_moments]
        near += [f.source for f in graph.ways_in.get(ref, ())]
        fresh = set(near) - found
        found |= fresh
        waiting += fresh
    return found
