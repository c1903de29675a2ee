"""The data model as a picture: each app a band, each table a box, its keys as lines of text.

Drawn from the models themselves, so that it says what is there; `./dev drawmodel` writes it into
the documentation.
"""

from collections.abc import Sequence

from django.apps import apps
from django.db import models

from learningspaces.lib.svg import INK, INK_2, LINE, SEA, SUNKEN, SURFACE, drawing, tag

LADDER = ("evaluation", "framing", "valuecreation", "spaces")  # each rests on those after it
COLUMNS, BOX, GAP, MARGIN = 5, 222, 14, 20
HEAD, LINE_HEIGHT, PADDING = 26, 15, 8


def data_model() -> str:
    """The picture as SVG."""
    y, parts = float(MARGIN), []
    for app in LADDER:
        height, drawn = _band(app, y)
        parts += drawn
        y += height + GAP
    width = 2 * MARGIN + COLUMNS * BOX + (COLUMNS - 1) * GAP + 2 * PADDING
    return drawing(
        width,
        y - GAP + MARGIN,
        *parts,
        prefix="data-model",
        title="The data model",
        desc="One band for each app; a table's keys name the tables they point to.",
        static=True,
    )


def tables_of(app: str) -> list[type[models.Model]]:
    """The tables of an app, in the order in which its code names them."""
    return list(apps.get_app_config(app).get_models())


def keys_of(table: type[models.Model]) -> list[str]:
    """Each key of a table with the table it points to."""
    fields = [*table._meta.local_fields, *table._meta.local_many_to_many]
    return [
        f"{field.name} → {field.related_model.__name__}{' (many)' if field.many_to_many else ''}"
        for field in fields
        if field.is_relation and not field.name.endswith("_ptr")
    ]


def _band(app: str, top: float) -> tuple[float, list[str]]:
    """One app: its name and its boxes, filled into the shortest column first."""
    ends = [top + 34.0] * COLUMNS
    boxes = []
    for table in tables_of(app):
        keys = keys_of(table)
        at = min(range(COLUMNS), key=lambda place: ends[place])
        height = HEAD + len(keys) * LINE_HEIGHT + (PADDING if keys else 0)
        boxes += _box(MARGIN + PADDING + at * (BOX + GAP), ends[at], height, table.__name__, keys)
        ends[at] += height + GAP
    height = max(ends) - top
    width = COLUMNS * BOX + (COLUMNS - 1) * GAP + 2 * PADDING
    ground = tag("rect", x=MARGIN, y=top, width=width, height=height, rx=6, fill=SUNKEN)
    name = _text(MARGIN + PADDING, top + 22, app, size=15, weight=600, fill=SEA)
    return height, [ground, name, *boxes]


def _box(x: float, y: float, height: float, name: str, keys: Sequence[str]) -> list[str]:
    frame = {"fill": SURFACE, "stroke": LINE, "stroke_width": 1}
    lines = [
        _text(x + PADDING, y + HEAD + 4 + place * LINE_HEIGHT, key, size=11, fill=INK_2)
        for place, key in enumerate(keys)
    ]
    return [
        tag("rect", x=x, y=y, width=BOX, height=height, rx=4, **frame),
        _text(x + PADDING, y + 18, name, size=13, weight=600, fill=INK),
        *lines,
    ]


def _text(x: float, y: float, words: str, *, size: int, fill: str, weight: int = 400) -> str:
    return tag("text", words, x=x, y=y, fill=fill, font_size=size, font_weight=weight)
