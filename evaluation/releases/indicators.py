"""The indicators of a release: series, verdicts, and no figure about too few people.

A hidden figure does not come back by subtraction either (`evaluation/small_groups.py`).
"""

import datetime as dt
from dataclasses import dataclass, replace

from evaluation.models import Indicator, Release, TargetKind
from evaluation.presentation import records
from evaluation.releases.viewer import ReleaseViewer
from evaluation.series import (
    IndicatorRow,
    SeriesPoint,
    course,
    figure,
    is_gap,
    movement,
)
from evaluation.series_rows import indicator_row, shown_row
from learningspaces.lib.periods import period_days

MOST_LEVELS = 100


@dataclass(frozen=True)
class IndicatorFigures:
    """One indicator as stored, as it may be shown, and which periods were hidden for it."""

    indicator: Indicator
    row: IndicatorRow
    hidden: frozenset[str]
    baseline_hidden: bool = False

    @property
    def suppressed(self) -> int:
        """How many figures are hidden because too few people stand behind them."""
        return len(self.hidden) + self.baseline_hidden


def shown_figures(release: Release, last: dt.date) -> list[IndicatorFigures]:
    """Every indicator in use with the periods that had begun by the last day."""
    indicators = Indicator.objects.in_space(release.space).in_use().with_observations()
    return [figures_of(one, release, last) for one in indicators.order_by("pk")]


def figures_of(indicator: Indicator, release: Release, last: dt.date) -> IndicatorFigures:
    smallest = release.space.min_group_size
    shown = begun(shown_row(indicator, release.as_of, smallest), last)
    if not indicator.counts_people:
        return IndicatorFigures(indicator, shown, frozenset())
    whole = begun(indicator_row(indicator, indicator.observations.all()), last)
    known = {point.period for point in whole.series if not is_gap(point, whole.kind)}
    left = {point.period for point in shown.series if not is_gap(point, shown.kind)}
    was = whole.baseline and not is_gap(whole.baseline, whole.kind)
    return IndicatorFigures(
        indicator,
        shown,
        frozenset(str(period) for period in known - left),
        bool(was and (shown.baseline is None or is_gap(shown.baseline, shown.kind))),
    )


def begun(row: IndicatorRow, last: dt.date) -> IndicatorRow:
    """The series without periods that begin later."""
    points = (point for point in row.series if period_days(str(point.period))[0] <= last)
    return replace(row, series=tuple(points))


def release_indicators(
    figures: list[IndicatorFigures], viewer: ReleaseViewer, keys: set[str]
) -> tuple[records.PresentedIndicator, ...]:
    """The indicators as a release holds them; `keys` are the aspirations it knows."""
    return tuple(release_indicator(one, viewer, keys) for one in figures)


def release_indicator(
    one: IndicatorFigures, viewer: ReleaseViewer, keys: set[str]
) -> records.PresentedIndicator:
    stored, row = one.indicator, one.row
    aspiration = stored.aspiration.key if stored.aspiration else ""
    aimed = stored.target is not None and stored.target_kind != TargetKind.NONE
    notes = (stored.note, stored.lag_note, stored.proxy_note)
    return records.PresentedIndicator(
        ref=stored.ref,
        cycle=stored.cycle,
        name=viewer.typed(stored.name),
        kind=stored.kind,
        direction=stored.direction,
        unit=viewer.typed(stored.unit),
        aspiration=aspiration if aspiration in keys else "",
        baseline=reading(row.baseline, one.baseline_hidden, row.kind, stored.baseline_on),
        target=plain_target(stored.target),
        target_kind=stored.target_kind if aimed else "",
        levels=tuple(viewer.typed(level) for level in levels(stored.levels)),
        scale_min=stored.scale_min,
        scale_max=stored.scale_max,
        warns_of_harm=stored.warns_of_harm,
        source=viewer.typed(stored.source),
        frequency=viewer.typed(stored.frequency),
        steward=viewer.member(stored.steward).label,
        note=" ".join(viewer.typed(note) for note in notes if note),
        movement=movement(row),
        course=course(row) or "",
        series=tuple(
            typed(reading(point, point.period in one.hidden, row.kind), viewer)
            for point in row.series
        ),
    )


def reading(
    point: SeriesPoint | None, hidden: bool, kind: str, day: dt.date | None = None
) -> records.PresentedObservation | None:
    """One observation; hidden ones say that they are."""
    if point is None:
        return None
    period = point.period or (day.isoformat() if day else "")
    if hidden:
        return records.PresentedObservation(period=period, few=True)
    shown = figure(point, kind)
    return records.PresentedObservation(period=period, **shown)


def typed(one: records.PresentedObservation, viewer: ReleaseViewer) -> records.PresentedObservation:
    """The reading with names in an observation of words replaced."""
    if isinstance(one.value, str):
        return replace(one, value=viewer.typed(one.value))
    return one


def levels(stored) -> list[str]:
    """The words of a rubric's levels from 0 up, however they were stored; "" where there are none.

    Levels that have no place in a list of words are left to their numbers.
    """
    if not isinstance(stored, dict):
        return [str(level) for level in stored or []]
    known = {int(at): str(word) for at, word in stored.items() if 0 <= int(at) <= MOST_LEVELS}
    return [known.get(number, "") for number in range(max(known, default=-1) + 1)]


def plain_target(target):
    """A target as a release may hold it: a number, words, or whether."""
    return str(target) if isinstance(target, list | dict) else target
