"""Stories with their steps and consents, and the flows between steps."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from spacefile import words
from spacefile.entries import Entry, key, part, shifted_entry
from spacefile.holders import Entries, ListOf, One, TextOrEntries, Uptakes
from spacefile.kinds import Choice, Day, Flag, Mention, Text, Whole, Words
from spacefile.names import ID, MOMENT, PERSON, SLUG, SUBTYPE
from spacefile.periods import last_day, shifted_start

CYCLE = Choice(words.CYCLES)
AGENT = Words(40, blank=False)


@dataclass(frozen=True, kw_only=True)
class ConsentEntry(Entry):
    """One act of consent by a teller."""

    given_by: str | None = key(PERSON)
    story_version: int | None = key(Whole(1, 9999))
    audience: tuple[str, ...] = key(ListOf(Choice(words.AUDIENCES)), default=(), required=True)
    people: tuple[str, ...] = key(ListOf(PERSON), default=())
    attribution: str | None = key(Choice(words.ATTRIBUTIONS), required=True)
    uses: tuple[str, ...] = key(ListOf(Choice(words.USES)), default=(), always=True)
    given_on: dt.date | None = key(Day())
    expires_on: dt.date | None = key(Day())
    withdrawn_on: dt.date | None = key(Day())
    note: str = key(Text(), default="")

    @classmethod
    def label(cls, tree, number, above):
        if not number:
            return _("%(above)s, consent") % {"above": above}
        return _("%(above)s, consent %(number)s") % {"above": above, "number": number}


@dataclass(frozen=True, kw_only=True)
class ThirdPartyEntry(Entry):
    """Somebody else in a story, who agreed to be named in some of its steps."""

    person: str | None = key(PERSON, required=True)
    agreed_on: dt.date | None = key(Day())
    steps: tuple[int | str, ...] = key(ListOf(Mention()), default=())

    @classmethod
    def label(cls, tree, number, above):
        return _("%(above)s, third party %(number)s") % {"above": above, "number": number}


@dataclass(frozen=True, kw_only=True)
class StepEntry(Entry):
    """One moment of value in a story, actual or hoped."""

    n: int | None = key(Whole(1, 9999), required=True)
    id: str | None = key(MOMENT)
    status: str = key(Choice(words.STEP_STATUSES), default="actual")
    date: dt.date | None = key(Day())
    date_precision: str = key(Choice(words.PRECISIONS), default="day")
    due: dt.date | None = key(Day())
    cycle: str | None = key(CYCLE, required=True)
    analyst_cycle: str | None = key(CYCLE)
    subtype: str | None = key(SUBTYPE)
    polarity: str | None = key(Choice(words.POLARITIES), required=True)
    loc: str | None = key(Choice(words.LOCATIONS), required=True)
    other_space: str | None = key(SLUG)
    agent: str | None = key(AGENT, required=True)
    for_whom: str | None = key(AGENT, name="for", required=True)
    was_hoped: bool = key(Flag(), default=False)
    engaged_by: tuple[str, ...] = key(Uptakes(), default=())
    indicators: tuple[str, ...] = key(ListOf(ID), default=())
    text: str = key(Text(), default="")

    @classmethod
    def label(cls, tree, number, above):
        return _("%(above)s, step %(n)s") % {"above": above, "n": part(tree, "n", number)}

    @property
    def known_by(self):
        """The day that counts for order: the last of the period the date is known to."""
        return self.date and last_day(self.date, self.date_precision)

    def name_in(self, story: "StoryEntry") -> str:
        """What flows call it: its own id, or the story's and its number."""
        return self.id or f"{story.id}.{self.n}"

    def moved(self, quarters: int) -> "StepEntry":
        """The step so many quarters on; a date known to a period stays the first of one."""
        step = shifted_entry(self, quarters)
        if not self.date or self.date_precision == "day":
            return step
        return replace(step, date=shifted_start(self.date, self.date_precision, quarters))


ThirdParties = str | tuple[ThirdPartyEntry, ...]


class Steps(Entries):
    """The steps of a story."""

    def shifted(self, value, quarters):
        return tuple(step.moved(quarters) for step in value)


@dataclass(frozen=True, kw_only=True)
class StoryEntry(Entry):
    """One thread through the cycles, as its teller tells it."""

    id: str | None = key(ID, required=True)
    title: str | None = key(Words(200, blank=False), required=True)
    kind: str = key(Choice(words.STORY_KINDS), default="specific", always=True)
    teller: str | None = key(PERSON, required=True)
    collector: str | None = key(PERSON)
    told_on: dt.date | None = key(Day(), required=True)
    followed_up_on: dt.date | None = key(Day())
    framing_version: int | None = key(Whole(1, 9999))
    consent: ConsentEntry | None = key(One(ConsentEntry))
    consents: tuple[ConsentEntry, ...] = key(Entries(ConsentEntry), default=())
    strength: str | None = key(Choice(words.STRENGTHS))
    other_factors: str = key(Text(), default="")
    did_not_work: str = key(Text(), default="")
    third_parties: ThirdParties = key(TextOrEntries(ThirdPartyEntry), default="")
    steps: tuple[StepEntry, ...] = key(Steps(StepEntry), default=())

    @classmethod
    def label(cls, tree, number, above):
        return _("story %(id)s") % {"id": part(tree, "id", number)}

    @property
    def acts(self) -> tuple[ConsentEntry, ...]:
        """The acts of consent, oldest first, however they are written."""
        return (self.consent,) if self.consent else self.consents


@dataclass(frozen=True, kw_only=True)
class FlowEntry(Entry):
    """Value in one moment becoming value in another."""

    source: str | None = key(MOMENT, name="from", required=True)
    target: str | None = key(MOMENT, name="to")
    kind: str | None = key(Choice(words.FLOW_KINDS), required=True)
    status: str = key(Choice(words.FLOW_STATUSES), default="happened")
    due: dt.date | None = key(Day())
    reason: str | None = key(Choice(words.REASONS))
    asked_on: dt.date | None = key(Day())
    asked_by: str | None = key(PERSON)
    confirmed: str | None = key(Choice(("stalled",)))
    note: str = key(Text(), default="")

    @classmethod
    def label(cls, tree, number, above):
        said = {"number": number, "source": part(tree, "from"), "target": part(tree, "to")}
        if not said["source"]:
            return _("flow %(number)s") % said
        if not said["target"]:
            return _("flow %(number)s (from %(source)s)") % said
        return _("flow %(number)s (%(source)s to %(target)s)") % said
