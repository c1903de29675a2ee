"""Framing versions and indicators of a space file."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from spacefile import words
from spacefile.entries import Entry, key, part
from spacefile.holders import Entries, ListOf, Observations, Wordings
from spacefile.kinds import (
    Choice,
    Day,
    Flag,
    Number,
    Period,
    Target,
    Text,
    Value,
    Whole,
    Words,
)
from spacefile.names import ID, MOMENT, PERSON

CYCLE = Choice(words.CYCLES)
SENTENCE = Text(blank=False)
Observed = int | float | str | bool | tuple | None


@dataclass(frozen=True, kw_only=True)
class UncertaintyEntry(Entry):
    """Something the space does not know."""

    id: str | None = key(ID, required=True)
    text: str | None = key(SENTENCE, required=True)
    state: str = key(Choice(words.UNCERTAINTY_STATES), default="open", always=True)

    @classmethod
    def label(cls, tree, number, above):
        said = {"above": above, "id": part(tree, "id", number)}
        return _("%(above)s, uncertainty %(id)s") % said


@dataclass(frozen=True, kw_only=True)
class AspirationEntry(Entry):
    """What somebody hopes for, in one cycle; its key stays the same from version to version."""

    lineage: str | None = key(ID, name="key", required=True)
    cycle: str | None = key(CYCLE, required=True)
    whose: str | None = key(Choice(words.WHOSE), required=True)
    text: str | None = key(SENTENCE, required=True)

    @classmethod
    def label(cls, tree, number, above):
        said = {"above": above, "key": part(tree, "key", number)}
        return _("%(above)s, aspiration %(key)s") % said


@dataclass(frozen=True, kw_only=True)
class AssumptionEntry(Entry):
    """What would have to be true."""

    about: str | None = key(ID)
    text: str | None = key(SENTENCE, required=True)
    state: str = key(Choice(words.ASSUMPTION_STATES), default="untested", always=True)
    note: str = key(Text(), default="")

    @classmethod
    def label(cls, tree, number, above):
        return _("%(above)s, assumption %(number)s") % {"above": above, "number": number}


@dataclass(frozen=True, kw_only=True)
class RiskEntry(Entry):
    """What could go wrong, and what is done about it."""

    about: str | None = key(ID)
    text: str | None = key(SENTENCE, required=True)
    mitigation: str = key(Text(), default="")
    note: str = key(Text(), default="")

    @classmethod
    def label(cls, tree, number, above):
        return _("%(above)s, risk %(number)s") % {"above": above, "number": number}


@dataclass(frozen=True, kw_only=True)
class FramingEntry(Entry):
    """One agreed version of the framing."""

    number: int | None = key(Whole(1, 9999), required=True)
    agreed_on: date | None = key(Day(), required=True)
    event: str = key(Words(300), default="")
    difference: str | None = key(SENTENCE, required=True)
    reason: str = key(Text(), default="")
    caused_by: tuple[str, ...] = key(ListOf(MOMENT), default=())
    uncertainties: tuple[UncertaintyEntry, ...] = key(Entries(UncertaintyEntry), default=())
    aspirations: tuple[AspirationEntry, ...] = key(Entries(AspirationEntry), default=())
    aspirations_added: tuple[AspirationEntry, ...] = key(Entries(AspirationEntry), default=())
    aspirations_dropped: tuple[str, ...] = key(ListOf(ID), default=())
    assumptions: tuple[AssumptionEntry, ...] = key(Entries(AssumptionEntry), default=())
    risks: tuple[RiskEntry, ...] = key(Entries(RiskEntry), default=())

    @classmethod
    def label(cls, tree, number, above):
        return _("framing %(number)s") % {"number": part(tree, "number", number)}


@dataclass(frozen=True, kw_only=True)
class SupersededEntry(Entry):
    """An earlier value of an observation, with the day and the reason of its correction."""

    period: str | None = key(Period(), required=True)
    value: Observed = key(Value())
    corrected_on: date | None = key(Day(), required=True)
    reason: str = key(Text(), default="")

    @classmethod
    def label(cls, tree, number, above):
        return _("%(above)s, superseded %(number)s") % {"above": above, "number": number}


@dataclass(frozen=True, kw_only=True)
class IndicatorEntry(Entry):
    """An agreed sign of an aspiration, and what was observed."""

    id: str | None = key(ID, required=True)
    cycle: str | None = key(CYCLE, required=True)
    aspiration: str | None = key(ID)
    name: str | None = key(Words(200, blank=False), required=True)
    kind: str | None = key(Choice(words.INDICATOR_KINDS), required=True)
    direction: str | None = key(Choice(words.DIRECTIONS), required=True)
    unit: str = key(Words(300), default="")
    warns_of_harm: bool = key(Flag(), default=False)
    counts_people: bool = key(Flag(), default=False)
    scale_min: int | float | None = key(Number())
    scale_max: int | float | None = key(Number())
    levels: tuple = key(Wordings(), default=())
    target: int | float | bool | None = key(Target())
    target_kind: str = key(Choice(words.TARGET_KINDS), default="none")
    frequency: str = key(Words(120), default="")
    steward: str | None = key(PERSON)
    source: str = key(Words(300), default="")
    baseline: Observed = key(Value())
    obs: tuple[tuple[str, Observed], ...] = key(Observations(), default=())
    superseded: tuple[SupersededEntry, ...] = key(Entries(SupersededEntry), default=())
    note: str = key(Text(), default="")

    @classmethod
    def label(cls, tree, number, above):
        return _("indicator %(id)s") % {"id": part(tree, "id", number)}

    @property
    def wordings(self) -> dict[int, str]:
        """The levels of a rubric by number; a list counts from the scale's lowest, or from 0."""
        if self.levels and isinstance(self.levels[0], str):
            return dict(enumerate(self.levels, start=int(self.scale_min or 0)))
        return dict(self.levels)
