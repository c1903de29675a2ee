"""Comma-separated rows that a spreadsheet program may open without running anything."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CHUNK = 500


def defused(cell: object) -> object:
    """The cell, with an apostrophe before text that a spreadsheet would take for a formula."""
    if isinstance(cell, str) and cell.startswith(DANGEROUS):
        return "'" + cell
    return cell


def write_rows(file: io.TextIOBase, header: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Write a header and rows to an open text file; `rows` may be a generator of any length."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(header)
    first = {char[0] for char in DANGEROUS}
    writer.writerows(
        [
            "'" + cell if cell.__class__ is str and cell and cell[0] in first else cell
            for cell in row
        ]
        for row in rows
    )


def stream_rows(header: Sequence[str], rows: Iterable[Sequence]) -> Iterator[str]:
    """The same text in pieces of some hundred rows, for a streaming response."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    for number, row in enumerate(rows, start=1):
        writer.writerow([defused(cell) for cell in row])
        if number % CHUNK == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
