"""The flow picture: eight dots on a line, what flowed above it, what came back below it."""

import math
from collections.abc import Mapping
from typing import Protocol

from django.utils.safestring import SafeString

from learningspaces.lib.svg import (
    INK_2,
    SURFACE,
    TONES,
    drawing,
    safe_id,
    shorten,
    tag,
    text,
    wrap,
)
from learningspaces.lib.typefaces import text_width
from valuecreation.drawing import arcs as arc
from valuecreation.drawing.words import (
    FlowWords,
    Pair,
    dot_title,
    figure,
    flow_title,
    return_title,
)

WIDE, NARROW = 860.0, 320.0
SIZE = 14.0
TO_TOUCH = 13.0  # how far around its middle a dot that leads somewhere is for a finger
CYCLES = arc.CYCLES


class WaysIn(Protocol):
    """Where the arcs and dots of a picture lead."""

    def flows(self, origin: str, goal: str, count: int = 1) -> str: ...

    def moments(self, cycle: str, count: int = 1) -> str: ...


def flow_picture(
    counts: Mapping[str, int],
    flows: Mapping[Pair, int],
    returns: Mapping[Pair, int],
    open_returns: Mapping[Pair, int],
    *,
    labels: Mapping[str, str],
    narrow: bool = False,
    words: FlowWords | None = None,
    static: bool = False,
    prefix: str = "flows",
    links: WaysIn | None = None,
) -> SafeString:
    """How value moves between the eight cycles, across the page or (narrow) down it.

    With `links` each arc and each dot leads to what it counts.
    `flows` are the happened flows other than returns; `returns` all that came back, and
    `open_returns` those that nobody has taken up yet. Pairs are (from, to).
    """
    words, prefix = words or FlowWords(), safe_id(f"{prefix}-{'narrow' if narrow else 'wide'}")
    given = _all_bundles(flows, returns, open_returns, labels, links)
    frame = _frame(narrow)
    sizes = arc.radii(counts, frame.largest)
    laid = arc.laid_out(given, frame, sizes)
    width, height, frame, writing = (_down if narrow else _across)(
        frame, sizes, laid, counts, labels, words
    )
    drawn = [arc.draw_arc(each, frame, sizes, prefix) for each in laid]
    ways = [links.moments(cycle, counts.get(cycle, 0)) if links else "" for cycle in CYCLES]
    return drawing(
        width,
        height,
        arc.gradients(laid, frame, prefix),
        tag("g", *drawn, fill="none", stroke_opacity=arc.OPACITY),
        *_dots(frame, sizes, counts, labels, ways),
        *writing,
        prefix=prefix,
        title=str(words.title),
        desc=str(words.desc),
        static=static,
        class_="narrow" if narrow else "wide",
        role="group" if any(ways) else "img",
    )


def _dots(frame, sizes, counts, labels, ways: list[str]) -> list[SafeString]:
    return [
        _dot(place, frame, sizes[place], counts, labels, href=href)
        for place, href in enumerate(ways)
    ]


def _all_bundles(flows, returns, open_returns, labels, links) -> list[arc.FlowArc]:
    return [
        *_bundles(flows, labels, 1, links),
        *_bundles(_less(returns, open_returns), labels, -1, links),
        *_bundles(open_returns, labels, -1, links, waiting=True),
    ]


def _less(returns: Mapping[Pair, int], waiting: Mapping[Pair, int]) -> dict[Pair, int]:
    return {pair: count - waiting.get(pair, 0) for pair, count in returns.items()}


def _bundles(
    flows: Mapping[Pair, int],
    labels: Mapping[str, str],
    side: int,
    links: "WaysIn | None",
    *,
    waiting: bool = False,
) -> list[arc.FlowArc]:
    return [
        arc.FlowArc(
            CYCLES.index(pair[0]),
            CYCLES.index(pair[1]),
            count,
            side,
            waiting,
            flow_title(labels, pair, count)
            if side > 0
            else return_title(labels, pair, count, waiting=waiting),
            href=links.flows(*pair) if links else "",
        )
        for pair, count in flows.items()
        if count > 0 and pair[0] in CYCLES and pair[1] in CYCLES
    ]


def _frame(narrow: bool) -> arc.ArcFrame:
    if narrow:
        reach = (16, 26, 40, 52, 60, 66, 70, 73)
        return arc.ArcFrame(True, 106, 64, 78, 19, 12, reach, reach, (102, 102))
    rise, drop = (22, 48, 84, 108, 126, 140, 150, 158), (20, 36, 60, 78, 92, 102, 110, 116)
    return arc.ArcFrame(False, 0, 61, 105.4, 22, 15, rise, drop, (196, 150))


def _reach(laid: list[arc.FlowArc], frame: arc.ArcFrame, side: int) -> float:
    """How far from the line the arcs of one side come."""
    tops = (each.height + each.width / 2 + 4 for each in laid if each.side == side)
    return max([frame.largest + 2, *(frame.base + top for top in tops)])


def _across(frame, sizes, laid, counts, labels, words):
    """Width, height, frame and writing of the picture that runs across the page."""
    line = 24 + _reach(laid, frame, 1)
    frame = arc.replace(frame, line=line)
    floor = line + _reach(laid, frame, -1)
    writing = []
    if any(each.side > 0 for each in laid):
        writing.append(text(14, 16, shorten(str(words.flows), SIZE, 400), size=SIZE, fill=INK_2))
    if any(each.side < 0 for each in laid):
        floor += 16
        said = shorten(str(words.returns), SIZE, 400)
        writing.append(text(14, floor, said, size=SIZE, fill=INK_2))
    names = [_name(place, sizes[place], counts, labels) for place in range(len(CYCLES))]
    staggered = any(_too_wide(name, frame.step - 4) for name in names)
    room = frame.step * 1.5 if staggered else frame.step - 4
    lines = [wrap(name, SIZE, room, bold=True) for name in names]
    deep = max(len(rows) for rows in lines) * 17
    for place, rows in enumerate(lines):
        top = floor + 24 + (deep if staggered and place % 2 else 0)
        writing += _label(place, rows, frame.along(place), top)
    return WIDE, floor + 12 + deep * (2 if staggered else 1), frame, writing


def _label(place: int, rows: list[str], x: float, top: float) -> list[str]:
    half = max(text_width(row, SIZE, bold=True) for row in rows) / 2 if rows else 0
    x = min(max(x, half + 3), WIDE - half - 3)
    return [
        text(
            x,
            top + 17 * number,
            row,
            size=SIZE,
            text_anchor="middle",
            font_weight=600,
            fill=TONES[CYCLES[place]].text,
        )
        for number, row in enumerate(rows)
    ]


def _down(frame, sizes, laid, counts, labels, words):
    """Width, height, frame and writing of the picture that runs down the page."""
    size = 13.5
    column = NARROW - 4
    writing = []
    for side, said in ((1, str(words.flows)), (-1, str(words.returns))):
        if any(each.side == side for each in laid):
            for number, row in enumerate(wrap(said, size, 92)):
                anchor, x = ("start", frame.line + 10) if side > 0 else ("end", frame.line - 10)
                writing.append(
                    text(x, 16 + 16 * number, row, size=size, text_anchor=anchor, fill=INK_2)
                )
    for place, cycle in enumerate(CYCLES):
        name = _name(place, sizes[place], counts, labels)
        longest = max((text_width(word, size, bold=True) for word in name.split()), default=0)
        rows = wrap(name, size, min(140, max(104, longest)), bold=True)
        top = frame.along(place) + 5 - 8.5 * (len(rows) - 1)
        writing += [
            text(
                column,
                top + 17 * number,
                row,
                size=size,
                text_anchor="end",
                font_weight=600,
                fill=TONES[cycle].text,
            )
            for number, row in enumerate(rows)
        ]
    return NARROW, frame.along(len(CYCLES) - 1) + 36, frame, writing


def _fits(count: int, size: float) -> bool:
    half = text_width(figure(count), 13, bold=True) / 2
    return count > 0 and math.hypot(half, 4.7) + 0.8 <= size


def _name(place: int, size: float, counts: Mapping[str, int], labels: Mapping[str, str]) -> str:
    """The cycle's name, and its count where that finds no room in the dot."""
    cycle = CYCLES[place]
    name, count = str(labels.get(cycle, cycle)), counts.get(cycle, 0)
    return f"{name} {figure(count)}" if count and not _fits(count, size) else name


def _too_wide(name: str, room: float) -> bool:
    rows = wrap(name, SIZE, room, bold=True)
    return " ".join(rows) != " ".join(name.split())


def _dot(
    place: int,
    frame: arc.ArcFrame,
    size: float,
    counts: Mapping[str, int],
    labels: Mapping[str, str],
    *,
    href: str,
) -> str:
    cycle = CYCLES[place]
    count, tone = counts.get(cycle, 0), TONES[cycle]
    x, y = frame.at(frame.along(place), 0)
    title = tag("title", dot_title(str(labels.get(cycle, cycle)), count))
    if not count:
        ring = tag("circle", cx=x, cy=y, r=size, fill=SURFACE, stroke=tone.hue, stroke_width=2)
        return tag("g", title, ring)
    rim = tag("circle", cx=x, cy=y, r=size + 1.5, fill=SURFACE)
    disc = tag("circle", cx=x, cy=y, r=size, fill=tone.solid)
    inside = ""
    if _fits(count, size):
        inside = text(
            x,
            y + 4.5,
            figure(count),
            size=13,
            text_anchor="middle",
            font_weight=700,
            fill=SURFACE,
        )
    if href:
        reach = tag("circle", cx=x, cy=y, r=max(size, TO_TOUCH), fill=SURFACE, fill_opacity=0)
        return tag("a", title, reach, rim, disc, inside, href=href)
    return tag("g", title, rim, disc, inside)
