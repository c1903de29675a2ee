"""Indicator lines: a spark for the matrix, a small multiple with its axis for pages and reports."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evaluation.label_placement import Box, fitted, free_boxes, spread
from learningspaces.lib.svg import (
    INK,
    INK_2,
    INK_3,
    LINE,
    SUNKEN,
    SURFACE,
    drawing,
    points,
    safe_id,
    shorten,
    tag,
    text,
)
from learningspaces.lib.text import labelled
from learningspaces.lib.typefaces import text_width

Number = float | int | Decimal
SIZE = 12.5
SPARK = (120.0, 30.0)
MULTIPLE = 280.0
TOP, FLOOR = 22.0, 104.0


class Point(NamedTuple):
    """One period of a series: a value, words without a number (`noted`), or nothing: a gap."""

    tick: str
    on: date
    value: Number | None = None
    shown: str = ""
    noted: bool = False


class Guide(NamedTuple):
    """A level to compare with, a baseline or a target: what it is, and how people read it."""

    value: Number
    word: str = ""
    shown: str = ""


class FramingMark(NamedTuple):
    """The day on which a framing version was agreed."""

    on: date
    label: str


class Plot(NamedTuple):
    """A series laid out: where each period, each value and each guide lies."""

    xs: list[float]
    ys: list[float | None]
    guides: list[tuple[Guide, float, bool]]
    left: float
    right: float


def indicator_line(
    series: Sequence[Point],
    baseline: Guide | None = None,
    target: Guide | None = None,
    *,
    hue: str,
    framing_marks: Sequence[FramingMark] = (),
    levels: Sequence[tuple[Number, str]] = (),
    low: Number | None = None,
    high: Number | None = None,
    size: str = "spark",
    title: str = "",
    desc: str = "",
    prefix: str = "series",
    static: bool = False,
) -> SafeString:
    """A series as a line: a gap in the figures is a gap in the line, a lone figure is a dot.

    Give every period, the missing ones with value None. `levels` are (value, wording) of a rubric
    or of yes and no; `low` and `high` the ends of a scale. Without a title a spark is decoration.
    """
    guides = [(guide, guide is target) for guide in (baseline, target) if guide]
    limits = _limits(series, guides, [value for value, _words in levels], low, high)
    if size == "spark":
        return _spark(series, guides, limits, hue, framing_marks, title)
    left, right = _margins(levels, [guide for guide, _aim in guides])
    plot = _plotted(series, guides, limits, (left + 8, right - 10), (TOP, FLOOR))
    plot = plot._replace(left=left, right=right)
    framing, height = _framing(series, plot, framing_marks)
    return drawing(
        MULTIPLE,
        height,
        *_levels(levels, limits, plot),
        tag("path", d=f"M{points(left, FLOOR)}H{points(right)}", stroke=LINE),
        *framing,
        *_guides(plot, named=not levels),
        *_line(plot, hue, width=2.4),
        *_dots(series, plot, hue),
        *_ticks(series, plot),
        *([] if levels else _values(series, plot)),
        prefix=safe_id(prefix),
        title=title or _("The series"),
        desc=desc or _read_out(series),
        static=static,
    )


def _read_out(series: Sequence[Point]) -> str:
    return "; ".join(labelled(point.tick, point.shown or _("no figure")) for point in series)


def _margins(levels, guides: list[Guide]) -> tuple[float, float]:
    """Where the line may run: the words of the levels stand before it, those of guides behind."""
    before = [min(84, text_width(word, SIZE)) + 12 for _value, word in levels]
    shown = [word for guide in guides for word in (guide.word, "" if levels else guide.shown)]
    behind = [14 + min(84, text_width(word, SIZE, bold=True)) for word in shown]
    return max(before, default=10), MULTIPLE - max(behind, default=12)


def _limits(series, guides, levels, low, high) -> tuple[float, float]:
    """The values at the foot and the head of the drawing; the foot is zero if not told."""
    values = [float(point.value) for point in series if point.value is not None]
    values += [float(guide.value) for guide, _aim in guides] + [float(value) for value in levels]
    floor = min([*values, 0.0 if low is None and not levels else float(low or 0)])
    if levels and low is None:
        floor = min(values)
    top = max([*values, floor if high is None else float(high)])
    return floor, top if top > floor else floor + 1


def _plotted(series, guides, limits, across, down) -> Plot:
    xs = _across(series, *across)
    ys = [None if point.value is None else _y(point.value, limits, *down) for point in series]
    lines = [(guide, _y(guide.value, limits, *down), aim) for guide, aim in guides]
    return Plot(xs, ys, lines, *across)


def _across(series: Sequence[Point], left: float, right: float) -> list[float]:
    """Where each period lies: by its day, or side by side if the days do not run on."""
    if len(series) < 2:
        return [(left + right) / 2 for _point in series]
    days = [point.on.toordinal() for point in series]
    if any(two <= one for one, two in pairwise(days)):
        days = list(range(len(series)))
    return [left + (right - left) * (day - days[0]) / (days[-1] - days[0]) for day in days]


def _y(value: Number, limits: tuple[float, float], top: float, floor: float) -> float:
    low, high = limits
    share = (float(value) / 2 - low / 2) / (high / 2 - low / 2)
    return floor - (floor - top) * min(1, max(0, share))


def _runs(plot: Plot) -> list[list[tuple[float, float]]]:
    """The stretches without a gap."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(plot.xs, plot.ys, strict=True):
        if y is None:
            runs.append([])
        else:
            runs[-1].append((x, y))
    return [run for run in runs if run]


def _line(plot: Plot, hue: str, *, width: float) -> list[str]:
    return [
        tag(
            "polyline",
            points=" ".join(points(*spot) for spot in run),
            fill="none",
            stroke=hue,
            stroke_width=width,
            stroke_linejoin="round",
            stroke_linecap="round",
        )
        for run in _runs(plot)
        if len(run) > 1
    ]


def _spark(series, guides, limits, hue, framing_marks, title) -> SafeString:
    width, height = SPARK
    plot = _plotted(series, guides, limits, (4, width - 4), (4.5, height - 4))
    drawn = [
        tag("path", d=f"M{points(x, height)}V{points(height - 5)}", stroke=INK_3)
        for x, _label in _marked(series, plot, framing_marks)
    ]
    for _guide, y, aim in plot.guides:
        dashes = "3 3" if aim else "1 3"
        across = f"M{points(0, y)}H{points(width)}"
        drawn.append(tag("path", d=across, stroke=INK_3, stroke_dasharray=dashes))
    drawn += _line(plot, hue, width=2.2)
    drawn += [
        tag("circle", cx=run[0][0], cy=run[0][1], r=2.4, fill=hue)
        for run in _runs(plot)
        if len(run) == 1
    ]
    known = [spot for run in _runs(plot) for spot in run]
    drawn += [tag("circle", cx=x, cy=y, r=3.4, fill=hue) for x, y in known[-1:]]
    drawn += [
        _noted(x, height / 2, hue)
        for x, point in zip(plot.xs, series, strict=True)
        if point.noted and point.value is None
    ]
    named = {"role": "img"} if title else {"aria_hidden": "true", "focusable": "false"}
    return tag(
        "svg",
        *([tag("title", title)] if title else []),
        tag("rect", width=width, height=height, fill=SURFACE),
        *drawn,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {points(width, height)}",
        width=width,
        height=height,
        class_="spark",
        **named,
    )


def _noted(x: float, y: float, hue: str) -> str:
    corners = points(x, y - 4.5, x + 4.5, y, x, y + 4.5, x - 4.5, y)
    return tag("polygon", points=corners, fill=hue)


def _dots(series: Sequence[Point], plot: Plot, hue: str) -> list[str]:
    size = 3.4 if len(series) <= 24 else 2
    drawn = []
    for point, x, y in zip(series, plot.xs, plot.ys, strict=True):
        title = tag("title", f"{point.tick}: {point.shown}")
        if y is not None:
            drawn.append(tag("g", title, tag("circle", cx=x, cy=y, r=size, fill=hue)))
        elif point.noted:
            drawn.append(tag("g", title, _noted(x, FLOOR - 14, hue)))
    return drawn


def _ticks(series: Sequence[Point], plot: Plot) -> list[str]:
    """The periods' names: the last and the first always, the others where they fit."""
    names = [(x, shorten(point.tick, SIZE, 90)) for x, point in zip(plot.xs, series, strict=True)]
    order = [*names[-1:], *names[:1], *names[1:-1]]
    boxes = fitted(order, SIZE, 2, MULTIPLE - 2, gap=7)
    return [
        text(box.middle, FLOOR + 17, word, size=SIZE, text_anchor="middle", fill=INK_2)
        for box, word in boxes
    ]


def _values(series: Sequence[Point], plot: Plot) -> list[str]:
    """The figures beside their dots, clear of one another, of the line and of the guides."""
    spots = [
        (x, y, shorten(point.shown, SIZE, 80))
        for point, x, y in zip(series, plot.xs, plot.ys, strict=True)
        if y is not None and point.shown
    ]
    area = Box(2, 2, plot.right + (2 if plot.guides else 10), FLOOR - 1)
    guides = [y for _guide, y, _aim in plot.guides]
    placed = free_boxes(spots, _runs(plot), guides, area, SIZE)
    return [
        text(
            box.middle,
            box.bottom - 3,
            word,
            size=SIZE,
            text_anchor="middle",
            font_weight=700,
            fill=INK,
        )
        for box, word in placed
    ]


def _levels(levels, limits: tuple[float, float], plot: Plot) -> list[str]:
    drawn = []
    for value, word in levels:
        y = _y(value, limits, TOP, FLOOR)
        across = f"M{points(plot.left, y)}H{points(plot.right)}"
        drawn.append(tag("path", d=across, stroke=SUNKEN))
        label = shorten(word, SIZE, 84)
        drawn.append(text(plot.left - 6, y + 4, label, size=SIZE, text_anchor="end", fill=INK_2))
    return drawn


def _guides(plot: Plot, *, named: bool) -> list[str]:
    """Baseline and target: lines across, their names in the margin, where no figure stands."""
    drawn, middles = [], spread([y for _guide, y, _aim in plot.guides], 29, TOP - 8, FLOOR - 10)
    for (guide, y, aim), middle in zip(plot.guides, middles, strict=True):
        across = f"M{points(plot.left, y)}H{points(plot.right)}"
        drawn.append(
            tag("path", d=across, stroke=INK_3, stroke_dasharray="5 3" if aim else "1.5 3")
        )
        rows = [guide.word, guide.shown] if named else [guide.word]
        rows = [shorten(row, SIZE, 84) for row in rows if row]
        for number, row in enumerate(rows):
            base = middle + 4.5 - 7 * (len(rows) - 1) + 14 * number
            drawn.append(text(plot.right + 5, base, row, size=SIZE, fill=INK_2))
    return drawn


def _marked(series, plot: Plot, marks: Sequence[FramingMark]) -> list[tuple[float, str]]:
    """Where the framing versions stand that were agreed while the series ran."""
    found = []
    for mark in marks:
        for place in range(len(series) - 1):
            one, two = series[place].on, series[place + 1].on
            if one < mark.on <= two:
                share = (mark.on - one).days / (two - one).days
                x = plot.xs[place] + (plot.xs[place + 1] - plot.xs[place]) * share
                found.append((x, mark.label))
                break
    return found


def _framing(series, plot: Plot, marks: Sequence[FramingMark]) -> tuple[list[str], float]:
    """The framing versions as upright lines with their names below; and the drawing's height."""
    marked = _marked(series, plot, marks)
    names = [(x, shorten(label, SIZE, 110)) for x, label in marked]
    foot = FLOOR + 35
    drawn = [
        tag(
            "g",
            tag("title", label),
            tag("path", d=f"M{points(x, 8)}V{points(FLOOR)}", stroke=INK_3, stroke_dasharray="2 3"),
            tag("path", d=f"M{points(x, FLOOR + 1)}v4", stroke=INK_3, stroke_width=2),
        )
        for x, label in marked
    ]
    drawn += [
        text(box.middle, foot, word, size=SIZE, text_anchor="middle", fill=INK_2)
        for box, word in fitted(names, SIZE, 2, MULTIPLE - 2, gap=7)
    ]
    return drawn, foot + 7 if marked else FLOOR + 24
