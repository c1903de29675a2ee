"""Figures about too few people, at the exact limits; nothing comes back by subtraction."""

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse

from evaluation.readings import indicator_readings
from evaluation.series import IndicatorRow, SeriesPoint, SupersededPoint
from evaluation.small_groups import parts_of, shown_to_people
from spaces.permissions import Role
from tests import make
from tests.evaluation import make_signs as signs

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


def test_corrected_figure_is_hidden_where_it_would_leave_a_small_remainder():
    row = counted(y2025_Q1=9, y2025_Q2=11, y2025=20)
    earlier = [
        SupersededPoint(SeriesPoint("2025", value=n), dt.date(2026, 1, 1), "") for n in (22, 26)
    ]

    shown = shown_to_people(replace(row, superseded=tuple(earlier)), SMALLEST)

    assert [old.point.value for old in shown.superseded] == [None, 26]


def test_readings_hide_a_year_that_would_tell_of_too_few():
    found = indicator_readings([counted(y2025_Q1=9, y2025=11)], smallest_group=SMALLEST)

    assert [point.get("value") for point in found["I1"]["series"]] == [9, None]


@pytest.mark.django_db
@pytest.mark.parametrize(("year", "stands"), [(11, False), (19, True)])
def test_api_hides_a_year_that_would_tell_of_too_few(year, stands, signed_in):
    space = make.space(min_group_size=SMALLEST)
    indicator = signs.indicator(space, counts_people=True)
    signs.observed(indicator, Q1=9, H1=year)
    client = signed_in(make.member(space, Role.EVALUATOR))

    observed = client.get(reverse("api:observations", args=[space.slug, indicator.ref])).json()
    readings = client.get(reverse("api:readings", args=[space.slug])).json()

    periods = {one["period"]: one["value"] for one in observed["results"]}
    assert periods == {"2026-Q1": 9} | ({"2026-H1": year} if stands else {})
    series = {p["period"]: p.get("value") for p in readings["indicators"][indicator.ref]["series"]}
    assert series == {"2026-Q1": 9, "2026-H1": year if stands else None}
