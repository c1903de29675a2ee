"""Figures about too few people, at the exact limits; nothing comes back by subtraction."""

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse

from evaluation.readings import indicator_readings
from evaluation.series import IndicatorRow, SeriesPoint, SupersededPoint
from evaluation.small_groups import shown_to_people
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


def with_year(row, number):
    return replace(row, series=(*row.series, SeriesPoint("2025", value=number)))


@pytest.mark.parametrize(("left", "year"), [(0, 20), (1, None), (4, None), (5, 25)])
def test_year_is_shown_when_its_quarters_leave_nobody_or_a_group_large_enough(left, year):
    shown = shown_to_people(counted(y2025_Q1=9, y2025_Q2=11, y2025=20 + left), SMALLEST)

    assert shown.series[-1].value == year


def test_figure_is_shown_from_the_smallest_group_on():
    shown = shown_to_people(counted(y2025_Q1=SMALLEST - 1, y2025_Q2=SMALLEST), SMALLEST)

    assert [point.value for point in shown.series] == [None, SMALLEST]


def test_months_are_not_taken_off_a_second_time_where_their_quarter_is_known():
    shown = shown_to_people(counted(y2025_01=9, y2025_Q1=18, y2025=27), SMALLEST)

    assert [point.value for point in shown.series] == [9, 18, 27]


def test_longer_period_is_shown_where_a_hidden_part_has_room_in_what_is_left():
    row = counted(y2025_Q1=9, y2025_Q2=3, y2025_Q3=4)

    assert shown_to_people(with_year(row, 16), SMALLEST).series[-1].value == 16  # 7 for two
    row = counted(y2025_Q1=9, y2025_Q2=3, y2025_Q3=4, y2025_Q4=9)
    assert shown_to_people(with_year(row, 25), SMALLEST).series[-1].value == 25
    row = counted(y2025_Q1=9, y2025_Q2=3, y2025_Q3=9, y2025_Q4=9)
    assert shown_to_people(with_year(row, 30), SMALLEST).series[-1].value is None


def test_figure_recorded_first_stays_and_the_one_that_would_tell_of_few_is_hidden():
    row = replace(
        counted(y2025_Q1=9, y2025_Q2=9, y2025=20),
        series=tuple(
            SeriesPoint(period, value=value, recorded=recorded)
            for period, value, recorded in (("2025-Q1", 9, 2), ("2025-Q2", 9, 3), ("2025", 20, 1))
        ),
    )

    assert [p.value for p in shown_to_people(row, SMALLEST).series] == [9, None, 20]


def test_nobody_is_shown_where_everybody_can_work_it_out():
    shown = shown_to_people(counted(y2025_Q1=20, y2025=20, y2025_Q2=0, y2025_Q3=3), SMALLEST)

    assert [point.value for point in shown.series] == [20, 20, 0, None]


def sensitive(kind="ratio", **of):
    return replace(counted(), kind=kind, sensitive=True, series=tuple(
        SeriesPoint(name[1:].replace("_", "-"), numerator=part, denominator=whole)
        for name, (part, whole) in of.items()
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("part", "whole", "stays"),
    [(6, 6, False), (0, 6, False), (4, 20, False), (16, 20, False), (5, 10, True), (5, 9, False)],
)
def test_sensitive_ratio_hides_the_answer_of_all_or_none_of_them(part, whole, stays):
    shown = shown_to_people(sensitive(y2025=(part, whole)), SMALLEST)

    assert (shown.series[0].numerator == part) is stays
    open_ = shown_to_people(replace(sensitive(y2025=(part, whole)), sensitive=False), SMALLEST)
    assert open_.series[0].numerator == part


def test_sensitive_year_is_hidden_where_the_rest_of_it_would_tell_everybodys_answer():
    rest = sensitive(y2025_Q1=(10, 20), y2025=(10, 40))

    assert [p.numerator for p in shown_to_people(rest, SMALLEST).series] == [10, None]
    assert [p.numerator for p in shown_to_people(
        sensitive(y2025_Q1=(10, 20), y2025=(20, 40)), SMALLEST
    ).series] == [10, 20]  # fmt: skip


def test_sum_of_which_one_person_makes_nearly_all_is_hidden_where_it_is_sensitive():
    point = SeriesPoint("2025", value=400, mostly_one=True)
    row = replace(counted(), series=(point,), sensitive=True)

    assert shown_to_people(row, SMALLEST).series == (SeriesPoint("2025"),)
    assert shown_to_people(replace(row, sensitive=False), SMALLEST).series == (point,)


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
