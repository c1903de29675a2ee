"""Datasets, what was printed of them and who reads them before, as one viewer may know them.

The words that somebody typed for a dataset, and who froze it, go through the presentation; what
stands inside it is frozen text already.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evaluation.models import Format, Release, Report, SecondReading
from spaces.presentation.viewer import Viewer

MEANT_FOR = {
    Format.PDF: _("To read and to hand over: one page first, then everything with its limits."),
    Format.XLSX: _("To look at the tables in a spreadsheet program."),
    Format.CSV: _("To work on with other programs: tidy tables with a codebook."),
    Format.JSON: _("The dataset itself, as it was frozen. Its fingerprint is the one above."),
}


@dataclass(frozen=True, kw_only=True)
class PresentedWork:
    """Something that a worker makes: how far it is, and how it ended."""

    state: str
    state_words: str
    progress: int
    problem: str
    is_unfinished: bool
    ended_on: dt.date | None


@dataclass(frozen=True, kw_only=True)
class PresentedReport(PresentedWork):
    """What was printed of a dataset in one format."""

    format_words: str


@dataclass(frozen=True)
class Download:
    """One format with what was printed in it, if anything was."""

    code: str
    label: str | Promise
    meant_for: str | Promise
    report: PresentedReport | None


@dataclass(frozen=True, kw_only=True)
class PresentedRelease(PresentedWork):
    """A dataset: of what, for whom and for what; it stands in the place of `instead_of`."""

    number: int
    label: str
    title: str
    asks: str
    period_start: dt.date
    period_end: dt.date
    as_of: dt.date
    audience_words: str
    purpose_words: str
    frozen_by: str
    sha256: str
    stories: int
    quoted: int
    instead_of: tuple[int, str] | None
    printed: tuple[PresentedReport, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PresentedReading:
    """A look through a dataset for names, before it is frozen."""

    number: int
    period_start: dt.date
    period_end: dt.date
    audience_words: str
    purpose_words: str
    asked_by: str


def present_release(
    viewer: Viewer, release: Release, reports: Iterable[Report] = ()
) -> PresentedRelease:
    """A dataset on a page, with what was printed of it."""
    before = release.supersedes
    return PresentedRelease(
        **_how_far(release),
        number=release.number,
        label=release.label,
        title=viewer.typed(release.title),
        asks=viewer.typed(release.asks),
        period_start=release.period_start,
        period_end=release.period_end,
        as_of=release.as_of,
        audience_words=release.get_audience_display(),
        purpose_words=release.get_purpose_display(),
        frozen_by=viewer.member(release.frozen_by).label,
        sha256=release.sha256,
        stories=len(release.stories),
        quoted=sum(entry["quoted"] for entry in release.stories),
        instead_of=(before.number, before.label) if before else None,
        printed=tuple(present_report(report) for report in reports),
    )


def present_report(report: Report) -> PresentedReport:
    """What was printed, and when."""
    return PresentedReport(**_how_far(report), format_words=report.get_format_display())


def downloads_of(reports: Iterable[Report]) -> list[Download]:
    """All formats, each with its report."""
    printed = {report.format: present_report(report) for report in reports}
    return [
        Download(code, label, MEANT_FOR[Format(code)], printed.get(code))
        for code, label in Format.choices
    ]


def present_reading(viewer: Viewer, reading: SecondReading) -> PresentedReading:
    """A reading that somebody asked for."""
    return PresentedReading(
        number=reading.pk,
        period_start=reading.period_start,
        period_end=reading.period_end,
        audience_words=reading.get_audience_display(),
        purpose_words=reading.get_purpose_display(),
        asked_by=viewer.member(reading.asked_by).label,
    )


def _how_far(work: Release | Report) -> dict:
    return {
        "state": work.state,
        "state_words": work.get_state_display(),
        "progress": work.progress,
        "problem": work.problem,
        "is_unfinished": work.is_unfinished,
        "ended_on": work.ended_at and timezone.localdate(work.ended_at),
    }
