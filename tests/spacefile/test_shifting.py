"""The worked example moved in time stays the worked example."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learningspaces.lib.periods import period_days
from spacefile.reading import read
from spacefile.shifting import shift, shifted_period
from spacefile.writing import write_yaml
from tests.spacefile.example import document, example, step
from tests.spacefile.example import read as read_changed


@settings(max_examples=30, deadline=None)
@given(st.dates(dt.date(2000, 1, 1), dt.date(2060, 1, 1)))
def test_shifted_example_ends_at_most_a_quarter_ago_and_holds(today):
    moved = shift(document(), today)

    assert dt.timedelta(0) <= today - moved.as_of < dt.timedelta(weeks=13)
    assert read(write_yaml(moved)) == (moved, [])


def test_dates_move_by_quarters_of_thirteen_weeks_and_words_stay():
    before = document()
    after = shift(before, dt.date(2026, 5, 1))

    assert after.as_of == dt.date(2026, 4, 1)
    quarter = dt.timedelta(weeks=13)
    assert after.stories[0].steps[0].date == before.stories[0].steps[0].date + quarter
    assert after.flows[20].asked_on == before.flows[20].asked_on + quarter
    assert after.participants[8].levels[1][0] == before.participants[8].levels[1][0] + quarter
    assert after.framing[1].agreed_on.weekday() == 1
    assert after.stories[4].consent.note == before.stories[4].consent.note
    assert [period for period, __ in after.indicators[0].obs] == [
        "2025-Q1",
        "2025-Q2",
        "2025-Q3",
        "2025-Q4",
        "2026-Q1",
    ]
    assert after.indicators[0].obs[1][1] == (21, 29)


@pytest.mark.parametrize(
    ("period", "quarters", "moved"),
    [
        ("2025-Q1", 3, "2025-Q4"),
        ("2025-Q1", -1, "2024-Q4"),
        ("2025-03", 4, "2026-03"),
        ("2025-11", 1, "2026-02"),
        ("2025-H1", 1, "2025-H1"),
        ("2025-H1", 2, "2025-H2"),
        ("2025-H2", 2, "2026-H1"),
        ("2025", 3, "2025"),
        ("2025", 4, "2026"),
        ("2025-03-14", 1, "2025-06-13"),
    ],
)
def test_periods_move_with_the_dates(period, quarters, moved):
    assert shifted_period(period, quarters) == moved


def test_date_known_to_a_month_stays_the_first_of_one():
    data = example()
    step(data, "S10.1").update(date="2025-03-01", date_precision="month")
    found, faults = read_changed(data)
    assert faults == []

    moved = shift(found, dt.date(2026, 5, 1))

    assert moved.stories[9].steps[0].date == dt.date(2025, 6, 1)
    assert read(write_yaml(moved))[1] == []


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-H1", "2024-01-01", "2024-06-30"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
    ],
)
def test_periods_have_a_first_and_a_last_day(period, first, last):
    assert [day.isoformat() for day in period_days(period)] == [first, last]


@pytest.mark.parametrize(
    "period", ["2025-Q5", "2025-H3", "2025-13", "2025-02-30", "25", "2025-q1", "٢٠٢٥", "2025-1", ""]
)
def test_what_is_no_period_is_none(period):
    with pytest.raises(ValueError):
        period_days(period)
