"""JSON, CSV and XLSX hold what is in the release, all of it and nothing else."""

import csv
import hashlib
import io
import json
import zipfile

import openpyxl
import pytest
from django.utils import translation

from evaluation.presentation.records import ReleaseContents
from evaluation.reports import csvzip, formats, json_, tables, xlsx
from tests.evaluation.reports import samples

RELEASES = [samples.empty(), samples.small(), samples.everywhere(samples.HOSTILE)]


def csv_tables(data: bytes) -> dict[str, list[list[str]]]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return {
        name.removesuffix(".csv"): list(
            csv.reader(io.StringIO(archive.read(name).decode(), newline=""))
        )
        for name in archive.namelist()
        if name.endswith(".csv")
    }


def as_text(cell) -> str:
    return "" if cell is None else str(cell)


@pytest.mark.parametrize("code", formats.FORMATS)
@pytest.mark.parametrize("release", RELEASES)
def test_format_built_twice_gives_the_same_bytes(code, release):
    assert formats.render(release, code) == formats.render(
        ReleaseContents.from_json(release.to_json()), code
    )


def test_format_names_files_after_the_release():
    release = samples.empty(number="../Rivér 2025/1")

    assert formats.FORMATS["csv"].filename(release) == "Riv-r-2025-1.zip"


def test_json_is_the_bytes_that_were_hashed():
    release = samples.small()

    assert hashlib.sha256(json_.render(release)).hexdigest() == release.sha256


@pytest.mark.parametrize("release", RELEASES)
def test_csv_holds_every_row_of_every_table_and_no_other(release):
    found = csv_tables(csvzip.render(release))

    assert set(found) == {table.name for table in tables.TABLES} | {"codebook"}
    for table in tables.TABLES:
        header, *rows = found[table.name]
        expected = [[as_text(cell) for cell in row] for row in tables.rows(table, release)]
        assert header == table.header
        assert rows == expected


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_csv_defuses_text_that_a_spreadsheet_would_run(start):
    release = samples.everywhere(f"{start}cmd|' /C calc'!A0")
    rows = csv_tables(csvzip.render(release))["moments"]

    assert rows[1][rows[0].index("text")] == f"'{start}cmd|' /C calc'!A0"


def test_csv_package_describes_every_column_and_carries_the_fingerprint():
    release = samples.small()
    archive = zipfile.ZipFile(io.BytesIO(csvzip.render(release)))
    package = json.loads(archive.read("datapackage.json"))

    assert package["release_sha256"] == release.sha256
    for resource in package["resources"]:
        header = archive.read(resource["path"]).decode().splitlines()[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        for key in resource["schema"].get("primaryKey", []):
            assert key in header


def test_csv_codebook_explains_every_column():
    explained = [row[:2] for row in csv_tables(csvzip.render(samples.empty()))["codebook"][1:]]

    assert explained == [
        [table.name, column.name] for table in tables.TABLES for column in table.columns
    ]


def test_csv_words_are_those_of_the_codebook():
    found = csv_tables(csvzip.render(samples.small()))
    for table in tables.TABLES:
        for place, column in enumerate(table.columns):
            if column.words:
                said = {row[place] for row in found[table.name][1:]} - {""}
                assert said <= set(column.words), (table.name, column.name)


def test_tables_give_no_figure_that_is_missing_or_hidden():
    rows = [row for row in tables.rows(tables.OBSERVATIONS, samples.small()) if row[2] or row[3]]

    assert [row[1] for row in rows] == ["2024-Q4", "2025-Q2"]
    assert all(row[4:] == [None] * 5 for row in rows)


@pytest.mark.parametrize("release", RELEASES)
def test_xlsx_holds_every_row_of_every_table_and_no_other(release):
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(release)))

    with translation.override(release.language):
        titles = [str(table.title) for table in (*tables.TABLES, tables.CODEBOOK)]
    assert book.sheetnames == ["About", *titles]
    for table in tables.TABLES:
        header, *rows = book[str(table.title)].iter_rows(values_only=True)
        expected = [
            [None if cell == "" else cell for cell in row] for row in tables.rows(table, release)
        ]
        assert list(header) == table.header
        assert [list(row) for row in rows] == expected


def test_xlsx_holds_no_formula_and_guards_what_looks_like_one():
    release = samples.everywhere("=1+1")
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(release)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]

    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith("="))
    assert any(cell.value == "=1+1" for cell in cells)


def test_xlsx_cuts_what_no_cell_can_hold_and_says_so():
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(samples.everywhere("x" * 40_000))))

    assert "CSV" in book["Stories"]["B2"].value
    assert len(book["Stories"]["B2"].value) < 32_767


@pytest.mark.parametrize(
    ("words", "whole"), [("\U0001f33f" * 16_000, True), ("\U0001f33f" * 18_000, False)]
)
def test_xlsx_measures_a_cell_as_spreadsheets_do(words, whole):
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(samples.everywhere(words))))
    cell = book["Stories"]["B2"].value

    assert len(cell.encode("utf-16-le")) // 2 <= 32_767
    assert cell.startswith("\U0001f33f" * 16_000)
    assert ("the CSV files hold the whole text" in cell) != whole


def test_xlsx_ends_lines_as_spreadsheets_do():
    data = xlsx.render(samples.everywhere("one\r\ntwo"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheets = zipfile.ZipFile(io.BytesIO(data))

    assert book["Stories"]["B2"].value == "one\ntwo"
    assert not any(b"_x000D_" in sheets.read(name) for name in sheets.namelist())


def test_xlsx_freezes_the_header_and_tells_what_it_is():
    release = samples.small()
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(release)))

    assert book["Stories"].freeze_panes == "A2"
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert about["Release"] == release.number
    assert about["Fingerprint (SHA-256)"] == release.sha256
    assert book.properties.created.date() == release.issued_on
