"""The way out: a space file as canonical bytes, the same for the same records, piece by piece."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace

import yaml

from spacefile.records import keys_of, to_plain
from spacefile.schema import FORMAT, LISTS, VERSION, SpaceFile
from spacefile.yaml_events import plain

END = b"...\n"  # after a text with empty lines at its end; more of the file follows
WIDTH = 2**31 - 1  # no line is folded


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """PyYAML, with records on lines of their own and every doubtful word in quotes."""

    def ignore_aliases(self, data):
        return True


class _Name(str):
    """A key that every reader takes for a word, though some would misread it as a value."""


def _text(dumper, value):
    style = "|" if "\n" in value else None
    if plain(value) is not value:  # read here as something else
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _record(dumper, value):
    named = {_Name(name) if name == "n" else name: item for name, item in value.items()}
    return dumper.represent_mapping("tag:yaml.org,2002:map", named.items(), flow_style=False)


_Dumper.add_representer(str, _text)
_Dumper.add_multi_representer(str, lambda dumper, value: _text(dumper, str(value)))
_Dumper.add_representer(dict, _record)
_Dumper.add_representer(
    _Name, lambda dumper, name: dumper.represent_scalar("tag:yaml.org,2002:str", str(name))
)


def write_yaml(document: SpaceFile) -> bytes:
    """The file as YAML, in UTF-8."""
    return b"".join(yaml_chunks(document))


def write_json(document: SpaceFile) -> bytes:
    """The file as JSON, in UTF-8."""
    return b"".join(json_chunks(document))


def yaml_chunks(document: SpaceFile) -> Iterator[bytes]:
    """The file as YAML, record by record."""
    for name, value in _keys(document):
        if name in LISTS:
            yield f"{name}:\n".encode()
            for entry in value:
                yield _yaml([to_plain(entry)])
        else:
            yield _yaml({name: value})


def _yaml(value) -> bytes:
    written = yaml.dump(
        value,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=WIDTH,
        default_flow_style=None,
        encoding="utf-8",
    )
    return written.removesuffix(END)


def json_chunks(document: SpaceFile) -> Iterator[bytes]:
    """The file as JSON, record by record."""
    between = "{\n "
    for name, value in _keys(document):
        yield f"{between}{_json(name)}: ".encode()
        between = ",\n "
        if name not in LISTS:
            yield _json(value, 1).encode()
            continue
        before = "[\n  "
        for entry in value:
            yield f"{before}{_json(to_plain(entry), 2)}".encode()
            before = ",\n  "
        yield b"\n ]"
    yield b"\n}\n"


def _json(value, depth: int = 0) -> str:
    written = json.dumps(value, ensure_ascii=False, indent=1, default=_day)
    return written.replace("\n", "\n" + " " * depth)


def _day(value):
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(value)


def _keys(document: SpaceFile) -> Iterator[tuple[str, object]]:
    """The keys of the file in the order of the layout; lists are given as they are."""
    yield from (("format", FORMAT), ("version", VERSION))
    found = to_plain(replace(document, **dict.fromkeys(LISTS, ())))
    for name in keys_of(SpaceFile):
        if name in LISTS:
            if entries := getattr(document, name):
                yield name, entries
        elif name in found:
            yield name, found.pop(name)
    yield from found.items()
