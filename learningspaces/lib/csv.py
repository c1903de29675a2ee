"""Comma-separated rows that a spreadsheet program may open without running anything."""

import csv
import typing
from collections.abc import Iterable, Iterator, Sequence

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_FIRST = frozenset(DANGEROUS)


def defused(cell: object) -> object:
    """The cell, with an apostrophe before text that a spreadsheet would take for a formula."""
    return "'" + cell if isinstance(cell, str) and cell[:1] in _FIRST else cell


def defused_rows(rows: Iterable[Sequence]) -> Iterator[list]:
    """Rows with every cell defused, one at a time; written for speed."""
    first = _FIRST
    for row in rows:
        yield ["'" + cell if isinstance(cell, str) and cell[:1] in first else cell for cell in row]


def write_rows(file: typing.TextIO, header: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Write a header and rows to an open text file; `rows` may be a generator of any length."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(defused_rows(rows))
