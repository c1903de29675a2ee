"""Series and what may be said of them; the worked example's figures were worked out by hand."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal, getcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.readings import indicator_readings
from evaluation.series import (
    IndicatorRow,
    SeriesPoint,
    SupersededPoint,
    course,
    framing_is_stale,
    is_stale,
    movement,
    percent,
)
from tests import rows

DAY = dt.date(2025, 12, 31)
PERCENTAGES = {
    "I1": [None, 72.4, 70.4, 85.7, 86.7],
    "I2": [21.1, 23.6, 32.6, 39.4, 43.2],
    "I3": [31.0, 36.0, 48.7, 58.0, 63.3],
    "I4": [33.9, 32.7, 37.3, 41.0, 44.4],
    "I7": [21.4, 42.9, 78.6, 92.9, 100.0],
    "I8": [0.0, 0.0, 0.0, 25.0, 75.0],
}
VERDICTS = {
    "I1": ("moved_as_hoped", None),
    "I2": ("moved_as_hoped", None),
    "I3": ("moved_as_hoped", "on_course"),
    "I4": ("moved_as_hoped", "on_course"),
    "I5": ("moved_as_hoped", "on_course"),
    "I6": ("moved_as_hoped", "on_course"),
    "I7": ("moved_as_hoped", "reached"),
    "I8": ("no_verdict", None),
    "I9": ("moved_as_hoped", None),
}


def example():
    return rows.indicator_rows(rows.worked_example())


def indicator(*values, kind="count", direction="up", baseline=None, target=None, **fields):
    series = tuple(rows.point(f"20{10 + n}", value, kind) for n, value in enumerate(values))
    start = None if baseline is None else rows.point(None, baseline, kind)
    return IndicatorRow(
        "I1", "applied", kind, direction, target, baseline=start, series=series, **fields
    )


def read(row, **choices):
    return indicator_readings([row], **choices)["I1"]


def test_worked_example_gives_its_percentages():
    found = indicator_readings(example(), day=DAY)

    assert list(found) == ["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9"]
    for ref, expected in PERCENTAGES.items():
        assert [point.get("percent") for point in found[ref]["series"]] == expected


def test_worked_example_keeps_gaps_numerators_and_plain_values():
    found = indicator_readings(example(), day=DAY)

    assert found["I3"]["baseline"] == {"numerator": 22, "denominator": 71, "percent": 31.0}
    assert found["I1"]["baseline"] == {"missing": True}
    assert found["I1"]["series"][0] == {"period": "2024-Q4", "missing": True}
    assert found["I5"]["series"][2] == {"period": "2025-Q2", "value": 14}
    assert found["I5"]["baseline"] == {"value": 0}
    assert (found["I9"]["warns_of_harm"], found["I3"]["warns_of_harm"]) == (True, False)
    assert (found["I3"]["target"], found["I8"]["target"]) == (75, None)
    assert list(found["I3"]) == [
        "cycle",
        "kind",
        "direction",
        "target",
        "warns_of_harm",
        "baseline",
        "series",
        "superseded",
    ]


def test_worked_example_moved_and_is_on_its_way():
    assert {row.ref: (movement(row), course(row)) for row in example()} == VERDICTS


def test_worked_example_is_stale_once_its_last_quarter_is():
    assert not any(is_stale(row, dt.date(2027, 10, 1)) for row in example())
    assert all(is_stale(row, dt.date(2027, 10, 2)) for row in example())


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(33, 80, 41.3), (1, 8, 12.5), (1, 16, 6.3), (1, 3, 33.3), (2, 3, 66.7), (0, 4, 0.0)],
)
def test_percentages_round_halves_up(numerator, denominator, expected):
    assert percent(numerator, denominator) == expected


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_percentages_equal_those_of_long_decimals(numerator, denominator):
    getcontext().prec = 60
    exact = Decimal(numerator) * 100 / Decimal(denominator)
    rounded = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)

    assert percent(numerator, denominator) == float(rounded)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 1000))
def test_percentages_of_decimals_are_exact(numerator, denominator, times):
    scaled = [Decimal(number * times) / 1000 for number in (numerator, denominator)]

    assert percent(*scaled) == percent(numerator, denominator)


def test_nothing_out_of_nothing_is_a_gap():
    row = indicator([0, 0], [0, 4], kind="ratio", baseline=[0, 0])

    assert read(row)["series"] == [
        {"period": "2010", "missing": True},
        {"period": "2011", "numerator": 0, "denominator": 4, "percent": 0.0},
    ]
    assert read(row)["baseline"] == {"missing": True}


def test_decimals_become_plain_numbers():
    found = read(indicator(Decimal("2.50"), Decimal("3.00"), target=Decimal("4")))

    assert [point["value"] for point in found["series"]] == [2.5, 3]
    assert [type(point["value"]) for point in found["series"]] == [float, int]
    assert found["target"] == 4


def test_words_and_yes_or_no_stay_as_they_are():
    assert read(indicator("calm", kind="text"))["series"][0]["value"] == "calm"
    assert read(indicator(False, kind="yes_no"))["series"][0]["value"] is False


def corrected():
    old = SeriesPoint("2010", numerator=1, denominator=4)
    superseded = (SupersededPoint(old, dt.date(2012, 5, 1), "counted twice"),)
    return indicator([2, 4], [3, 4], kind="ratio", superseded=superseded)


def test_correction_is_told_with_its_reason():
    assert read(corrected())["superseded"] == [
        {
            "period": "2010",
            "value": [1, 4],
            "corrected_on": "2012-05-01",
            "reason": "counted twice",
        }
    ]


def test_before_a_correction_the_earlier_value_held():
    before = read(corrected(), day=dt.date(2012, 4, 30))
    after = read(corrected(), day=dt.date(2012, 5, 1))

    assert (before["series"][0]["numerator"], before["superseded"]) == (1, [])
    assert (after["series"][0]["numerator"], len(after["superseded"])) == (2, 1)


def test_period_that_has_not_begun_is_not_there():
    assert len(read(corrected(), day=dt.date(2010, 12, 31))["series"]) == 1
    assert len(read(corrected(), day=dt.date(2011, 1, 1))["series"]) == 2


def test_figures_about_few_people_are_withheld_where_asked():
    row = indicator([1, 4], [1, 5], kind="ratio", baseline=[1, 2], counts_people=True)

    assert read(row)["series"][0]["numerator"] == 1
    shown = read(row, smallest_group=5)
    assert shown["series"][0] == {"period": "2010", "missing": True}
    assert shown["series"][1]["numerator"] == 1
    assert shown["baseline"] == {"missing": True}


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("ratio", ([50, 100], [52, 100]), "moved_as_hoped"),
        ("ratio", ([50, 100], [519, 1000]), "no_movement"),
        ("ratio", ([50, 100], [48, 100]), "moved_wrong_way"),
        ("count", (100, 105), "moved_as_hoped"),
        ("count", (100, 104), "no_movement"),
        ("count", (0, 0), "no_movement"),
        ("count", (0, 1), "moved_as_hoped"),
        ("scale", (Decimal("4.0"), Decimal("3.8")), "moved_wrong_way"),
        ("scale", (Decimal("4.0"), Decimal("3.81")), "no_movement"),
        ("rubric", (1, 2), "moved_as_hoped"),
        ("rubric", (2, 1), "moved_wrong_way"),
        ("rubric", (2, 2), "no_movement"),
        ("yes_no", (False, True), "moved_as_hoped"),
        ("yes_no", (True, True), "no_movement"),
        ("text", ("calm", "calmer"), "no_verdict"),
        ("count", (1, None), "no_verdict"),
    ],
)
def test_movement_needs_its_least_change(kind, values, expected):
    assert movement(indicator(*values, kind=kind)) == expected


@pytest.mark.parametrize("direction", ["watch", "range", ""])
def test_no_verdict_without_a_hoped_direction(direction):
    row = indicator(1, 9, direction=direction, target=5)

    assert (movement(row), course(row)) == ("no_verdict", None)


def test_movement_counts_from_the_baseline_where_there_is_one():
    assert movement(indicator(10, 9, baseline=5)) == "moved_as_hoped"
    assert movement(indicator(10, 9)) == "moved_wrong_way"
    assert movement(indicator(9, baseline=5)) == "moved_as_hoped"


def test_last_value_is_the_last_in_time_and_gaps_are_passed_over():
    row = indicator(1, 9, None)
    shuffled = IndicatorRow("I1", "applied", "count", "up", series=row.series[::-1])

    assert movement(shuffled) == movement(row) == "moved_as_hoped"


@pytest.mark.parametrize(
    ("direction", "values", "target", "expected"),
    [
        ("up", (0, 5), 10, "on_course"),
        ("up", (0, 4), 10, "below"),
        ("up", (0, 10), 10, "reached"),
        ("up", (0, 12), 10, "reached"),
        ("down", (10, 5), 0, "on_course"),
        ("down", (10, 6), 0, "below"),
        ("down", (10, 0), 0, "reached"),
        ("up", (12, 8), 10, "below"),
        ("up", (0, 5), None, None),
        ("up", (5,), 10, None),
        ("up", (10,), 10, "reached"),
        ("up", (), 10, None),
    ],
)
def test_course_is_half_of_the_way_to_the_target(direction, values, target, expected):
    assert course(indicator(*values, direction=direction, target=target)) == expected


values = st.lists(st.none() | st.integers(0, 60), max_size=5)


def plain_verdicts(numbers, kind, direction, baseline, target):
    """The last table of the rules, one row at a time, in whole numbers of a twentieth."""
    known = [n for n in [baseline, *numbers] if n is not None]
    if direction == "down":
        towards, met = (lambda a, b: b < a), (lambda n: n <= target)
    else:
        towards, met = (lambda a, b: b > a), (lambda n: n >= target)
    if direction == "watch":
        return "no_verdict", None
    word = "no_verdict"
    if len(known) > 1:
        first, last = known[0], known[-1]
        least = {"count": first, "rubric": 20, "ratio": 40}[kind]
        word = "no_movement"
        if last != first and 20 * abs(last - first) >= least:
            word = "moved_as_hoped" if towards(first, last) else "moved_wrong_way"
    if target is None or not known:
        return word, None
    if met(known[-1]):
        return word, "reached"
    if len(known) == 1:
        return word, None
    if met(known[0]) or (known[-1] != known[0] and not towards(known[0], known[-1])):
        return word, "below"
    halfway = 2 * abs(known[-1] - known[0]) >= abs(target - known[0])
    return word, "on_course" if halfway else "below"


@settings(max_examples=300, deadline=None)
@given(
    values,
    st.sampled_from(["count", "rubric", "ratio"]),
    st.sampled_from(["up", "down", "watch"]),
    st.none() | st.integers(0, 60),
    st.none() | st.integers(0, 60),
)
def test_verdicts_equal_the_plain_ones(numbers, kind, direction, baseline, target):
    def written(number):
        return number if kind != "ratio" or number is None else [number, 100]

    row = indicator(
        *map(written, numbers),
        kind=kind,
        direction=direction,
        baseline=written(baseline),
        target=target,
    )

    assert (movement(row), course(row)) == plain_verdicts(
        numbers, kind, direction, baseline, target
    )


def test_stale_by_an_old_baseline_or_an_old_last_value():
    dated = indicator(1, baseline=1, baseline_on=dt.date(2009, 6, 1))

    assert not is_stale(dated, dt.date(2011, 6, 1))
    assert is_stale(dated, dt.date(2011, 6, 2))
    assert not is_stale(indicator(1), dt.date(2012, 1, 1))
    assert is_stale(indicator(1), dt.date(2012, 1, 2))
    assert not is_stale(indicator(None), dt.date(2030, 1, 1))


def test_framing_is_stale_after_a_year():
    assert not framing_is_stale(dt.date(2024, 2, 29), dt.date(2025, 2, 28))
    assert framing_is_stale(dt.date(2024, 2, 29), dt.date(2025, 3, 1))
