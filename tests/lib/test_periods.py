import datetime as dt

import pytest

from learningspaces.lib.periods import period_days


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024", (2024, 1, 1), (2024, 12, 31)),
        ("2025-H1", (2025, 1, 1), (2025, 6, 30)),
        ("2025-H2", (2025, 7, 1), (2025, 12, 31)),
        ("2025-Q1", (2025, 1, 1), (2025, 3, 31)),
        ("2025-Q4", (2025, 10, 1), (2025, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2025-03-14", (2025, 3, 14), (2025, 3, 14)),
    ],
)
def test_period_has_a_first_and_a_last_day(period, first, last):
    assert period_days(period) == (dt.date(*first), dt.date(*last))


@pytest.mark.parametrize("period", ["", "25", "2025-Q5", "2025-13", "2025-02-30", "2025-Q1 "])
def test_what_is_no_period_is_said_to_be_none(period):
    with pytest.raises(ValueError):
        period_days(period)
