"""A release as a report in print: tagged PDF (PDF/UA-1), set by typst from plain data."""

import datetime as dt
import json
from pathlib import Path

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from evaluation.presentation.records import ReleaseContents
from evaluation.reports import glyphs, pages

TEMPLATES = Path(__file__).parent / "typst"


UNPRINTABLE = ("could not be displayed", "missing codepoints")


def render(release: ReleaseContents, *, bundled_only: bool = False) -> bytes:
    """The PDF; the same release gives the same bytes, and no text in it is ever read as markup.

    It is set in the bundled typefaces alone where the machine's own are not wanted, or fail.
    """
    with translation.override(release.language):
        report = _view(release)
        try:
            return _compiled(release, report, bundled_only=bundled_only)
        except typst.TypstError as error:
            if bundled_only or not any(words in str(error) for words in UNPRINTABLE):
                raise
            return _compiled(release, report, bundled_only=True)


def _view(release: ReleaseContents) -> dict:
    day = release.issued_on
    issued = {"year": day.year, "month": day.month, "day": day.day}
    return {**pages.report(release), "issued": issued}


def _printable(report: dict, printer: glyphs.Printer) -> dict:
    printed = printer.value(report)
    assert isinstance(printed, dict)
    printed["title"] = printed["title"].strip() or printed["footer"]["middle"]
    for story in printed["stories"]["stories"]:
        story["title"] = story["title"].strip() or _("A story")
    if printer.replaced:
        printed["reservations"]["sentences"].append(
            _("Some letters could not be set in print and appear as %(box)s; the data have them.")
            % {"box": glyphs.BOX}
        )
    return printed


def _compiled(release: ReleaseContents, report: dict, *, bundled_only: bool) -> bytes:
    report = _printable(report, glyphs.Printer(bundled_only=bundled_only))
    fonts = glyphs.fonts(bundled_only=bundled_only)
    compiler = typst.Compiler(str(TEMPLATES / "report.typ"), root=str(TEMPLATES), font_paths=fonts)
    issued = dt.datetime.combine(release.issued_on, dt.time(), dt.UTC)
    pdf = compiler.compile(
        sys_inputs={"report": json.dumps(report, ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=issued,
    )
    assert isinstance(pdf, bytes)
    return pdf
