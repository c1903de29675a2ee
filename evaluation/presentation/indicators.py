"""Indicators and observations as one viewer may know them: the same for pages, API and releases.

Figures about too few people are hidden before anything is said of them (`small_groups.py`).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from evaluation.models import Indicator, IndicatorKind, IndicatorState, TargetKind
from evaluation.presentation.indicator_words import levels_of
from evaluation.presentation.records import PresentedIndicator, PresentedObservation
from evaluation.series import (
    IndicatorRow,
    SeriesPoint,
    as_of,
    figure,
    in_time,
    is_gap,
    verdict_of,
)
from evaluation.series_rows import indicator_row, with_gaps
from evaluation.small_groups import shown_to_people
from learningspaces.lib.periods import period_days
from spaces.presentation.viewer import Viewer

HIGHEST_LEVEL = 100  # of a rubric that is given as words in a row


@dataclass(frozen=True)
class IndicatorFigures:
    """One indicator as stored, as it may be shown, and which periods were hidden for it.

    `until` is the day until which a period without a figure is a gap, while it is being observed.
    """

    indicator: Indicator
    row: IndicatorRow
    hidden: frozenset[str] = frozenset()
    baseline_hidden: bool = False
    until: dt.date | None = None

    @property
    def suppressed(self) -> int:
        """How many figures are hidden because too few people stand behind them."""
        return len(self.hidden) + self.baseline_hidden


@dataclass(frozen=True, kw_only=True)
class DefinedIndicator(PresentedIndicator):
    """An indicator with the rest of its definition, which no release holds."""

    question: str
    method: str
    numerator_def: str
    denominator_def: str
    own_note: str
    lag_note: str
    proxy_note: str
    hoped: str  # the words of its aspiration
    sign: str  # the words of the sign to watch it was derived from
    state: str
    counts_people: bool
    sensitive: bool
    burden_minutes: int | None
    baseline_on: dt.date | None
    target_on: dt.date | None
    steward_ref: str | None


def figures_of(
    indicator: Indicator,
    smallest: int,
    day: dt.date,
    *,
    last: dt.date | None = None,
    observations: Iterable | None = None,
) -> IndicatorFigures:
    """What was known on a day, as it may be shown; until `last`, where that is earlier."""
    stored = indicator.observations.all() if observations is None else observations
    recorded = indicator_row(indicator, stored)
    whole = as_of(recorded, day)
    shown = begun(as_of(shown_to_people(recorded, smallest), day), last or day)
    until = (last or day) if indicator.state == IndicatorState.ACTIVE else None
    if not indicator.counts_people:
        return IndicatorFigures(indicator, shown, until=until)
    known, left = observed(begun(whole, last or day)), observed(shown)
    was, stays = (row.baseline and not is_gap(row.baseline, row.kind) for row in (whole, shown))
    hidden_before = bool(was and not stays)
    return IndicatorFigures(indicator, shown, known - left, hidden_before, until)


def figures_today(viewer: Viewer, indicator: Indicator) -> IndicatorFigures:
    """What may be shown of an indicator today."""
    return figures_of(indicator, viewer.space.min_group_size, viewer.space.today)


def observed(row: IndicatorRow) -> frozenset[str]:
    """The periods that have a figure."""
    return frozenset(str(one.period) for one in row.series if not is_gap(one, row.kind))


def in_words_of(viewer: Viewer, row: IndicatorRow) -> IndicatorRow:
    """The row with observations that are words, and reasons, as a viewer may know them."""
    if viewer.inside:
        return row

    def typed(point: SeriesPoint) -> SeriesPoint:
        words = row.kind == IndicatorKind.TEXT and isinstance(point.value, str)
        return replace(point, value=viewer.typed(point.value)) if words else point

    return replace(
        row,
        baseline=typed(row.baseline) if row.baseline else None,
        series=tuple(map(typed, row.series)),
        superseded=tuple(
            replace(old, point=typed(old.point), reason=viewer.typed(old.reason))
            for old in row.superseded
        ),
    )


def begun(row: IndicatorRow, last: dt.date) -> IndicatorRow:
    """The series without periods that begin later."""
    points = (point for point in row.series if period_days(str(point.period))[0] <= last)
    return replace(row, series=tuple(points))


def indicator_in_brief(viewer: Viewer, stored: Indicator) -> PresentedIndicator:
    """What an indicator is called and measured in, without its figures."""
    aimed = stored.target is not None and stored.target_kind != TargetKind.NONE
    return PresentedIndicator(
        ref=stored.ref,
        cycle=stored.cycle,
        name=viewer.typed(stored.name),
        kind=stored.kind,
        direction=stored.direction,
        unit=viewer.typed(stored.unit),
        target=plain_target(stored.target),
        target_kind=stored.target_kind if aimed else "",
        levels=tuple(viewer.typed(level) for level in levels_in_a_row(stored)),
        scale_min=stored.scale_min,
        scale_max=stored.scale_max,
        warns_of_harm=stored.warns_of_harm,
    )


def present_indicator(viewer: Viewer, figures: IndicatorFigures) -> PresentedIndicator:
    """An indicator as a viewer may know it: what it is, its figures, and where they lead."""
    stored, row = figures.indicator, figures.row
    verdict = verdict_of(row)
    notes = (stored.note, stored.lag_note, stored.proxy_note)
    before = present_observation(
        viewer, row.baseline, row.kind, few=figures.baseline_hidden, day=stored.baseline_on
    )
    series = [
        present_observation(viewer, point, row.kind, few=point.period in figures.hidden)
        for point in in_time({*with_gaps(row, figures.until), *row.series})
    ]
    return replace(
        indicator_in_brief(viewer, stored),
        aspiration=stored.aspiration.key if stored.aspiration else "",
        baseline=before,
        source=viewer.typed(stored.source),
        frequency=viewer.typed(stored.frequency),
        period_length=row.length,
        steward=viewer.member(stored.steward).label,
        note=" ".join(viewer.typed(note) for note in notes if note),
        movement=verdict.movement,
        course=verdict.course or "",
        series=tuple(one for one in series if one),
    )


def present_definition(viewer: Viewer, figures: IndicatorFigures) -> DefinedIndicator:
    """The same with everything that was agreed about it."""
    stored = figures.indicator
    words = ("question", "method", "numerator_def", "denominator_def", "lag_note", "proxy_note")
    plain = (
        "state",
        "counts_people",
        "sensitive",
        "burden_minutes",
        "baseline_on",
        "target_on",
    )
    sign = stored.sign_to_watch
    return DefinedIndicator(
        **vars(present_indicator(viewer, figures)),
        **{name: viewer.typed(getattr(stored, name)) for name in words},
        **{name: getattr(stored, name) for name in plain},
        own_note=viewer.typed(stored.note),
        hoped=viewer.typed(stored.aspiration.text) if stored.aspiration else "",
        sign=viewer.typed(sign.text) if sign else "",
        steward_ref=stored.steward.ref if stored.steward and viewer.inside else None,
    )


def present_observation(
    viewer: Viewer,
    point: SeriesPoint | None,
    kind: str,
    *,
    few: bool = False,
    day: dt.date | None = None,
) -> PresentedObservation | None:
    """One observation, or a baseline of a day; one about too few people only says so."""
    if point is None:
        return None
    period = point.period or (day.isoformat() if day else "")
    if few:
        return PresentedObservation(period=period, few=True)
    shown = PresentedObservation(period=period, **figure(point, kind))
    if isinstance(shown.value, str):
        return replace(shown, value=viewer.typed(shown.value))
    return shown


def levels_in_a_row(indicator: Indicator) -> list[str]:
    """The words of a rubric's levels from 0 up; "" where a level has none.

    Levels that have no place in a list of words are left to their numbers.
    """
    levels = levels_of(indicator).items()
    known = {at: words for at, words in levels if 0 <= at <= HIGHEST_LEVEL}
    return [known.get(number, "") for number in range(max(known, default=-1) + 1)]


def plain_target(target):
    """A target as a release may hold it: a number, words, or whether."""
    return str(target) if isinstance(target, list | dict) else target
