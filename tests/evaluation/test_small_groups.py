"""Figures about too few people, at the exact limits; nothing comes back by subtraction."""

import pytest

from evaluation.series import IndicatorRow, SeriesPoint
from evaluation.small_groups import parts_of, shown_to_people

SMALLEST = 5


def counted(**people):
    """A count of people, a figure for each period; `y2025_Q1` stands for 2025-Q1."""
    series = [SeriesPoint(name[1:].replace("_", "-"), value=n) for name, n in people.items()]
    return IndicatorRow(
        ref="I1",
        cycle="applied",
        kind="count",
        direction="up",
        target=None,
        warns_of_harm=False,
        baseline=None,
        baseline_on=None,
        series=tuple(series),
        superseded=(),
        counts_people=True,
    )


@pytest.mark.parametrize(("left", "year"), [(0, 20), (1, None), (4, None), (5, 25)])
def test_year_is_shown_when_its_quarters_leave_nobody_or_a_group_large_enough(left, year):
    shown = shown_to_people(counted(y2025_Q1=9, y2025_Q2=11, y2025=20 + left), SMALLEST)

    assert shown.series[-1].value == year


def test_figure_is_shown_from_the_smallest_group_on():
    shown = shown_to_people(counted(y2025_Q1=SMALLEST - 1, y2025_Q2=SMALLEST), SMALLEST)

    assert [point.value for point in shown.series] == [None, SMALLEST]


def test_months_are_not_taken_off_a_second_time_where_their_quarter_is_known():
    points = [SeriesPoint(period) for period in ("2025-01", "2025-Q1", "2025-04", "2025", "2026")]

    parts = parts_of(SeriesPoint("2025"), points)

    assert [point.period for point in parts] == ["2025-Q1", "2025-04"]


def test_period_that_ends_on_the_first_day_of_another_lies_over_it():
    points = [SeriesPoint(period) for period in ("2025-01", "2025-01-31", "2025-02-01")]

    parts = parts_of(SeriesPoint("2025-Q1"), points)

    assert [point.period for point in parts] == ["2025-01", "2025-02-01"]
