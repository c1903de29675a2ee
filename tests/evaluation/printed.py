"""Everything that can be read in a printed release, format by format, as running words."""

import io
import re
import zipfile

import openpyxl

from evaluation.presentation.records import ReleaseContents
from evaluation.reports import formats
from tests.evaluation.reports.samples import pdf_text

FORMATS = ("pdf", "xlsx", "csv", "json")
WORD = re.compile(r"[^\W_]+")
RUN = 4  # so many words in a row tell where a text comes from


def outputs(release: ReleaseContents) -> dict[str, str]:
    """The words of all four formats."""
    return {code: output(release, code) for code in FORMATS}


def output(release: ReleaseContents, code: str) -> str:
    """The words of one format."""
    return words(readable(code, formats.render(release, code)))


def readable(code: str, printed: bytes) -> str:
    """All text in the bytes of one format, hidden corners included."""
    if code == "pdf":
        return pdf_text(printed) + re.sub(r"[^\x20-\x7e]", " ", printed.decode("latin-1"))
    if code == "json":
        return printed.decode()
    with zipfile.ZipFile(io.BytesIO(printed)) as archive:
        members = [archive.read(name).decode() for name in sorted(archive.namelist())]
    if code == "csv":
        return " ".join(members)
    return " ".join([cells(printed), *(re.sub(r"<[^>]*>", " ", member) for member in members)])


def cells(printed: bytes) -> str:
    """The sheets of a workbook with their names, cell by cell."""
    book = openpyxl.load_workbook(io.BytesIO(printed), read_only=True)
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    return " ".join([*book.sheetnames, *(str(cell) for row in rows for cell in row if cell)])


def words(text: str) -> str:
    """The text as words in small letters with one space between them, and one at either end."""
    return f" {' '.join(WORD.findall(text.casefold()))} "


def runs(text: str) -> set[str]:
    """Every run of a few words in a text; a shorter text is one run."""
    found = words(text).split()
    count = max(1, len(found) - RUN + 1) if found else 0
    return {f" {' '.join(found[start : start + RUN])} " for start in range(count)}


def leaks(texts, printed: str, *, told=()) -> list[str]:
    """Runs of words from withheld texts that stand in an output, unless they were told as well."""
    known = set().union(*(runs(text) for text in told)) if told else set()
    return sorted(run for text in texts for run in runs(text) - known if run in printed)
