"""A record of the file as a plain dataclass: its fields declare the keys, pydantic reads them."""

import dataclasses
import datetime as dt
from functools import cache
from typing import Annotated, Any, get_args, get_type_hints

from django.utils.translation import gettext as _
from pydantic import ConfigDict, Field, TypeAdapter, model_validator
from pydantic.fields import FieldInfo

from spacefile.faults import shown
from spacefile.plain import EXTRA, LONGEST_KEY, Unreadable, kept, unfit

NO_EXTRAS: dict = {}
EXTRAS = "\0extras"  # what no file can call a key
LENIENT = {"lenient": True}  # reads what is there, after every fault was noted
FREE_KEYS = frozenset(["obs", "levels", "stall_after_days"])  # their x- keys are kept, too
record = dataclasses.dataclass(frozen=True, kw_only=True, slots=True)


def key(default=None, *, required: bool = False, always: bool = False):
    """A field for a key; one that is `always` written is so with its default, too."""
    return dataclasses.field(default=default, metadata={"required": required, "always": always})


@record
class Record:
    """A record; `extras` holds its `x-` keys and, under the name of a key with free keys such as
    `obs`, those inside it.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    extras: Annotated[dict, Field(alias=EXTRAS)] = dataclasses.field(
        default_factory=lambda: NO_EXTRAS
    )

    @model_validator(mode="before")
    @classmethod
    def _sorted_out(cls, tree, info):
        """Keys of the layout, without those that say nothing, and `x-` keys by themselves."""
        if not isinstance(tree, dict):
            return tree
        keys, plain, extras = keys_of(cls), {}, {}
        for name, value in tree.items():
            if name in keys:
                if value is not None:
                    plain[name] = _split(name, value, extras) if name in FREE_KEYS else value
            elif name.startswith(EXTRA):
                got = unfit(name, LONGEST_KEY) or kept(value)
                (plain if isinstance(got, Unreadable) else extras)[name] = got
            else:
                plain["extras " if name == EXTRAS else name] = value
        if not info.context:
            for name, spec in keys.items():
                if spec.required and name not in plain:
                    plain[name] = missing(name)
        if extras:
            plain[EXTRAS] = extras
        return plain


def _split(name: str, value, extras: dict):
    """A record with free keys, without its `x-` keys; those go to `extras` where they can."""
    if not isinstance(value, dict):
        return value
    own = {x: kept(item) for x, item in value.items() if x.startswith(EXTRA)}
    readable = {x: item for x, item in own.items() if not isinstance(item, Unreadable)}
    if readable:
        extras[name] = readable
    return {x: own.get(x, item) for x, item in value.items() if x not in readable}


def missing(name: str) -> Unreadable:
    """Stands for a required key that is not there."""
    mend = _("Add the key %(key)s.") % {"key": name}
    return Unreadable("", _("This is missing."), mend, absent=True)


@dataclasses.dataclass(frozen=True)
class Key:
    """How one key of a record is written, and which attribute holds it."""

    name: str
    attribute: str
    default: Any
    required: bool
    always: bool


@cache
def keys_of(kind: type[Record]) -> dict[str, Key]:
    """The keys of a record in the order of the layout."""
    hints, found = get_type_hints(kind, include_extras=True), {}
    for spec in dataclasses.fields(kind):
        if not spec.metadata:
            continue
        notes = [one for one in get_args(hints[spec.name])[1:] if isinstance(one, FieldInfo)]
        name = next((one.alias for one in notes if one.alias), spec.name)
        found[name] = Key(name=name, attribute=spec.name, default=spec.default, **spec.metadata)
    return found


@cache
def adapter_of(kind: type[Record]) -> TypeAdapter:
    """What reads a record of this kind."""
    return TypeAdapter(kind)


def part(thing, name: str, otherwise="") -> str:
    """A value of a record, read or raw, for a label, whatever it is."""
    if isinstance(thing, Record):
        spec = keys_of(type(thing)).get(name)
        value = getattr(thing, spec.attribute) if spec else None
    else:
        value = thing.get(name) if isinstance(thing, dict) else None
    typed = shown(value, 40) if isinstance(value, str | int) else ""
    return typed or str(otherwise)


# --- writing -------------------------------------------------------------------------------


def to_plain(entry: Record) -> dict:
    """The record as plain data: keys in the order of the layout, then its `x-` keys by name."""
    plain: dict = {}
    extras = entry.extras
    for name, spec in keys_of(type(entry)).items():
        value = getattr(entry, spec.attribute)
        nested = extras.get(name)
        if value is not None and (value != spec.default or spec.always or nested):
            plain[name] = _plain(name, value)
        if nested:
            plain.setdefault(name, {}).update(sorted_keys(nested))
    if extras:
        own = {name: value for name, value in extras.items() if name.startswith(EXTRA)}
        plain |= sorted_keys(own)
    return plain


def _plain(name: str, value):
    if isinstance(value, Record):
        return to_plain(value)
    if not isinstance(value, tuple):
        return value
    if name in FREE_KEYS and not (value and isinstance(value[0], str)):
        is_map = all(isinstance(pair, tuple) and not isinstance(pair[0], dt.date) for pair in value)
        if is_map:
            return {str(one): _plain("", other) for one, other in value}
    return [_plain("", item) for item in value]


def sorted_keys(value):
    """Free data with its keys in order, so that it is written the same way every time."""
    if isinstance(value, dict):
        return {name: sorted_keys(value[name]) for name in sorted(value)}
    return [sorted_keys(item) for item in value] if isinstance(value, list) else value
