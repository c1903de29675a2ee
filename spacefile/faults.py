"""What is wrong with a space file, said so that its writer can mend it."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LISTED = 200
SHOWN = 60
JOINERS = "\u200c\u200d"


@dataclass(frozen=True)
class Fault:
    """One thing to mend: which record, which field, what was typed, what is wrong, what to do."""

    record: str
    field: str
    value: str
    problem: str
    mend: str

    @property
    def sentence(self) -> str:
        """The fault in words, for a page or a terminal."""
        said = {
            "record": self.record,
            "field": self.field,
            "value": self.value,
            "problem": self.problem,
            "mend": self.mend,
        }
        if not self.field:
            return _("%(record)s: %(problem)s %(mend)s") % said
        if not self.value:
            return _("%(record)s, %(field)s: %(problem)s %(mend)s") % said
        return _("%(record)s, %(field)s, “%(value)s”: %(problem)s %(mend)s") % said

    def __str__(self) -> str:
        return self.sentence


class Faults:
    """All faults of one file; lists the first two hundred and counts the rest."""

    def __init__(self):
        self.listed: list[Fault] = []
        self.unlisted = 0
        self._places: set[tuple[str, str]] = set()
        self._misshapen: frozenset[tuple[str, str]] = frozenset()

    def __len__(self) -> int:
        return len(self.listed) + self.unlisted

    def add(self, record: str, field: str, value, problem: str, mend: str) -> None:
        """Note a fault; `field` may name an entry of a list as in “audience, 2”."""
        if len(self.listed) < LISTED:
            self.listed.append(Fault(record, field, shown(value), problem, mend))
        else:
            self.unlisted += 1
        self._places.add((record, field.partition(",")[0]))

    def begin_rules(self) -> None:
        """From now on `add_rule` leaves out fields that could not even be read."""
        self._misshapen = frozenset(self._places)

    def add_rule(self, record: str, field: str, value, problem: str, mend: str) -> None:
        """Note a broken rule, unless the same field is unreadable and has been named for that."""
        if (record, field.partition(",")[0]) not in self._misshapen:
            self.add(record, field, value, problem, mend)

    def as_list(self) -> list[Fault]:
        """The faults to show; a last one says how many more there are."""
        if not self.unlisted:
            return list(self.listed)
        problem = ngettext(
            "and %(count)s more fault that is not listed.",
            "and %(count)s more faults that are not listed.",
            self.unlisted,
        ) % {"count": self.unlisted}
        mend = _("Mend those above and try again.")
        return [*self.listed, Fault(_("The file"), "", "", problem, mend)]


def shown(value, longest: int = SHOWN) -> str:
    """A value as typed, short enough for a sentence and without anything invisible."""
    if value is None or value == "":
        return ""
    text = _written(value, depth=0, room=longest + 1)
    escaped = "".join(_visible(letter) for letter in text[: longest + 1])
    return escaped if len(escaped) <= longest else escaped[: longest - 1] + "…"


def _written(value, depth: int, room: int) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value[:room]
    if isinstance(value, Mapping):
        pairs = (f"{key}: {_written(item, depth + 1, room)}" for key, item in value.items())
        return "{" + _joined(pairs, depth, room) + "}"
    if isinstance(value, list | tuple):
        return "[" + _joined((_written(item, depth + 1, room) for item in value), depth, room) + "]"
    return "null" if value is None else str(value)[:room]


def _joined(parts: Iterable[str], depth: int, room: int) -> str:
    if depth > 2:
        return "…"
    text = ""
    for part in parts:
        text += (", " if text else "") + part
        if len(text) > room:
            break
    return text


def _visible(letter: str) -> str:
    if letter in "\n\t\r":
        return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}[letter]
    if letter in JOINERS:
        return letter
    if unicodedata.category(letter)[0] == "C" or letter in "\u2028\u2029":
        return f"\\u{ord(letter):04x}"
    return letter
