"""Stored indicators as the pure rows that `series.py` and `coverage.py` read."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from evaluation.models import Indicator, IndicatorKind, Observation
from evaluation.series import (
    IndicatorRow,
    SeriesPoint,
    SupersededPoint,
    as_of,
    in_time,
    without_small_groups,
)
from learningspaces.lib.periods import grain, next_period, period_days

MOST_GAPS = 400


def point_of(kind: str, value, period: str | None = None) -> SeriesPoint:
    """A stored value as a point; a ratio is kept as its two numbers."""
    if kind == IndicatorKind.RATIO and isinstance(value, list):
        return SeriesPoint(period, numerator=value[0], denominator=value[1])
    return SeriesPoint(period, value=None if kind == IndicatorKind.RATIO else value)


def indicator_row(indicator: Indicator, observations: Iterable[Observation]) -> IndicatorRow:
    """An indicator with all its observations, as they stand now and as they stood."""
    kind, current, earlier = indicator.kind, [], []
    for seen in observations:
        point = point_of(kind, seen.value, seen.period)
        if seen.superseded_by_id is None:
            current.append(point)
        else:
            day = seen.corrected_on or seen.created_at.date()
            earlier.append(SupersededPoint(point, day, seen.correction_reason))
    baseline = None if indicator.baseline is None else point_of(kind, indicator.baseline)
    return IndicatorRow(
        ref=indicator.ref,
        cycle=indicator.cycle,
        kind=kind,
        direction=indicator.direction,
        target=indicator.target,
        warns_of_harm=indicator.warns_of_harm,
        baseline=baseline,
        baseline_on=indicator.baseline_on,
        series=tuple(in_time(current)),
        superseded=tuple(earlier),
        counts_people=indicator.counts_people,
    )


def shown_row(indicator: Indicator, day: dt.date, smallest_group: int) -> IndicatorRow:
    """The row as it may be shown on a day: nothing later, nothing about too few people."""
    row = as_of(indicator_row(indicator, indicator.observations.all()), day)
    if not row.counts_people:
        return row
    return without_differences(row, without_small_groups(row, smallest_group))


def without_differences(told: IndicatorRow, shown: IndicatorRow) -> IndicatorRow:
    """Hide a longer period, too, where a hidden part of it could be worked out by subtraction."""
    hidden = [now.period for was, now in zip(told.series, shown.series, strict=True) if was != now]
    spans = [period_days(period) for period in hidden]

    def tells(point: SeriesPoint) -> bool:
        first, last = period_days(point.period)
        return any(first <= start and end <= last for start, end in spans)

    series = [SeriesPoint(point.period) if tells(point) else point for point in shown.series]
    return replace(shown, series=tuple(series))


def is_small(indicator: Indicator, value, smallest: int) -> bool:
    """Whether a stored value is about too few people to be shown."""
    number = value[1] if indicator.kind == IndicatorKind.RATIO and value else value
    counted = isinstance(number, int | float) and not isinstance(number, bool)
    return indicator.counts_people and counted and number < smallest


def with_gaps(series: Iterable[SeriesPoint]) -> list[SeriesPoint]:
    """The series with an empty point for every period nobody recorded, where lengths agree."""
    points = list(series)
    if len({grain(point.period) for point in points}) != 1:
        return points
    filled = points[:1]
    for point in points[1:]:
        while (due := next_period(filled[-1].period)) < point.period and len(filled) < MOST_GAPS:
            filled.append(SeriesPoint(due))
        filled.append(point)
    return filled
