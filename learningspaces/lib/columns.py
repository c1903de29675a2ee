"""Tables made from records: a dataclass says of each field what it means in a table.

>>> @dataclass
... class Boat:
...     ref: str = column("The name of the boat", name="boat")
...     crew: tuple[str, ...] = column("Who is aboard, with a semicolon between them", default=())
>>> [each.name for each in columns_of(Boat)], row_of(Boat(ref="B1", crew=("Ana", "Mo")))
(['boat', 'crew'], ['B1', 'Ana;Mo'])

Fields that say nothing stand in no table.
"""

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.functional import Promise

Words = str | Promise
COLUMN, PARTS = "column", "columns of its parts"
TYPES: tuple[tuple[type, str], ...] = (
    (bool, "boolean"),
    (float, "number"),
    (int, "integer"),
    (str, "string"),
)


@dataclasses.dataclass(frozen=True)
class Column:
    """One column: its name, what it means and, where only some words occur, which."""

    name: str
    meaning: Words
    words: tuple[str, ...] = ()
    type: str = "string"  # string, integer, number, boolean
    counted: bool = False  # how many there are, not which


def column(
    meaning: Words,
    *,
    name: str = "",
    words: Iterable[str] = (),
    counted: bool = False,
    default: Any = dataclasses.MISSING,
) -> Any:
    """A field that is a column; without a name the column is called like the field."""
    said = Column(name, meaning, tuple(words), counted=counted)
    return _field(COLUMN, said, default)


def columns_of_parts(*, default: Any = dataclasses.MISSING, **parts: Column) -> Any:
    """A field that holds a record, some of whose fields are columns."""
    return _field(PARTS, parts, default)


def _field(kind: str, said: object, default: Any) -> Any:
    if default is dataclasses.MISSING:
        return dataclasses.field(metadata={kind: said})
    return dataclasses.field(default=default, metadata={kind: said})


@functools.cache
def columns_of(record: type) -> tuple[Column, ...]:
    """The columns of a record, in the order of its fields."""
    return tuple(said for said, _read in _readers(record))


def row_of(record: Any) -> list:
    """A record as a row: lists with semicolons between, counted ones as a number."""
    return [read(record) for _said, read in _readers(record.__class__)]


@functools.cache
def _readers(record: type) -> tuple[tuple[Column, Callable[[Any], Any]], ...]:
    hints = typing.get_type_hints(record)
    found: list[tuple[Column, Callable[[Any], Any]]] = []
    for each in dataclasses.fields(typing.cast(Any, record)):
        hint = hints[each.name]
        if COLUMN in each.metadata:
            found.append(_reader(each.metadata[COLUMN], each.name, hint))
        for part, said in each.metadata.get(PARTS, {}).items():
            found.append((said, _read_part(each.name, part)))
    return tuple(found)


def _reader(said: Column, name: str, hint: Any) -> tuple[Column, Callable[[Any], Any]]:
    kind = "integer" if said.counted else _type_of(hint)
    typed = dataclasses.replace(said, name=said.name or name, type=kind)
    if said.counted:
        return typed, lambda record: len(getattr(record, name))
    if typing.get_origin(hint) is tuple:
        return typed, lambda record: ";".join(getattr(record, name))
    return typed, lambda record: getattr(record, name)


def _read_part(name: str, part: str) -> Callable[[Any], Any]:
    return lambda record: getattr(getattr(record, name), part)


def _type_of(hint: Any) -> str:
    """What a table calls the type of a field; of several the one that holds them all."""
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    if str in options:
        return "string"
    return next((word for kind, word in TYPES if kind in options), "string")
