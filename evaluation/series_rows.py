"""Stored indicators as the pure rows that `series.py` and `coverage.py` read."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from evaluation.models import Indicator, IndicatorKind, Observation
from evaluation.period_lengths import length_of
from evaluation.series import (
    IndicatorRow,
    SeriesPoint,
    SupersededPoint,
    as_of,
    in_time,
    is_gap,
)
from evaluation.small_groups import is_few, shown_to_people
from learningspaces.lib.periods import grain, next_period, period_days
from spaces.models import Space

MOST_GAPS, MOST_AT_THE_END = 400, 12


def point_of(kind: str, value, period: str | None = None, **known) -> SeriesPoint:
    """A stored value as a point; a ratio is kept as its two numbers."""
    if kind == IndicatorKind.RATIO and isinstance(value, list):
        return SeriesPoint(period, numerator=value[0], denominator=value[1], **known)
    return SeriesPoint(period, value=None if kind == IndicatorKind.RATIO else value, **known)


def indicator_row(indicator: Indicator, observations: Iterable[Observation]) -> IndicatorRow:
    """An indicator with all its observations, as they stand now and as they stood."""
    kind, current, earlier, periods = indicator.kind, [], [], []
    for observation in observations:
        periods.append(observation.period)
        point = point_of(
            kind,
            observation.value,
            observation.period,
            recorded=observation.pk,
            mostly_one=observation.mostly_one,
        )
        if observation.superseded_by_id is None:
            current.append(point)
        else:
            day = observation.corrected_on or observation.created_at.date()
            earlier.append(SupersededPoint(point, day, observation.correction_reason))
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
        sensitive=indicator.sensitive,
        length=length_of(indicator, periods),
    )


def shown_row(
    indicator: Indicator, day: dt.date, smallest_group: int, observations=None
) -> IndicatorRow:
    """The row as it may be shown on a day: nothing later, nothing about too few people."""
    if observations is None:
        observations = indicator.observations.all()
    row = shown_to_people(indicator_row(indicator, observations), smallest_group)
    return as_of(row, day)


CURRENT = """
SELECT one.id, one.indicator_id, one.period, one.value, one.mostly_one, one.superseded_by_id,
  one.corrected_on, one.created_at
FROM evaluation_observation AS one
JOIN evaluation_indicator AS indicator ON indicator.id = one.indicator_id
WHERE indicator.space_id = %s AND indicator.state <> 'retired'
  AND (one.superseded_by_id IS NULL OR indicator.counts_people)
ORDER BY one.id
"""


class CurrentObservation(NamedTuple):
    """An observation with only what a series of today is made of."""

    pk: int
    period: str
    value: object
    mostly_one: bool
    superseded_by_id: int | None
    corrected_on: dt.date | None
    created_at: dt.datetime
    correction_reason: str = ""


def current_by_indicator(space: Space) -> dict[int, list[CurrentObservation]]:
    """What stands of every indicator in use, without a model's weight: pages have hundreds.

    Where it counts people, also what was corrected: it says what may be shown of the others.
    """
    found = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(CURRENT, [space.pk])
        for pk, indicator, period, value, *known in cursor.fetchall():
            found[indicator].append(CurrentObservation(pk, period, value_of(value), *known))
    return found


@lru_cache(maxsize=4096)
def value_of(stored: str | None):
    """A value as the database keeps it: JSON, or nothing."""
    return None if stored is None else json.loads(stored)


def is_small(indicator: Indicator, value, smallest: int) -> bool:
    """Whether a stored value is by itself about too few people to be shown."""
    point = point_of(indicator.kind, value)
    few = is_few(point, indicator.kind, indicator.sensitive, smallest)
    return indicator.counts_people and few


def shown_point(observation: Observation, smallest: int) -> SeriesPoint | None:
    """An observation's figure, current or corrected since; None where it speaks of too few."""
    indicator = observation.indicator
    point = point_of(indicator.kind, observation.value, observation.period)
    if not indicator.counts_people:
        return point
    shown = shown_to_people(indicator_row(indicator, indicator.observations.all()), smallest)
    every = [*shown.series, *(old.point for old in shown.superseded)]
    known = {one.recorded for one in every if not is_gap(one, shown.kind)}
    return point if observation.pk in known or is_gap(point, shown.kind) else None


def with_gaps(row: IndicatorRow, until: dt.date | None = None) -> list[SeriesPoint]:
    """The series with an empty point for every period that nobody recorded.

    With `until`, also for those after the last one that were over by that day.
    """
    points = row.measured
    filled = points[:1]
    for point in points[1:]:
        while (due := next_period(filled[-1].period)) < point.period and len(filled) < MOST_GAPS:
            filled.append(SeriesPoint(due))
        filled.append(point)
    if not filled or until is None or grain(filled[-1].period) == "day":
        return filled
    for _due in range(MOST_AT_THE_END):
        if period_days(due := next_period(filled[-1].period))[1] >= until:
            break
        filled.append(SeriesPoint(due))
    return filled
