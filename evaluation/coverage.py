"""What the value-creation matrix says of itself: gaps, and indicators read beside stories.

Pure: rows in, flags and readings out (docs/readings.md, Words on the matrix). It
speaks of how well something is covered, never of how good it is.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
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
from valuecreation.population import Population

SEVERAL = 2
FEW_STORIES_BELOW = 3
SUSPICIOUS_FROM = 10


class MatrixFlag(TextChoices):
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


WELL = frozenset({MatrixFlag.REACHED, MatrixFlag.ON_COURSE})


class MatrixReading(TextChoices):
    """What indicator and stories say beside one another."""

    CONTRIBUTION = "contribution", _("plausible contribution")
    UNEXPLAINED = "unexplained", _("unexplained; maybe not us")
    LOCAL = "local", _("local, early, or wrong indicator")
    HARM = "harm", _("possible harm or outside cause")
    EMERGENT = "emergent", _("emergent value")
    CONDITIONS = "conditions", _("look for conditions")


PROMPTS = {
    MatrixReading.CONTRIBUTION: _("What else could explain it?"),
    MatrixReading.UNEXPLAINED: _("Go and ask."),
    MatrixReading.LOCAL: _("How many? How far? What lag?"),
    MatrixReading.HARM: _("Talk now, not at year end."),
    MatrixReading.EMERGENT: _("Propose an indicator or leave it."),
    MatrixReading.CONDITIONS: _("Stories contradict: compare settings."),
}


@dataclass(frozen=True, slots=True)
class CycleCounts:
    """What was told in one cycle, for one audience.

    `stories` and `tellers` are those of moments that happened, `alone` counts the moments among
    these that stand in no story. `sites` is None where nobody can say.
    """

    positive: int = 0
    negative: int = 0
    mixed: int = 0
    nil: int = 0
    hoped: int = 0
    alone: int = 0
    stories: int = 0
    tellers: int = 0
    sites: int | None = None
    waiting: int = 0

    @property
    def moments(self) -> int:
        """Moments that happened; hopes are never added in."""
        return self.positive + self.negative + self.mixed + self.nil

    @property
    def told(self) -> Population:
        """What is counted, as every figure about moments counts it."""
        return Population(self.moments, self.stories, self.hoped, self.alone)


@dataclass(frozen=True, slots=True)
class LinkedStories:
    """The stories with a moment linked to one indicator, and how those moments turned out."""

    stories: int = 0
    tellers: int = 0
    helped: int = 0
    did_not: int = 0

    @property
    def contradict(self) -> bool:
        """Whether some stories tell of a good turn and others of a bad one or none."""
        return bool(self.helped and self.did_not and self.stories >= SEVERAL)


NOTHING_TOLD = Population()


@dataclass(frozen=True, slots=True)
class Told:
    """What was told: by cycle, by the number of the indicator it speaks to, in how many stories."""

    counts: Mapping[str, CycleCounts]
    linked: Mapping[int, LinkedStories]
    stories: int
    not_placed: Population = NOTHING_TOLD  # moments that stand in none of the cycles


@dataclass(frozen=True, slots=True)
class Remark:
    """A flag with what it is about: an indicator's ref, or a number."""

    flag: MatrixFlag
    about: str = ""
    count: int = 0

    @property
    def well(self) -> bool:
        return self.flag in WELL


@dataclass(frozen=True, slots=True)
class Remarked:
    """A reading with its prompt and the indicator it is about, if any."""

    reading: MatrixReading
    about: str = ""

    @property
    def prompt(self) -> str:
        return PROMPTS[self.reading]


def reading_of(row: IndicatorRow, linked: LinkedStories) -> list[Remarked]:
    """An indicator beside the stories linked to it, by the table of cross-references."""
    moved, found = movement(row), []
    if moved == MOVED_AS_HOPED and not linked.stories:
        found.append(MatrixReading.UNEXPLAINED)
    elif moved == MOVED_AS_HOPED and linked.tellers >= SEVERAL:
        found.append(MatrixReading.CONTRIBUTION)
    if moved == NO_MOVEMENT and linked.helped:
        found.append(MatrixReading.LOCAL)
    if moved == MOVED_WRONG_WAY:
        found.append(MatrixReading.HARM)
    if linked.contradict:
        found.append(MatrixReading.CONDITIONS)
    return [Remarked(reading, row.ref) for reading in found]


def readings_of_cycle(counts: CycleCounts, indicators: int) -> list[Remarked]:
    """What stories say in a cycle that no indicator watches."""
    if indicators:
        return []
    found = [MatrixReading.EMERGENT] if counts.tellers >= SEVERAL else []
    if counts.stories >= SEVERAL and counts.positive and (counts.negative or counts.nil):
        found.append(MatrixReading.CONDITIONS)
    return [Remarked(reading) for reading in found]


def remarks_on_cycle(
    counts: CycleCounts, rows: Iterable[IndicatorRow], day: dt.date, *, hoped: bool
) -> list[Remark]:
    """The flags of one row of the matrix; `hoped` says that an aspiration stands in it."""
    rows = list(rows)
    found = [Remark(MatrixFlag(word), row.ref) for row in rows if (word := course(row))]
    if hoped and not counts.stories and not any(has_data(row) for row in rows):
        found.append(Remark(MatrixFlag.NO_DATA))
    if rows and not counts.stories:
        found.append(Remark(MatrixFlag.INDICATOR_NO_STORY))
    if counts.stories and not rows:
        found.append(Remark(MatrixFlag.STORY_NO_INDICATOR))
    if hoped and 0 < counts.stories < FEW_STORIES_BELOW:
        found.append(Remark(MatrixFlag.FEW_STORIES))
    if counts.stories >= SEVERAL and counts.sites == 1:
        found.append(Remark(MatrixFlag.ONE_SITE))
    found += [Remark(MatrixFlag.STALE, row.ref) for row in rows if is_stale(row, day)]
    if counts.waiting:
        found.append(Remark(MatrixFlag.HOPES_WAITING, count=counts.waiting))
    return found


def has_data(row: IndicatorRow) -> bool:
    """Whether anything was ever observed, the baseline included."""
    points = [*row.series, *([row.baseline] if row.baseline else [])]
    return any(not is_gap(point, row.kind) for point in points)


def remarks_on_all(
    by_cycle: Iterable[CycleCounts],
    rows: Iterable[IndicatorRow],
    day: dt.date,
    *,
    stories: int,
    agreed_on: dt.date | None,
) -> list[Remark]:
    """The flags of the matrix as a whole; `stories` counts each story once."""
    found = []
    if agreed_on is None:
        found.append(Remark(MatrixFlag.NO_FRAMING))
    elif framing_is_stale(agreed_on, day):
        found.append(Remark(MatrixFlag.OLD_FRAMING))
    if stories >= SUSPICIOUS_FROM and not any(
        one.negative or one.mixed or one.nil for one in by_cycle
    ):
        found.append(Remark(MatrixFlag.SUSPICIOUS, count=stories))
    if not any(row.warns_of_harm for row in rows):
        found.append(Remark(MatrixFlag.NO_HARM_INDICATOR))
    return found
