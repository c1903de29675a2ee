"""The arcs of the flow picture: which there are, how thick, and the way each one takes."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from learningspaces.lib.svg import HUES, SURFACE, arrow_head, mixed, num, points, tag

CYCLES = tuple(HUES)
KAPPA = 0.5523  # how far the handles of a curve reach, for it to pass as a quarter of an ellipse
THINNEST, OPACITY = 2.2, 0.9
TO_TOUCH = 16  # how broad an arc that leads somewhere is for a finger


@dataclass(frozen=True)
class ArcFrame:
    """Which way the line of cycles runs, and how much room lies on either side of it."""

    narrow: bool
    line: float
    first: float
    step: float
    largest: float
    thickest: float
    rise: tuple[float, ...]
    drop: tuple[float, ...]
    room: tuple[float, float]

    @property
    def base(self) -> float:
        """Where the bends begin, counted from the line."""
        return self.largest + 3

    def along(self, place: int) -> float:
        """How far along the line the dot with this place stands."""
        return self.first + self.step * place

    def at(self, along: float, across: float) -> tuple[float, float]:
        """A point of the drawing, given along the line and away from it (flows are positive)."""
        return (self.line + across, along) if self.narrow else (along, self.line - across)


@dataclass(frozen=True)
class FlowArc:
    """One bundle of flows (side 1) or returns (side -1) between two cycles."""

    origin: int
    goal: int
    count: int
    side: int
    dashed: bool
    title: str
    href: str = ""
    width: float = THINNEST
    height: float = 0
    start: float = 0
    end: float = 0

    @property
    def distance(self) -> int:
        return abs(self.origin - self.goal)

    @property
    def pair(self) -> tuple[int, int]:
        return min(self.origin, self.goal), max(self.origin, self.goal)


def radii(counts: Mapping[str, int], largest: float) -> list[float]:
    """The radius of each dot: areas are as the counts, and no dot is too small to see."""
    most = max([4, *(counts.get(cycle, 0) for cycle in CYCLES)])
    return [
        max(4.0, largest * math.sqrt(counts.get(cycle, 0) / most))
        if counts.get(cycle, 0) > 0
        else 4.0
        for cycle in CYCLES
    ]


def laid_out(arcs: Iterable[FlowArc], frame: ArcFrame, sizes: list[float]) -> list[FlowArc]:
    """The arcs with thickness, height and ends; the far-reaching first, so that they lie behind."""
    ordered = sorted(arcs, key=lambda arc: (-arc.side, arc.pair, arc.origin > arc.goal, arc.dashed))
    most = max([8, *(arc.count for arc in ordered)])
    thick = [
        replace(arc, width=max(THINNEST, frame.thickest * arc.count / most)) for arc in ordered
    ]
    raised = [arc for side in (1, -1) for arc in _raised(thick, frame, side)]
    ended = _with_ends(raised, sizes)
    return sorted(ended, key=lambda arc: (-arc.distance, arc.side, -arc.height, arc.origin))


def _raised(arcs: list[FlowArc], frame: ArcFrame, side: int) -> list[FlowArc]:
    """The arcs of one side, each clear of the others of its pair, and all within the room."""
    steps = frame.rise if side > 0 else frame.drop
    raised: list[FlowArc] = []
    for arc in (arc for arc in arcs if arc.side == side):
        below = raised[-1] if raised and raised[-1].pair == arc.pair else None
        height = (
            below.height + below.width / 2 + arc.width / 2 + 3 if below else steps[arc.distance]
        )
        raised.append(replace(arc, height=height))
    room = frame.room[side < 0] - frame.base
    tallest = max((arc.height + arc.width for arc in raised), default=0)
    share = min(1, room / tallest) if tallest else 1
    return [replace(arc, height=arc.height * share) for arc in raised]


def _with_ends(arcs: list[FlowArc], sizes: list[float]) -> list[FlowArc]:
    """The arcs with their ends spread over each dot, side by side and never crossing there."""
    ends: dict[tuple[int, int], float] = {}
    for dot in range(len(CYCLES)):
        for side in (1, -1):
            here = [
                (_order(arc, dot), place)
                for place, arc in enumerate(arcs)
                if arc.side == side and arc.distance and dot in arc.pair
            ]
            places = [place for _key, place in sorted(here)]
            total = sum(arcs[place].width for place in places) or 1
            span, done = min(total, sizes[dot] * 1.5), 0.0
            for place in places:
                half = arcs[place].width / 2
                ends[place, dot] = ((done + half) / total - 0.5) * span
                done += 2 * half
    return [
        replace(arc, start=ends.get((place, arc.origin), 0), end=ends.get((place, arc.goal), 0))
        for place, arc in enumerate(arcs)
    ]


def _order(arc: FlowArc, dot: int) -> tuple[int, float, float]:
    other = arc.goal if arc.origin == dot else arc.origin
    return (0, arc.distance, arc.height) if other < dot else (1, -arc.distance, -arc.height)


def draw_arc(arc: FlowArc, frame: ArcFrame, sizes: list[float], prefix: str) -> str:
    """One arc with its name, and a small head that shows which way it runs."""
    way, head = _bend(arc, frame, sizes) if arc.distance else (_loop(arc, frame, sizes), ())
    low, high = arc.pair
    hue = HUES[CYCLES[low]]
    stroke = f"url(#{prefix}-{low}-{high})" if arc.distance else hue
    path = tag(
        "path",
        d=way,
        stroke=stroke,
        stroke_width=arc.width,
        stroke_dasharray="7 5" if arc.dashed else None,
    )
    head_drawn = _head(arc, *head) if arc.distance else ""
    if not arc.href:
        return tag("g", tag("title", arc.title), path, head_drawn)
    reach = tag(
        "path", d=way, stroke=SURFACE, stroke_opacity=0, stroke_width=max(TO_TOUCH, arc.width)
    )
    return tag("a", tag("title", arc.title), reach, path, head_drawn, href=arc.href)


def _head(arc: FlowArc, x: float, y: float, dx: float, dy: float) -> str:
    """Which way an arc runs: white within a broad one, else a little broader than the arc."""
    inside = arc.width >= 7.5 and not arc.dashed
    low, high = arc.pair
    colour = SURFACE if inside else mixed(HUES[CYCLES[low]], HUES[CYCLES[high]])
    size = arc.width * 0.75 if inside else 6 + arc.width * 1.1
    return arrow_head(x + dx * size / 2, y + dy * size / 2, dx, dy, size, colour)


def _bend(arc: FlowArc, frame: ArcFrame, sizes: list[float]) -> tuple[str, tuple[float, ...]]:
    one = frame.along(arc.origin) + arc.start
    two = frame.along(arc.goal) + arc.end
    base, top = arc.side * frame.base, arc.side * (frame.base + arc.height)
    handle = arc.side * (frame.base + KAPPA * arc.height)
    middle, lean = (one + two) / 2, (two - one) / 2 * KAPPA
    here, there = (
        arc.side * 0.7 * math.sqrt(max(0, sizes[dot] ** 2 - off**2))
        for dot, off in ((arc.origin, arc.start), (arc.goal, arc.end))
    )
    way = (
        f"M{points(*frame.at(one, here))}L{points(*frame.at(one, base))}"
        f"C{points(*frame.at(one, handle))} {points(*frame.at(middle - lean, top))} "
        f"{points(*frame.at(middle, top))}"
        f"C{points(*frame.at(middle + lean, top))} {points(*frame.at(two, handle))} "
        f"{points(*frame.at(two, base))}L{points(*frame.at(two, there))}"
    )
    ahead = math.copysign(1, two - one)
    return way, (*frame.at(middle, top), *((0, ahead) if frame.narrow else (ahead, 0)))


def _loop(arc: FlowArc, frame: ArcFrame, sizes: list[float]) -> str:
    """A small ear on the dot: value that stays within its cycle, as another moment."""
    middle, wide = frame.along(arc.origin), 11 + arc.width
    low, top = arc.side * sizes[arc.origin] * 0.5, arc.side * (frame.base + arc.height)
    bend = arc.side * (frame.base + arc.height * 0.1)
    return (
        f"M{points(*frame.at(middle - wide * 0.2, low))}"
        f"C{points(*frame.at(middle - wide, bend))} {points(*frame.at(middle - wide, top))} "
        f"{points(*frame.at(middle, top))}"
        f"C{points(*frame.at(middle + wide, top))} {points(*frame.at(middle + wide, bend))} "
        f"{points(*frame.at(middle + wide * 0.2, low))}"
    )


def gradients(arcs: Iterable[FlowArc], frame: ArcFrame, prefix: str) -> str:
    """For each pair of cycles that an arc joins, the passage from one hue to the other."""
    pairs = sorted({arc.pair for arc in arcs if arc.distance})
    return tag("defs", *(_gradient(pair, frame, prefix) for pair in pairs)) if pairs else ""


def _gradient(pair: tuple[int, int], frame: ArcFrame, prefix: str) -> str:
    low, high = pair
    axis = "y" if frame.narrow else "x"
    other = "x" if frame.narrow else "y"
    ends = {
        f"{axis}1": num(frame.along(low)),
        f"{axis}2": num(frame.along(high)),
        f"{other}1": "0",
        f"{other}2": "0",
    }
    return tag(
        "linearGradient",
        tag("stop", offset="0", stop_color=HUES[CYCLES[low]]),
        tag("stop", offset="1", stop_color=HUES[CYCLES[high]]),
        id=f"{prefix}-{low}-{high}",
        gradientUnits="userSpaceOnUse",
        **ends,
    )
