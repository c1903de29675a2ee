"""A release as a workbook: what it is, one sheet a table, and the tables."""

import datetime as dt
import io
import typing
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from evaluation.presentation.records import ReleaseContents
from evaluation.reports import tables
from learningspaces.lib.columns import Column
from learningspaces.lib.csv import DANGEROUS
from learningspaces.lib.text import with_line_feeds

LONGEST_CELL = 32_000  # a cell holds 32,767 units of UTF-16, of which many pictures take two
UNIT = 2  # bytes
MOST_ROWS = 1_048_000
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Looks(typing.NamedTuple):
    """The four ways a cell can look."""

    plain: Format
    header: Format
    title: Format
    guarded: Format


def render(release: ReleaseContents) -> bytes:
    """The workbook; the same release gives the same bytes."""
    buffer = io.BytesIO()
    with translation.override(release.language):
        book = xlsxwriter.Workbook(buffer, OPTIONS)
        book.set_properties(_properties(release))
        looks = _looks(book)
        _about(book.add_worksheet(_("About")), release, looks)
        for table in (*tables.TABLES, tables.CODEBOOK):
            _sheet(book.add_worksheet(str(table.title)[:31]), table, release, looks)
        book.close()
    return buffer.getvalue()


def _properties(release: ReleaseContents) -> dict:
    day = release.issued_on
    return {
        "title": with_line_feeds(release.title)[:255],
        "author": with_line_feeds(release.space)[:255],
        "comments": f"{release.number}, SHA-256 {release.sha256}",
        "created": dt.datetime(day.year, day.month, day.day),
    }


def _looks(book: xlsxwriter.Workbook) -> Looks:
    text = {"valign": "top", "text_wrap": True}
    return Looks(
        plain=book.add_format(text),
        header=book.add_format({"bold": True, "font_color": "#ffffff", "bg_color": "#08343f"}),
        title=book.add_format({"bold": True, "font_size": 16, "font_color": "#08343f"}),
        guarded=book.add_format({**text, "quote_prefix": True}),
    )


def _sheet(sheet: Worksheet, table: tables.Table, release: ReleaseContents, looks: Looks) -> None:
    _fill(sheet, table.columns, tables.rows(table, release), looks)


def _fill(
    sheet: Worksheet,
    columns: Sequence[Column],
    rows: Iterable[Sequence],
    looks: Looks,
) -> None:
    for place, column in enumerate(columns):
        wide = column.name in {"text", "meaning", "statement", "did_not_work", "other_factors"}
        sheet.set_column(place, place, 60 if wide else max(12, len(column.name) + 3))
    sheet.freeze_panes(1, 0)
    _write_row(sheet, 0, [column.name for column in columns], looks, look=looks.header)
    last = 0
    for last, row in enumerate(rows, start=1):
        if last > MOST_ROWS:
            _write_row(sheet, last, [_("The sheet is full; the CSV files hold every row.")], looks)
            break
        _write_row(sheet, last, row, looks)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _write_row(
    sheet: Worksheet, number: int, row: Sequence, looks: Looks, look: Format | None = None
) -> None:
    for place, cell in enumerate(row):
        if cell is None or cell == "":
            continue
        if isinstance(cell, bool):
            sheet.write_boolean(number, place, cell, looks.plain)
        elif isinstance(cell, int | float):
            sheet.write_number(number, place, cell, looks.plain)
        else:
            shown = looks.guarded if cell.startswith(DANGEROUS) else look or looks.plain
            sheet.write_string(number, place, _fitting(cell), shown)


def _fitting(cell: str) -> str:
    cell = with_line_feeds(cell)
    units = cell.encode("utf-16-le")
    if len(units) <= LONGEST_CELL * UNIT:
        return cell
    begin = units[: LONGEST_CELL * UNIT].decode("utf-16-le", errors="ignore")
    return _("%(begin)s … (the CSV files hold the whole text)") % {"begin": begin}


def _about(sheet: Worksheet, release: ReleaseContents, looks: Looks) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    sheet.hide_gridlines(2)
    _write_row(sheet, 0, [release.title], looks, look=looks.title)
    for number, row in enumerate(_about_rows(release), start=2):
        _write_row(sheet, number, row, looks)


def _about_rows(release: ReleaseContents) -> list[tuple[str, object]]:
    frame = release.frame
    counts = release.counts
    rows: list[tuple[str, object]] = [
        (_("Space"), release.space),
        (_("The difference we care about"), release.difference),
        (_("Release"), release.number),
        (_("Issued on"), release.issued_on.isoformat()),
        (_("Period"), f"{release.period.start.isoformat()} – {release.period.end.isoformat()}"),
        (_("For"), release.audience),
        (_("To be used for"), ", ".join(release.uses)),
        (_("Fingerprint (SHA-256)"), release.sha256),
        (_("Stories"), counts.stories),
        (_("Moments"), counts.moments),
        (_("Moments in no story"), counts.alone),
        (_("Moments hoped for"), counts.hoped),
    ]
    if frame:
        rows.append((_("Framing version"), f"{frame.number} ({frame.agreed_on.isoformat()})"))
    if release.note:
        rows.append((_("Note"), release.note))
    one = release.one_page
    rows += [(_("What did not go well"), text) for text in one.did_not_go_well]
    rows += [(_("What is asked of you"), text) for text in one.asks]
    rows += [(_("Reservations"), text) for text in release.reservations]
    return rows + [(_("Method"), text) for text in release.method]
