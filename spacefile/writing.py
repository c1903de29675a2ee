"""The way out: a space file as canonical bytes, the same for the same records."""

import json
from datetime import date

from spacefile import words
from spacefile.document import SpaceFile
from spacefile.entries import to_plain
from spacefile.yamltext import yaml_text


def layout_of(document: SpaceFile) -> dict:
    """The file as plain data in the order of the layout."""
    return {"format": words.FORMAT, "version": words.VERSION} | to_plain(document)


def write_yaml(document: SpaceFile) -> bytes:
    """The file as YAML, in UTF-8."""
    return yaml_text(layout_of(document)).encode("utf-8")


def write_json(document: SpaceFile) -> bytes:
    """The file as JSON, in UTF-8."""
    text = json.dumps(layout_of(document), ensure_ascii=False, indent=1, default=_in_json)
    return (text + "\n").encode("utf-8")


def _in_json(value):
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(value)
