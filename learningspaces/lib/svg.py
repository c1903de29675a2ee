"""Drawing without a browser: small pure functions that return safe SVG text.

Only attributes are used, no CSS, so one drawing serves the page (under a strict content policy),
the PDF and the download. Every drawing stands on its own ground, so that it stays legible when a
person has forced other colours on the page.
"""

import hashlib
import math
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import resvg_py
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from learningspaces.lib.typefaces import text_width

FONT = "'Source Sans 3', 'Source Sans 3 Variable', sans-serif"
INK, INK_2, INK_3 = "#10262f", "#47606b", "#5f7680"
SURFACE, SUNKEN, LINE, SEA = "#ffffff", "#e4ecec", "#cfdcdd", "#0b5563"


class Tone(NamedTuple):
    """The four shades of a cycle: its own, its tint, text upon the tint, ground of white text."""

    hue: str
    tint: str
    text: str
    solid: str


TONES = {
    "immediate": Tone("#b97a00", "#fcefcf", "#835600", "#a06900"),
    "potential": Tone("#c2500f", "#fde3d3", "#9a3f0b", "#c2500f"),
    "applied": Tone("#2c7d3f", "#dcf0df", "#22632f", "#2c7d3f"),
    "realized": Tone("#0b6b6b", "#d3eded", "#085555", "#0b6b6b"),
    "enabling": Tone("#7b52c9", "#ece4fb", "#5f3ca8", "#7b52c9"),
    "strategic": Tone("#46389e", "#e3e0f6", "#382d80", "#46389e"),
    "orienting": Tone("#1f6fbf", "#dbeafa", "#185896", "#1f6fbf"),
    "transformative": Tone("#b3245c", "#fadfe9", "#8f1c49", "#b3245c"),
}
HUES = {cycle: tone.hue for cycle, tone in TONES.items()}

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_SAFE_ADDRESS = re.compile(r"(?:https?://|[/#?])")


def num(value: float) -> str:
    """A coordinate as text: two decimals at most, no trailing zeros, never minus zero."""
    if not math.isfinite(value):
        raise ValueError(f"A drawing needs finite numbers, not {value}.")
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def points(*numbers: float) -> str:
    """Coordinates side by side, as a path or a polyline wants them."""
    return " ".join(num(number) for number in numbers)


def _attribute(name: str, value: object) -> str:
    name = name.rstrip("_").replace("_", "-")
    text = num(value) if isinstance(value, int | float) else _NOT_XML.sub("", str(value))
    if not _NAME.fullmatch(name) or name == "style" or name.lower().startswith("on"):
        raise ValueError(f"{name} is no attribute of a drawing.")
    if name == "href" and not _SAFE_ADDRESS.match(text):
        raise ValueError(f"{text!r} is no address that a drawing may lead to.")
    return f' {name}="{escape(text)}"'


def tag(name: str, /, *children: str, **attributes: object) -> SafeString:
    """One element; text children and values are escaped, attributes that are None left out."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no element of a drawing.")
    given = "".join(
        _attribute(key, value) for key, value in attributes.items() if value is not None
    )
    inner = "".join(
        child if isinstance(child, SafeString) else escape(_NOT_XML.sub("", str(child)))
        for child in children
    )
    return mark_safe(f"<{name}{given}>{inner}</{name}>" if inner else f"<{name}{given}/>")


def drawing(
    width: float,
    height: float,
    *parts: str,
    prefix: str,
    title: str,
    desc: str = "",
    static: bool = False,
    class_: str | None = None,
    role: str = "img",
) -> SafeString:
    """The outermost element: named for screen readers, on white ground, left to right inside."""
    prefix = safe_id(prefix)
    named = [tag("title", title, id=f"{prefix}-title")]
    if desc:
        named.append(tag("desc", desc, id=f"{prefix}-desc"))
    return tag(
        "svg",
        *named,
        tag("rect", width=width, height=height, fill=SURFACE),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {num(width)} {num(height)}",
        width=width if static else None,
        height=height if static else None,
        class_=None if static else class_,
        role=role,
        aria_labelledby=f"{prefix}-title" + (f" {prefix}-desc" if desc else ""),
        direction="ltr",
        font_family=FONT,
    )


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 13,
    rim: str | None = SURFACE,
    **attributes: object,
) -> SafeString:
    """A line of text with a rim, so that a line passing behind never strikes it out."""
    if rim and attributes.get("fill") != rim:
        attributes |= {"paint_order": "stroke", "stroke": rim, "stroke_width": 3.5}
        attributes["stroke_linejoin"] = "round"
    return tag("text", words, x=x, y=y, font_size=size, **attributes)


def safe_id(words: str) -> str:
    """A prefix that may begin an id, whatever was given."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", words) or "drawing"


def shorten(words: str, size: float, width: float, *, bold: bool = False) -> str:
    """The words, cut with an ellipsis where they would run over the width."""
    words = " ".join(words.split())
    if text_width(words, size, bold=bold) <= width:
        return words
    room, taken = width - text_width("…", size, bold=bold), 0
    while taken < len(words) and text_width(words[: taken + 1], size, bold=bold) <= room:
        taken += 1
    return words[:taken].rstrip() + "…"


def wrap(words: str, size: float, width: float, *, lines: int = 2, bold: bool = False) -> list[str]:
    """The words on at most so many lines, broken at spaces, the last cut if it must be."""
    rows: list[str] = []
    for word in words.split():
        joined = f"{rows[-1]} {word}" if rows else word
        if rows and (text_width(joined, size, bold=bold) <= width or len(rows) == lines):
            rows[-1] = joined
        else:
            rows.append(word)
    return [shorten(row, size, width, bold=bold) for row in rows]


def mixed(first: str, second: str) -> str:
    """The colour half-way between two."""
    pairs = [(int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{(one + other) // 2:02x}" for one, other in pairs)


def arrow_head(x: float, y: float, dx: float, dy: float, size: float, fill: str) -> SafeString:
    """A small triangle with its tip at x, y, looking along dx, dy."""
    length = math.hypot(dx, dy) or 1
    ux, uy = dx / length, dy / length
    back_x, back_y, half = x - ux * size, y - uy * size, size * 0.52
    corners = (x, y, back_x - uy * half, back_y + ux * half, back_x + uy * half, back_y - ux * half)
    return tag("polygon", points=points(*corners), fill=fill)


def _between(digest: bytes, place: int, low: float, high: float) -> float:
    return low + (high - low) * digest[place % len(digest)] / 255


def masthead_lines(seed: str) -> SafeString:
    """The quiet lines behind a space's name: eight hues twice, bent by its own seed."""
    digest = hashlib.sha256(seed.encode()).digest()
    sway, pinch = _between(digest, 0, 20, 90), _between(digest, 1, -150, -30)
    drift = [_between(digest, 2 + place, -26, 26) for place in range(2)]
    lines = []
    for place, hue in enumerate([*HUES.values(), *HUES.values()]):
        x, along = 800 + place * 27, place / 15
        bend = _between(digest, 8 + place, -9, 9)
        curve = (
            f"M{points(x, -10)}C{points(x + sway * (1 - along) + bend, 60 + 45 * along)} "
            f"{points(x + pinch * (1 - along) + 70 * along + bend + drift[0], 150)} "
            f"{points(x + 60 - 45 * along + drift[1], 280)}"
        )
        lines.append(tag("path", d=curve, stroke=hue, stroke_width=2 + place % 3))
    return tag(
        "svg",
        tag("g", *lines, fill="none", stroke_opacity=0.6),
        xmlns="http://www.w3.org/2000/svg",
        viewBox="0 0 1400 260",
        preserveAspectRatio="xMaxYMid slice",
        class_="waves",
        aria_hidden="true",
        focusable="false",
    )


def to_png(svg: str, scale: float = 2, font_files: Iterable[str | Path] = ()) -> bytes:
    """The drawing as a picture file, in the given fonts, or the system's own without any."""
    files: Sequence[str] = [str(file) for file in font_files]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=scale,
            font_files=list(files) or None,
            skip_system_fonts=bool(files),
            sans_serif_family="Source Sans 3" if files else None,
        )
    )
