"""The tidy tables of a release: a row is a thing, a column one fact about it.

The columns are those of the records that the release holds (`learningspaces/lib/columns.py`), so
that a fact that is presented stands in every format with what it means; together they are the
codebook that travels with the data.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from evaluation.presentation.records import (
    CycleCount,
    PresentedClaim,
    PresentedIndicator,
    PresentedObservation,
    ReleaseContents,
    ReleasedFlow,
    ReleasedLoop,
    ReleasedMoment,
)
from framing.models import Whose
from learningspaces.lib.columns import Column, Words, column, columns_of, row_of
from valuecreation.cycles import Cycle
from valuecreation.presentation.records import PresentedStory

Number = float | int


@dataclasses.dataclass(frozen=True)
class Table:
    """One table: the records it is made of, and where a release holds them."""

    name: str
    title: Words
    meaning: Words
    record: type
    records: Callable[[ReleaseContents], Iterable]
    key: tuple[str, ...] = ()
    points: tuple[tuple[str, str, str], ...] = ()  # column, table and column it points to

    @property
    def columns(self) -> tuple[Column, ...]:
        return columns_of(self.record)

    @property
    def header(self) -> list[str]:
        return [each.name for each in self.columns]


def rows(table: Table, release: ReleaseContents) -> Iterator[list]:
    """The rows of one table, one at a time, so that a large release is never held twice."""
    return map(row_of, table.records(release))


# --- records that only tables know -----------------------------------------------------------


@dataclasses.dataclass(frozen=True, kw_only=True)
class StepRow:
    """A moment's place in a story."""

    story: str = column(_("The story"))
    step: int = column(_("The place of the moment in the story, from 1"))
    moment: str = column(_("The moment"))


@dataclasses.dataclass(frozen=True, kw_only=True)
class ObservationRow:
    """One observation of one indicator; a gap and a hidden figure hold no value."""

    indicator: str = column(_("The indicator"))
    period: str = column(_("The period observed; baseline for the value before the work began"))
    missing: bool = column(_("Nothing was observed"))
    few: bool = column(_("Hidden, because it would speak of too few people"))
    value: Number | None = column(_("The value, where it is a number and no ratio"), default=None)
    words: str | None = column(_("The value, where it is words, yes or no"), default=None)
    numerator: Number | None = column(_("Of a ratio: how many"), default=None)
    denominator: Number | None = column(_("Of a ratio: out of how many"), default=None)
    percent: Number | None = column(
        _("Of a ratio: in percent, one decimal, halves up"), default=None
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class FramingRow:
    """One part of one framing version."""

    version: int = column(_("The framing version that first held it"))
    agreed_on: str = column(_("The day that version was agreed"))
    part: str = column(
        _("What it is"),
        words=["difference", "reason", "uncertainty", "aspiration", "assumption"],
    )
    key: str | None = column(
        _("The name of an aspiration, or of the one an assumption is about"), default=None
    )
    cycle: str | None = column(
        _("The value-creation cycle of an aspiration"), words=Cycle.values, default=None
    )
    whose: str | None = column(_("Whose aspiration it is"), words=Whose.values, default=None)
    text: str = column(_("The words"))
    state: str | None = column(_("Where an uncertainty or an assumption stands"), default=None)


@dataclasses.dataclass(frozen=True, kw_only=True)
class CodebookRow:
    """What one column of one table means."""

    table: str = column(_("The table"))
    called: str = column(_("The column"), name="column")
    type: str = column(_("The type of its values"))
    meaning: str = column(_("What it means"))
    words: str = column(_("The words that occur, where they are given"))


def _steps(release: ReleaseContents) -> Iterator[StepRow]:
    for story in release.stories:
        for place, ref in enumerate(story.steps, start=1):
            yield StepRow(story=story.ref, step=place, moment=ref)


def _observations(release: ReleaseContents) -> Iterator[ObservationRow]:
    for indicator in release.indicators:
        if indicator.baseline:
            yield _observation(indicator.ref, indicator.baseline, "baseline")
        for reading in indicator.series:
            yield _observation(indicator.ref, reading, reading.period)


def _observation(ref: str, reading: PresentedObservation, period: str) -> ObservationRow:
    known: dict[str, Any] = {
        "indicator": ref,
        "period": period,
        "missing": reading.missing,
        "few": reading.few,
    }
    if reading.missing or reading.few:
        return ObservationRow(**known)
    value = reading.value
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return ObservationRow(
        **known,
        value=None if isinstance(value, str) else value,
        words=value if isinstance(value, str) else None,
        numerator=reading.numerator,
        denominator=reading.denominator,
        percent=reading.percent,
    )


def _framing(release: ReleaseContents) -> Iterator[FramingRow]:
    frame = release.frame
    if frame is None:
        return
    days = {version.number: version.agreed_on.isoformat() for version in frame.versions}
    for version in frame.versions:
        at: dict[str, Any] = {"version": version.number, "agreed_on": days[version.number]}
        yield FramingRow(**at, part="difference", text=version.difference)
        if version.reason:
            yield FramingRow(**at, part="reason", text=version.reason)
    now: dict[str, Any] = {"version": frame.number, "agreed_on": frame.agreed_on.isoformat()}
    if frame.number not in days:
        yield FramingRow(**now, part="difference", text=frame.difference)
    for doubt in frame.uncertainties:
        yield FramingRow(**now, part="uncertainty", text=doubt.text, state=doubt.state)
    for each in frame.aspirations:
        yield FramingRow(
            version=each.since,
            agreed_on=days.get(each.since, ""),
            part="aspiration",
            key=each.key,
            cycle=each.cycle,
            whose=each.whose,
            text=each.text,
        )
    for belief in frame.assumptions:
        yield FramingRow(
            **now, part="assumption", key=belief.about, text=belief.text, state=belief.state
        )


# --- the tables ------------------------------------------------------------------------------

OBSERVATIONS = Table(
    "observations",
    _("Observations"),
    _("One row for an indicator and a period. A missing observation is missing, never zero."),
    ObservationRow,
    _observations,
    key=("indicator", "period"),
    points=(("indicator", "indicators", "indicator"),),
)
TABLES = (
    Table(
        "stories",
        _("Stories"),
        _("Stories whose tellers agreed that this audience may have them."),
        PresentedStory,
        attrgetter("stories"),
        key=("story",),
    ),
    Table(
        "moments",
        _("Moments"),
        _(
            "What happened, or is hoped for, in one cycle. What is hoped for is no value yet: "
            "never add it in."
        ),
        ReleasedMoment,
        attrgetter("moments"),
        key=("moment",),
    ),
    Table(
        "steps",
        _("Steps"),
        _("Which moments make up which story, in order; stories may share moments."),
        StepRow,
        _steps,
        key=("story", "step"),
        points=(("story", "stories", "story"), ("moment", "moments", "moment")),
    ),
    Table(
        "flows",
        _("Flows"),
        _("Value in one moment becoming value in another because somebody did something."),
        ReleasedFlow,
        attrgetter("flows"),
        points=(("from", "moments", "moment"),),
    ),
    Table(
        "loops",
        _("Returns to the space"),
        _("Returns from practice, and whether somebody took up what was brought back."),
        ReleasedLoop,
        attrgetter("loops"),
        points=(("from", "moments", "moment"), ("to", "moments", "moment")),
    ),
    Table(
        "indicators",
        _("Indicators"),
        _("What shows whether that comes which is hoped for. They do not say why."),
        PresentedIndicator,
        attrgetter("indicators"),
        key=("indicator",),
    ),
    OBSERVATIONS,
    Table(
        "framing",
        _("Framing"),
        _("What the space hopes for and is unsure of, in the words it agreed."),
        FramingRow,
        _framing,
    ),
    Table(
        "claims",
        _("Claims"),
        _("What the space says it contributed to. Plausible is not proven."),
        PresentedClaim,
        attrgetter("claims"),
    ),
    Table(
        "cycles",
        _("Cycles"),
        _(
            "How many moments lie in each cycle. The order is no ranking; there is no sum of "
            "scores."
        ),
        CycleCount,
        attrgetter("counts.by_cycle"),
        key=("cycle",),
    ),
)


def codebook_of(_release: ReleaseContents) -> Iterator[CodebookRow]:
    """One row for every column of every table, in the language that is active."""
    for table in TABLES:
        for each in table.columns:
            yield CodebookRow(
                table=table.name,
                called=each.name,
                type=each.type,
                meaning=str(each.meaning),
                words="; ".join(each.words),
            )


CODEBOOK = Table(
    "codebook",
    _("Codebook"),
    _("What each column of each table means."),
    CodebookRow,
    codebook_of,
    key=("table", "column"),
)
