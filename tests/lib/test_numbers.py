"""Numbers as addresses, forms and files spell them."""

import pytest

from learningspaces.lib.numbers import number_in


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("17", 17), ("007", 7), ("9" * 18, 10**18 - 1)],
)
def test_digits_spell_a_number(text, number):
    assert number_in(text) == number


@pytest.mark.parametrize("text", ["", "-1", "+1", " 1", "1_0", "1.0", "²", "٣", "１", "9" * 19])
def test_anything_else_is_none(text):
    assert number_in(text) is None
