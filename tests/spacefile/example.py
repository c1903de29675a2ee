"""The worked example, whole or with something changed in it."""

import copy
import json
from functools import cache
from pathlib import Path

import yaml

from spacefile import reading

PATH = Path(reading.__file__).parent / "fixtures" / "lower_leg_circle.yaml"


@cache
def _loaded() -> dict:
    return yaml.safe_load(PATH.read_text())


def example() -> dict:
    """The worked example as plain data, fresh to be changed."""
    return copy.deepcopy(_loaded())


def read(data: dict):
    """What the space file says to plain data, sent as JSON."""
    return reading.read(json.dumps(data, default=str).encode(), name="changed.json")


def document():
    """The worked example as records."""
    found, faults = reading.read(PATH.read_bytes(), name=PATH.name)
    assert faults == []
    return found


def person(data: dict, id: str) -> dict:
    return next(one for one in data["participants"] if one["id"] == id)


def story(data: dict, id: str) -> dict:
    return next(one for one in data["stories"] if one["id"] == id)


def step(data: dict, name: str) -> dict:
    told, __, number = name.partition(".")
    return next(one for one in story(data, told)["steps"] if one["n"] == int(number))


def flow(data: dict, source: str, target: str) -> dict:
    return next(one for one in data["flows"] if (one["from"], one.get("to")) == (source, target))


def sign(data: dict, id: str) -> dict:
    return next(one for one in data["indicators"] if one["id"] == id)
