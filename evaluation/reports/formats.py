"""The formats a release is handed over in: how each is made, named and served."""

import dataclasses
from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evaluation.presentation.records import ReleaseContents
from evaluation.reports import csvzip, json_, pdf, xlsx


@dataclasses.dataclass(frozen=True)
class FileFormat:
    """One way to print a release."""

    code: str
    label: str | Promise
    media_type: str
    ending: str
    render: Callable[[ReleaseContents], bytes]

    def filename(self, release: ReleaseContents) -> str:
        """LLC-2025-2.pdf, whatever the number is made of."""
        return f"{csvzip.slug(release.number, lower=False)}{self.ending}"


FORMATS = {
    one.code: one
    for one in (
        FileFormat("pdf", _("Report (PDF)"), "application/pdf", ".pdf", pdf.render),
        FileFormat(
            "xlsx",
            _("Workbook (XLSX)"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".xlsx",
            xlsx.render,
        ),
        FileFormat("csv", _("Tables (CSV, zipped)"), "application/zip", ".zip", csvzip.render),
        FileFormat("json", _("Data (JSON)"), "application/json", ".json", json_.render),
    )
}


def render(release: ReleaseContents, code: str) -> bytes:
    """The release in the named format."""
    return FORMATS[code].render(release)
