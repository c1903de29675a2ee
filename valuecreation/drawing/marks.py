"""The marks of moments: one shape for each way a moment turned out, told by form, not by colour."""

from collections.abc import Iterable
from typing import Any

from learningspaces.lib.svg import (
    INK_2,
    INK_3,
    SEA,
    SURFACE,
    arrow_head,
    points,
    shorten,
    tag,
    text,
)
from learningspaces.lib.typefaces import text_width
from valuecreation.drawing.words import LaneWords

KINDS = ("positive", "negative", "mixed", "nil", "hoped")


def mark(kind: str, x: float, y: float, size: float, hue: str) -> str:
    """The mark of a moment: full, with a bar, half, empty, or dashed for what is only hoped."""
    rim = size - 1
    if kind == "hoped":
        return tag(
            "circle",
            cx=x,
            cy=y,
            r=rim,
            fill=SURFACE,
            stroke=hue,
            stroke_width=1.8,
            stroke_dasharray="3 2.4",
        )
    if kind == "nil":
        return tag("circle", cx=x, cy=y, r=rim, fill=SURFACE, stroke=hue, stroke_width=2)
    full = tag("circle", cx=x, cy=y, r=size, fill=hue, stroke=SURFACE, stroke_width=1)
    if kind == "negative":
        half = size * 0.55
        bar = tag(
            "path",
            d=f"M{points(x - half, y)}H{points(x + half)}",
            stroke=SURFACE,
            stroke_width=max(1.6, size * 0.3),
        )
        return tag("g", full, bar)
    if kind == "mixed":
        ring = tag("circle", cx=x, cy=y, r=rim, fill=SURFACE, stroke=hue, stroke_width=2)
        way = f"M{points(x, y - rim)}A{points(rim, rim)} 0 0 0 {points(x, y + rim)}Z"
        return tag("g", ring, tag("path", d=way, fill=hue))
    return full


def legend(
    moments: Iterable[Any],
    flows: Iterable[Any],
    words: LaneWords,
    *,
    top: float,
    left: float,
    right: float,
) -> tuple[list[str], float]:
    """What the marks that occur mean, in words; and the height at which the drawing ends."""
    moments, flows = list(moments), list(flows)
    seen = {"hoped" if moment.hoped else moment.polarity for moment in moments}
    back = [flow for flow in flows if flow.back]
    items = [(kind, str(getattr(words, kind))) for kind in KINDS if kind in seen]
    if any(not flow.waiting for flow in back):
        items.append(("back", str(words.back)))
    if any(flow.waiting for flow in back):
        items.append(("back_open", str(words.back_open)))
    if [kind for kind, _said in items] == ["positive"]:
        items = []
    drawn, x, y = [], left, top
    for kind, said in items:
        said = shorten(said, 13, right - left - 40)
        wide = 34 + text_width(said, 13) + 14
        if x > left and x + wide > right:
            x, y = left, y + 22
        drawn += [_sample(kind, x, y - 4.5), text(x + 34, y, said, fill=INK_2)]
        x += wide
    return drawn, (y + 12 if items else top - 16)


def _sample(kind: str, x: float, y: float) -> str:
    if kind in KINDS:
        return mark(kind, x + 18, y, 7, INK_3)
    line = tag(
        "path",
        d=f"M{points(x + 2, y)}H{points(x + 24)}",
        stroke=SEA,
        stroke_width=2.2,
        stroke_dasharray="5 4" if kind == "back_open" else None,
    )
    return tag("g", line, arrow_head(x + 29, y, 1, 0, 8, SEA))
