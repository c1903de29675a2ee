"""Days as text, as fine as may be known, and in words."""

import datetime as dt

import pytest

from spaces.presentation.days import (
    day_text,
    first_day,
    last_day,
    precision_of,
    text_words,
)

DAY = dt.date(2025, 2, 11)


@pytest.mark.parametrize(
    ("precision", "text", "veiled", "words"),
    [
        ("day", "2025-02-11", "2025-Q1", "11 February 2025"),
        ("month", "2025-02", "2025-Q1", "February 2025"),
        ("quarter", "2025-Q1", "2025-Q1", "January–March 2025"),
        ("year", "2025", "2025", "2025"),
    ],
)
def test_day_is_text_as_fine_as_it_is_known_and_may_be_told(precision, text, veiled, words):
    assert day_text(DAY, precision) == text
    assert day_text(DAY, precision, veiled=True) == veiled
    assert text_words(text) == words
    assert precision_of(text) == precision


def test_period_counts_from_its_first_day_and_has_passed_after_its_last():
    assert (first_day("2025-Q1"), last_day("2025-Q1")) == (
        dt.date(2025, 1, 1),
        dt.date(2025, 3, 31),
    )


def test_day_that_is_not_known_is_no_text():
    assert day_text(None) == text_words("") == ""
