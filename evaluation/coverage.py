"""What the value-creation matrix says of itself: gaps, and indicators read beside stories.

Pure: rows in, flags and readings out (docs/readings.md, Words on the matrix). It
speaks of how well something is covered, never of how good it is.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from evaluation.series import (
    MOVED_AS_HOPED,
    MOVED_WRONG_WAY,
    NO_MOVEMENT,
    IndicatorRow,
    course,
    framing_is_stale,
    is_gap,
    is_stale,
    movement,
)

SEVERAL = 2
FEW_STORIES_BELOW = 3
SUSPICIOUS_FROM = 10


class Flag(TextChoices):
    """A short remark on a row of the matrix, or on all of it."""

    REACHED = "reached", _("target reached")
    ON_COURSE = "on_course", _("on course")
    BELOW = "below", _("below target")
    NO_DATA = "no_data", _("no data yet")
    INDICATOR_NO_STORY = "indicator_no_story", _("indicator, no story")
    STORY_NO_INDICATOR = "story_no_indicator", _("stories, no indicator")
    FEW_STORIES = "few_stories", _("few stories")
    ONE_SITE = "one_site", _("stories from one site only")
    STALE = "stale", _("stale: over 24 months old")
    HOPES_WAITING = "hopes_waiting", _("waiting to hear of hopes whose day has passed")
    SUSPICIOUS = "suspicious", _("not one negative, mixed or nil moment")
    OLD_FRAMING = "old_framing", _("the framing is over 12 months old")
    NO_FRAMING = "no_framing", _("no framing agreed yet")
    NO_HARM_INDICATOR = "no_harm_indicator", _("no indicator that warns of harm")


WELL = frozenset({Flag.REACHED, Flag.ON_COURSE})


class Reading(TextChoices):
    """What indicator and stories say beside one another."""

    CONTRIBUTION = "contribution", _("plausible contribution")
    UNEXPLAINED = "unexplained", _("unexplained; maybe not us")
    LOCAL = "local", _("local, early, or wrong indicator")
    HARM = "harm", _("possible harm or outside cause")
    EMERGENT = "emergent", _("emergent value")
    CONDITIONS = "conditions", _("look for conditions")


PROMPTS = {
    Reading.CONTRIBUTION: _("What else could explain it?"),
    Reading.UNEXPLAINED: _("Go and ask."),
    Reading.LOCAL: _("How many? How far? What lag?"),
    Reading.HARM: _("Talk now, not at year end."),
    Reading.EMERGENT: _("Propose an indicator or leave it."),
    Reading.CONDITIONS: _("Stories contradict: compare settings."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What was told in one cycle, for one audience. `sites` is None where nobody can say."""

    positive: int = 0
    negative: int = 0
    mixed: int = 0
    nil: int = 0
    hoped: int = 0
    stories: int = 0
    tellers: int = 0
    sites: int | None = None
    waiting: int = 0

    @property
    def moments(self) -> int:
        """Moments that happened; hopes are never added in."""
        return self.positive + self.negative + self.mixed + self.nil


@dataclass(frozen=True, slots=True)
class Linked:
    """The stories with a moment linked to one indicator, and how those moments turned out."""

    stories: int = 0
    tellers: int = 0
    helped: int = 0
    did_not: int = 0

    @property
    def contradict(self) -> bool:
        """Whether some stories tell of a good turn and others of a bad one or none."""
        return bool(self.helped and self.did_not and self.stories >= SEVERAL)


@dataclass(frozen=True, slots=True)
class Remark:
    """A flag with what it is about: an indicator's ref, or a number."""

    flag: Flag
    about: str = ""
    count: int = 0

    @property
    def well(self) -> bool:
        return self.flag in WELL


@dataclass(frozen=True, slots=True)
class Remarked:
    """A reading with its prompt and the indicator it is about, if any."""

    reading: Reading
    about: str = ""

    @property
    def prompt(self) -> str:
        return PROMPTS[self.reading]


def reading_of(row: IndicatorRow, linked: Linked) -> list[Remarked]:
    """An indicator beside the stories linked to it, by the table of cross-references."""
    moved, found = movement(row), []
    if moved == MOVED_AS_HOPED and not linked.stories:
        found.append(Reading.UNEXPLAINED)
    elif moved == MOVED_AS_HOPED and linked.tellers >= SEVERAL:
        found.append(Reading.CONTRIBUTION)
    if moved == NO_MOVEMENT and linked.helped:
        found.append(Reading.LOCAL)
    if moved == MOVED_WRONG_WAY:
        found.append(Reading.HARM)
    if linked.contradict:
        found.append(Reading.CONDITIONS)
    return [Remarked(reading, row.ref) for reading in found]


def readings_of_cycle(told: Told, indicators: int) -> list[Remarked]:
    """What stories say in a cycle that no indicator watches."""
    if indicators:
        return []
    found = [Reading.EMERGENT] if told.tellers >= SEVERAL else []
    if told.stories >= SEVERAL and told.positive and (told.negative or told.nil):
        found.append(Reading.CONDITIONS)
    return [Remarked(reading) for reading in found]


def remarks_on_cycle(
    told: Told, rows: Iterable[IndicatorRow], day: dt.date, *, hoped: bool
) -> list[Remark]:
    """The flags of one row of the matrix; `hoped` says that an aspiration stands in it."""
    rows = list(rows)
    found = [Remark(Flag(word), row.ref) for row in rows if (word := course(row))]
    if hoped and not told.stories and not any(has_data(row) for row in rows):
        found.append(Remark(Flag.NO_DATA))
    if rows and not told.stories:
        found.append(Remark(Flag.INDICATOR_NO_STORY))
    if told.stories and not rows:
        found.append(Remark(Flag.STORY_NO_INDICATOR))
    if hoped and 0 < told.stories < FEW_STORIES_BELOW:
        found.append(Remark(Flag.FEW_STORIES))
    if told.stories >= SEVERAL and told.sites == 1:
        found.append(Remark(Flag.ONE_SITE))
    found += [Remark(Flag.STALE, row.ref) for row in rows if is_stale(row, day)]
    if told.waiting:
        found.append(Remark(Flag.HOPES_WAITING, count=told.waiting))
    return found


def has_data(row: IndicatorRow) -> bool:
    """Whether anything was ever observed, the baseline included."""
    points = [*row.series, *([row.baseline] if row.baseline else [])]
    return any(not is_gap(point, row.kind) for point in points)


def remarks_on_all(
    told: Iterable[Told],
    rows: Iterable[IndicatorRow],
    day: dt.date,
    *,
    stories: int,
    agreed_on: dt.date | None,
) -> list[Remark]:
    """The flags of the matrix as a whole; `stories` counts each story once."""
    found = []
    if agreed_on is None:
        found.append(Remark(Flag.NO_FRAMING))
    elif framing_is_stale(agreed_on, day):
        found.append(Remark(Flag.OLD_FRAMING))
    if stories >= SUSPICIOUS_FROM and not any(t.negative or t.mixed or t.nil for t in told):
        found.append(Remark(Flag.SUSPICIOUS, count=stories))
    if not any(row.warns_of_harm for row in rows):
        found.append(Remark(Flag.NO_HARM_INDICATOR))
    return found
