"""A release as a zip of tidy CSV files with codebook, a Frictionless Data Package."""

import io
import json
import typing
import zipfile

from django.utils import translation

from evaluation.presentation.records import ReleaseContents
from evaluation.reports import tables
from learningspaces.lib.columns import Column
from learningspaces.lib.csv import write_rows

LEVEL = 3  # a third of the time of zlib's default, and hardly larger


def render(release: ReleaseContents) -> bytes:
    """The whole zip in memory; for large releases write to a file with `write`."""
    buffer = io.BytesIO()
    write(release, buffer)
    return buffer.getvalue()


def write(release: ReleaseContents, file: typing.IO[bytes]) -> None:
    """Write the zip to an open binary file; the same release gives the same bytes."""
    with (
        translation.override(release.language),
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive,
    ):
        for table in (*tables.TABLES, tables.CODEBOOK):
            _add_table(archive, release, table, tables.rows(table, release))
        package = json.dumps(_package(release), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        archive.writestr(_entry(release, "datapackage.json"), package.encode())


def _add_table(
    archive: zipfile.ZipFile, release: ReleaseContents, table: tables.Table, rows
) -> None:
    with (
        archive.open(_entry(release, f"{table.name}.csv"), "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=False) as text,
    ):
        write_rows(text, table.header, rows)


def _entry(release: ReleaseContents, name: str) -> zipfile.ZipInfo:
    day = release.issued_on
    entry = zipfile.ZipInfo(name, date_time=(max(day.year, 1980), day.month, day.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = LEVEL  # type: ignore[attr-defined]
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry


def _package(release: ReleaseContents) -> dict:
    return {
        "profile": "tabular-data-package",
        "name": slug(release.number),
        "title": release.title,
        "version": release.number,
        "description": release.difference,
        "created": f"{release.issued_on.isoformat()}T00:00:00Z",
        "space": release.space,
        "audience": release.audience,
        "uses": list(release.uses),
        "period": {
            "start": release.period.start.isoformat(),
            "end": release.period.end.isoformat(),
        },
        "release_sha256": release.sha256,
        "reservations": list(release.reservations),
        "method": list(release.method),
        "note": (
            "Text cells that begin with =, +, -, @, a tab or a new line have an apostrophe before "
            "them, so that no spreadsheet program takes them for a formula."
        ),
        "resources": [_resource(table) for table in (*tables.TABLES, tables.CODEBOOK)],
    }


def slug(number: str, *, lower: bool = True) -> str:
    """A release number as part of a file's name or address."""
    number = number.lower() if lower else number
    kept = "".join(char if char.isascii() and char.isalnum() else "-" for char in number)
    return kept.strip("-")[:80] or "release"


def _resource(table: tables.Table) -> dict:
    schema: dict = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.points:
        schema["foreignKeys"] = [
            {"fields": column, "reference": {"resource": other, "fields": target}}
            for column, other, target in table.points
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": str(table.title),
        "description": str(table.meaning),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"'},
        "schema": schema,
    }


def _field(column: Column) -> dict:
    field: dict = {
        "name": column.name,
        "type": column.type,
        "description": str(column.meaning),
    }
    if column.words:
        field["constraints"] = {"enum": list(column.words)}
    return field
