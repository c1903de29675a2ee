"""Frozen values to canonical JSON and back, by their type hints and nothing else."""

import dataclasses
import datetime as dt
import functools
import json
import types
import typing
from collections.abc import Callable

T = typing.TypeVar("T")


def to_bytes(value: object) -> bytes:
    """Canonical JSON in UTF-8: sorted keys, no spaces, nothing escaped without need."""
    text = json.dumps(
        value,
        default=_plain,
        sort_keys=True,
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    )
    return (text + "\n").encode()


def from_text(kind: type[T], text: str | bytes, *, format: str, version: int) -> T:
    """The value of `kind` that was frozen into `text`."""
    data = json.loads(text)
    found = (data.get("format"), data.get("version")) if isinstance(data, dict) else None
    if found != (format, version):
        raise ValueError(f"This is not {format}, version {version}, but {found}.")
    return typing.cast(T, _reader(typing.cast(typing.Any, kind))(data))


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in _names(typing.cast(typing.Any, type(value)))}
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    raise TypeError(f"A release cannot hold {type(value).__name__}.")


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


@functools.cache
def _reader(kind: typing.Any) -> Callable[[typing.Any], typing.Any]:
    """A function that turns parsed JSON into a value of `kind`."""
    if dataclasses.is_dataclass(kind):
        return _dataclass_reader(typing.cast(type, kind))
    if kind is dt.date:
        return dt.date.fromisoformat
    options = typing.get_args(kind)
    if typing.get_origin(kind) is tuple:
        read = _reader(options[0])
        return lambda items: tuple(read(item) for item in items)
    if isinstance(kind, types.UnionType) and dataclasses.is_dataclass(options[0]):
        read_one = _reader(typing.cast(typing.Any, options[0]))
        return lambda item: None if item is None else read_one(item)
    return lambda item: item


def _dataclass_reader(kind: type) -> Callable[[typing.Any], typing.Any]:
    hints = typing.get_type_hints(kind)
    readers = {name: _reader(hints[name]) for name in _names(kind)}

    def read(data: dict) -> typing.Any:
        unknown = data.keys() - readers.keys()
        if unknown:
            raise ValueError(f"{kind.__name__} does not know {', '.join(sorted(unknown))}.")
        return kind(**{name: readers[name](item) for name, item in data.items()})

    return read
