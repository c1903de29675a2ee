"""The file that is handed over when a report is downloaded."""

from evaluation.models import Report
from evaluation.reports import csvzip, formats


def media_type(report: Report) -> str:
    """What a browser is told the bytes are."""
    return formats.FORMATS[report.format].media_type


def filename(report: Report) -> str:
    """LLC-2025-2.pdf, whatever the label is made of."""
    return csvzip.slug(report.release.label, lower=False) + formats.FORMATS[report.format].ending
