"""The lanes: one for each cycle, time to the right, moments as marks and flows as arrows."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from learningspaces.lib.svg import (
    INK_2,
    INK_3,
    LINE,
    SEA,
    SURFACE,
    TONES,
    arrow_head,
    drawing,
    mixed,
    points,
    safe_id,
    tag,
    text,
    wrap,
)
from learningspaces.lib.text import labelled
from learningspaces.lib.typefaces import text_width
from valuecreation.drawing.marks import legend, mark
from valuecreation.drawing.scale import DateScale, scale_for
from valuecreation.drawing.words import LaneWords

WIDE, NARROW = 860.0, 320.0
SIZE = 13.5
MANY = 60  # moments; from here on the marks are smaller and the arrows paler


@dataclass(frozen=True)
class LaneMoment:
    """A moment as the lanes show it; `when` is its date as people should read it."""

    key: str
    cycle: str
    on: date
    label: str = ""
    polarity: str = "positive"
    hoped: bool = False
    href: str = ""
    when: str = ""


@dataclass(frozen=True)
class LaneFlow:
    """A flow as the lanes show it: `back` came to the space, `waiting` is not taken up yet."""

    origin: str
    goal: str
    label: str = ""
    happened: bool = True
    back: bool = False
    waiting: bool = False


@dataclass(frozen=True)
class PlacedMoment:
    """Where a moment's mark stands."""

    x: float
    y: float
    size: float


def lanes(
    moments: Iterable[LaneMoment],
    flows: Iterable[LaneFlow],
    *,
    labels: Mapping[str, str],
    narrow: bool = False,
    width: float | None = None,
    words: LaneWords | None = None,
    static: bool = False,
    prefix: str = "lanes",
) -> SafeString:
    """Moments in lanes by cycle and in order of time, with their flows; at best up to 300."""
    words = words or LaneWords()
    prefix = safe_id(f"{prefix}-{'narrow' if narrow else 'wide'}")
    width = max(NARROW, width or (NARROW if narrow else WIDE))
    shown = [moment for moment in moments if moment.cycle in TONES]
    gutter = 8.0 if narrow else 122.0
    pitch = 24.0 if len(shown) <= MANY else 13.0
    scale = scale_for([moment.on for moment in shown], gutter + 12, width - 16)
    spots, bands, floor = _placed(shown, scale, pitch, head=20 if narrow else 0)
    known = {moment.key: moment for moment in shown}
    tied = [flow for flow in flows if flow.origin in known and flow.goal in known]
    size = (width, floor + 40)
    arrows = [_arrow(flow, known, spots, size) for flow in tied]
    key, height = legend(shown, tied, words, top=floor + 62, left=gutter, right=width - 8)
    return drawing(
        width,
        height,
        *_bands(bands, width),
        *(_axis(scale, floor) if shown else ()),
        tag("g", *arrows, fill="none", opacity=0.7 if len(shown) > MANY else None),
        *_names(bands, labels, narrow=narrow, room=(width - 16 if narrow else gutter - 12)),
        *(_moment(moment, spots[moment.key], labels, words) for moment in shown),
        *key,
        prefix=prefix,
        title=str(words.title),
        desc=str(words.desc),
        static=static,
        class_="narrow" if narrow else "wide",
        role="group" if any(moment.href for moment in shown) else "img",
    )


def _placed(moments: Sequence[LaneMoment], scale: DateScale, pitch: float, *, head: float):
    """The spot of every moment, each lane's top and height, and where the last lane ends."""
    spots: dict[str, PlacedMoment] = {}
    bands: dict[str, tuple[float, float]] = {}
    top, most = 6.0, 5 if pitch > 20 else 9
    for cycle in TONES:
        here = sorted((m for m in moments if m.cycle == cycle), key=lambda m: (m.on, m.hoped))
        taken: list[set[int]] = [set() for _row in range(most)]
        cells = [_cell(scale.x(moment.on), scale, pitch, taken) for moment in here]
        rows = 1 + max((row for _x, row in cells), default=0)
        height = head + max(30.0, rows * pitch + 8)
        spare = height - head - rows * pitch
        for moment, (x, row) in zip(here, cells, strict=True):
            y = top + head + spare / 2 + (row + 0.5) * pitch
            spots[moment.key] = PlacedMoment(x, y, 8 if pitch > 20 else 5)
        bands[cycle] = (top, height)
        top += height + 3
    return spots, bands, top


def _cell(x: float, scale: DateScale, pitch: float, taken: list[set[int]]) -> tuple[float, int]:
    """The free place nearest to a day: below others of that day first, then beside them."""
    for away in range(int((scale.right - scale.left) / pitch) + 1):
        for near in (x + away * pitch, x - away * pitch):
            if not scale.left <= near <= scale.right:
                continue
            column = round(near / pitch * 2)
            for row, columns in enumerate(taken):
                if not columns & {column - 1, column, column + 1}:
                    columns.add(column)
                    return near, row
    return x, 0


def _bands(bands: Mapping[str, tuple[float, float]], width: float) -> list[str]:
    return [
        tag("rect", x=0, y=top, width=width, height=height, rx=4, fill=_pale(cycle))
        for cycle, (top, height) in bands.items()
    ]


def _pale(cycle: str) -> str:
    return mixed(TONES[cycle].tint, SURFACE)


def _names(bands, labels: Mapping[str, str], *, narrow: bool, room: float) -> list[str]:
    written = []
    for cycle, (top, height) in bands.items():
        rows = wrap(str(labels.get(cycle, cycle)), SIZE, room, bold=True)
        first = top + 15 if narrow else top + height / 2 + 5 - 8 * (len(rows) - 1)
        written += [
            text(
                8,
                first + 16 * number,
                row,
                size=SIZE,
                rim=_pale(cycle),
                font_weight=600,
                fill=TONES[cycle].text,
            )
            for number, row in enumerate(rows[: 1 if narrow else 2])
        ]
    return written


def _axis(scale: DateScale, floor: float) -> list[str]:
    drawn = []
    for tick in scale.ticks():
        x = scale.x(tick.on)
        drawn.append(tag("line", x1=x, x2=x, y1=6, y2=floor + 2, stroke=LINE))
        half = max(text_width(tick.words, SIZE), text_width(tick.year, SIZE, bold=True)) / 2
        anchor = "start" if x < half else "middle"
        if x + half > scale.right + 14:
            anchor = "end"
        drawn.append(text(x, floor + 16, tick.words, text_anchor=anchor, fill=INK_2))
        if tick.year:
            drawn.append(
                text(x, floor + 32, tick.year, text_anchor=anchor, font_weight=600, fill=INK_2)
            )
    return drawn


def _arrow(
    flow: LaneFlow, known, spots: Mapping[str, PlacedMoment], size: tuple[float, float]
) -> str:
    one, two = spots[flow.origin], spots[flow.goal]
    dx, dy = two.x - one.x, two.y - one.y
    far = math.hypot(dx, dy)
    if not far:
        return ""
    bulge = (-0.22 if flow.back else 0.12) * min(1, 240 / far)
    bend_x = min(size[0] - 2, max(2, (one.x + two.x) / 2 + dy * bulge))
    bend_y = min(size[1] - 2, max(2, (one.y + two.y) / 2 - dx * bulge))
    start = _towards(one, bend_x, bend_y, one.size)
    tip = _towards(two, bend_x, bend_y, two.size + 1.5)
    colour, width = (SEA, 2.2) if flow.back else (INK_3, 1.3)
    waiting = flow.waiting or not flow.happened
    names = " → ".join(known[key].label or known[key].cycle for key in (flow.origin, flow.goal))
    return tag(
        "g",
        tag("title", flow.label or names),
        tag(
            "path",
            d=f"M{points(*start)}Q{points(bend_x, bend_y)} {points(*tip)}",
            stroke=colour,
            stroke_width=width,
            stroke_dasharray="5 4" if waiting else None,
        ),
        arrow_head(*tip, two.x - bend_x, two.y - bend_y, 6 + width, colour),
    )


def _towards(spot: PlacedMoment, x: float, y: float, step: float) -> tuple[float, float]:
    far = math.hypot(x - spot.x, y - spot.y) or 1
    step = min(step, far)
    return spot.x + (x - spot.x) / far * step, spot.y + (y - spot.y) / far * step


def _moment(
    moment: LaneMoment, spot: PlacedMoment, labels: Mapping[str, str], words: LaneWords
) -> str:
    kind = "hoped" if moment.hoped else moment.polarity
    said = str(getattr(words, kind, ""))
    when = moment.when or date_format(moment.on, "j M Y")
    cycle = labels.get(moment.cycle, moment.cycle)
    name = _("%(cycle)s, %(when)s, %(outcome)s") % {"cycle": cycle, "when": when, "outcome": said}
    drawn = mark(kind, spot.x, spot.y, spot.size, TONES[moment.cycle].hue)
    title = tag("title", labelled(name, moment.label) if moment.label else name)
    if not moment.href:
        return tag("g", title, drawn)
    reach = tag("circle", cx=spot.x, cy=spot.y, r=spot.size * 1.5, fill=SURFACE, fill_opacity=0)
    return tag("a", title, reach, drawn, href=moment.href)
