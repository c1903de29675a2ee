"""What differs between two framings. Pure: plain values in, plain values out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

from valuecreation.cycles import Cycle


@dataclass(frozen=True)
class FrameStatement:
    """A hope as one version words it."""

    cycle: str
    whose: str
    text: str


@dataclass(frozen=True)
class FramingContent:
    """What a version says: uncertainties and hopes by their keys."""

    difference: str
    uncertainties: Mapping[str, str]
    aspirations: Mapping[str, FrameStatement]


MOST_COMPARED = 600  # words and gaps of either text; longer ones are shown whole, side by side


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, is new, or is gone."""

    kind: str  # kept, new, gone
    text: str


def pieces_of(before: str, after: str) -> list[Piece]:
    """What became of a text, word by word.

    >>> [(piece.kind, piece.text) for piece in pieces_of("fewer wait", "fewer people wait")]
    [('kept', 'fewer '), ('new', 'people '), ('kept', 'wait')]
    """
    old, new = (re.findall(r"\s+|\S+", text) for text in (before, after))
    if max(len(old), len(new)) > MOST_COMPARED:
        return [Piece("gone", before), Piece("new", after)]
    found, gone, fresh = [], "", ""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "".join(old[a:b]), "".join(new[c:d])
        if kind != "equal" or ((gone or fresh) and now.isspace()):
            gone, fresh = gone + was, fresh + now  # a gap between changed words changes with them
            continue
        found += [*_changed(gone, fresh), Piece("kept", now)]
        gone = fresh = ""
    return [*found, *_changed(gone, fresh)]


def _changed(gone: str, fresh: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in (("gone", gone), ("new", fresh)) if text]


@dataclass(frozen=True)
class AspirationChange:
    """One thing that stands in either version or in both; `before` or `after` may be missing."""

    key: str
    before: str | None
    after: str | None
    whose: str = ""

    @property
    def kind(self) -> str:
        if self.before is None:
            return "added"
        if self.after is None:
            return "dropped"
        return "kept" if self.before == self.after else "reworded"

    @property
    def pieces(self) -> list[Piece]:
        """The words as they are now, with what is new and what is gone."""
        return pieces_of(self.before or "", self.after or "")


@dataclass(frozen=True)
class Changes:
    """Everything that became of a framing from one version to another."""

    difference: AspirationChange
    uncertainties: list[AspirationChange]
    aspirations: dict[str, list[AspirationChange]]

    @property
    def is_same(self) -> bool:
        aspirations = chain.from_iterable(self.aspirations.values())
        every = [self.difference, *self.uncertainties, *aspirations]
        return all(change.kind == "kept" for change in every)


def compare(before: FramingContent, after: FramingContent) -> Changes:
    """Lay two framings side by side: what was kept, worded anew, added and dropped."""
    return Changes(
        difference=AspirationChange("", before.difference, after.difference),
        uncertainties=[
            AspirationChange(key, before.uncertainties.get(key), after.uncertainties.get(key))
            for key in _in_order(before.uncertainties, after.uncertainties)
        ],
        aspirations={cycle.value: _of_cycle(cycle.value, before, after) for cycle in Cycle},
    )


def _of_cycle(cycle: str, before: FramingContent, after: FramingContent) -> list[AspirationChange]:
    old = {key: said for key, said in before.aspirations.items() if said.cycle == cycle}
    new = {key: said for key, said in after.aspirations.items() if said.cycle == cycle}
    return [
        AspirationChange(
            key,
            old[key].text if key in old else None,
            new[key].text if key in new else None,
            (new.get(key) or old[key]).whose,
        )
        for key in _in_order(old, new)
    ]


def _in_order(old: Mapping, new: Mapping) -> list[str]:
    return [*old, *(key for key in new if key not in old)]
