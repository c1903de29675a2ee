"""A record of the file as a frozen dataclass: each field says its key, its kind, its default."""

import difflib
from dataclasses import MISSING, dataclass, field, fields, replace
from functools import cache

from django.utils.translation import gettext as _

from spacefile.faults import Place, shown
from spacefile.kinds import INVALID
from spacefile.values import (
    EXTRA,
    LONGEST_KEY,
    YAML_KEYS,
    Unreadable,
    kept,
    repeated_key,
    unfit,
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A record; `place` says where it stood, for sentences.

    `extras` holds its `x-` keys and, under the plain name of a key with free keys such as `obs`,
    those inside it.
    """

    extras: dict = field(default_factory=dict)
    place: str = field(default="", compare=False, repr=False)

    @classmethod
    def label(cls, tree, number: int, above: str) -> str:
        """What the record is called in a sentence, whatever state it is in."""
        raise NotImplementedError


@dataclass(frozen=True)
class Key:
    """How one key of a record is read and written."""

    name: str
    attribute: str
    kind: object
    default: object
    required: bool
    always: bool


def key(kind, *, default=None, name="", required=False, always=False):
    """A dataclass field for a key; one that is `always` written is so with its default, too."""
    notes = {"kind": kind, "name": name, "required": required, "always": always}
    return field(default=default, metadata=notes)


@cache
def keys_of(entry: type[Entry]) -> dict[str, Key]:
    """The keys of a record in the order of the layout."""
    found = {}
    for spec in fields(entry):
        notes = spec.metadata
        if "kind" not in notes:
            continue
        name = notes["name"] or spec.name
        default = None if spec.default is MISSING else spec.default
        found[name] = Key(
            name, spec.name, notes["kind"], default, notes["required"], notes["always"]
        )
    return found


def part(tree, name: str, otherwise="") -> str:
    """A value of a raw record, for a label, whatever it is."""
    value = tree.get(name) if isinstance(tree, dict) else None
    typed = shown(value, 40) if isinstance(value, str | int) else ""
    return typed or str(otherwise)


# --- reading -------------------------------------------------------------------------------


def read_entry(entry: type[Entry], tree, place: Place):
    """The record, with every fault in it noted; what could not be read keeps its default."""
    if not isinstance(tree, dict):
        place.fault(tree, _("This is not a record."), _("Write its keys, each with a value."))
        return None
    known = keys_of(entry)
    values = {"extras": read_extras(tree, known, place)}
    for name in getattr(tree, "repeated", ()):
        wrong = repeated_key(name)
        place.at(shown(name, 40)).fault(None, wrong.problem, wrong.mend)
    for name, spec in known.items():
        value = tree.get(name)
        if value is None:
            if spec.required:
                place.at(name).fault(
                    None, _("This is missing."), _("Add the key %(key)s.") % {"key": name}
                )
            continue
        got = spec.kind.read(value, place.at(name))
        if got is not INVALID:
            values[spec.attribute] = got
            nested = read_free_extras(spec.kind, value, place.at(name))
            if nested:
                values["extras"][name] = nested
    return entry(place=place.record, **values)


def read_extras(tree: dict, known: dict[str, Key], place: Place) -> dict:
    """The `x-` keys of a record; every other unknown key is a fault."""
    extras = {}
    for name, value in tree.items():
        if name in known:
            continue
        if not name.startswith(EXTRA):
            unknown_key(name, known, place)
            continue
        got = unfit(name, LONGEST_KEY) or kept(value)
        if isinstance(got, Unreadable):
            place.at(shown(name, 40)).fault(got, got.problem, got.mend)
        else:
            extras[name] = got
    return extras


def read_free_extras(kind, value, place: Place) -> dict:
    """The `x-` keys inside a record whose other keys are free, such as `obs`."""
    if not (kind.free_keys and isinstance(value, dict)):
        return {}
    return read_extras({k: v for k, v in value.items() if k.startswith(EXTRA)}, {}, place)


def unknown_key(name: str, known: dict[str, Key], place: Place) -> None:
    """Note a key that the layout does not have, with the nearest one that it has."""
    near = difflib.get_close_matches(name[:60].lower(), known, 1)
    problem = _("This key is not known here.")
    if name.lower() in YAML_KEYS:
        problem = _("YAML programs read this key as true or false.")
    if near:
        mend = _("Did you mean %(key)s? A key of your own begins with x-.") % {"key": near[0]}
    else:
        mend = _("Delete it, or begin it with x- to keep it as a note of your own.")
    place.at(shown(name, 40)).fault(None, problem, mend)


# --- writing and moving --------------------------------------------------------------------


def to_plain(entry: Entry) -> dict:
    """The record as plain data: keys in the order of the layout, then its `x-` keys by name."""
    plain = {}
    for name, spec in keys_of(type(entry)).items():
        value = getattr(entry, spec.attribute)
        nested = entry.extras.get(name, {})
        if value is not None and (value != spec.default or spec.always or nested):
            plain[name] = spec.kind.plain(value)
        if nested:
            plain.setdefault(name, {}).update(sorted_keys(nested))
    return plain | sorted_keys({k: v for k, v in entry.extras.items() if k.startswith(EXTRA)})


def sorted_keys(value):
    """Free data with its keys in order, so that it is written the same way every time."""
    if isinstance(value, dict):
        return {name: sorted_keys(value[name]) for name in sorted(value)}
    return [sorted_keys(item) for item in value] if isinstance(value, list) else value


def shifted_entry(entry: Entry, quarters: int) -> Entry:
    """The record so many quarters on."""
    changes = {
        spec.attribute: spec.kind.shifted(getattr(entry, spec.attribute), quarters)
        for spec in keys_of(type(entry)).values()
    }
    return replace(entry, **changes)
