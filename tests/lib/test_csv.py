"""CSV cells run nothing, and everything else comes back as it was."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learningspaces.lib.csv import DANGEROUS, defused, write_rows

CELLS = st.one_of(
    st.none(), st.integers(), st.text(st.characters(exclude_categories=["Cs"], min_codepoint=1))
)


@pytest.mark.parametrize("start", DANGEROUS)
def test_cell_that_looks_like_a_formula_is_text(start):
    assert defused(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("cell", ["", "a=b", "'=1", 0, -5, -1.5, True, None])
def test_cell_that_runs_nothing_stays_as_it_is(cell):
    assert defused(cell) is cell


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2)))
def test_rows_come_back_defused(rows):
    file = io.StringIO(newline="")
    write_rows(file, ["one", "two"], rows)

    expected = [["" if cell is None else str(defused(cell)) for cell in row] for row in rows]
    assert list(csv.reader(io.StringIO(file.getvalue(), newline=""))) == [["one", "two"], *expected]
