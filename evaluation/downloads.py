"""The formats of a release as they are offered, and the file that is handed over."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evaluation.models import Format, Report
from evaluation.reports import csvzip, formats

MEANT_FOR = {
    Format.PDF: _("To read and to hand over: one page first, then everything with its limits."),
    Format.XLSX: _("To look at the tables in a spreadsheet program."),
    Format.CSV: _("To work on with other programs: tidy tables with a codebook."),
    Format.JSON: _("The dataset itself, as it was frozen. Its fingerprint is the one above."),
}


@dataclass(frozen=True)
class Download:
    """One format with the report printed in it, if there is one."""

    code: str
    label: str | Promise
    meant_for: str | Promise
    report: Report | None


def downloads_of(reports: Iterable[Report]) -> list[Download]:
    """All formats, each with its report."""
    printed = {report.format: report for report in reports}
    return [
        Download(code, label, MEANT_FOR[Format(code)], printed.get(code))
        for code, label in Format.choices
    ]


def media_type(report: Report) -> str:
    """What a browser is told the bytes are."""
    return formats.FORMATS[report.format].media_type


def filename(report: Report) -> str:
    """LLC-2025-2.pdf, whatever the label is made of."""
    return csvzip.slug(report.release.label, lower=False) + formats.FORMATS[report.format].ending
