"""What to keep in mind, how it was done, and how to check these figures."""

from django.utils.translation import gettext as _

from evaluation.presentation.records import ReleaseContents
from evaluation.reports import words

MOST = 60


def reservations(release: ReleaseContents) -> dict:
    """The sentences that stand between these pages and a wrong use of them."""
    given = list(release.reservations)
    return {
        "heading": _("Reservations"),
        "sentences": _fitting(
            given or [_("Stories are not a sample, and are not added up as one.")]
        ),
    }


def method(release: ReleaseContents) -> dict:
    """How it was done, and what this dataset is."""
    return {
        "heading": _("Method"),
        "sentences": _fitting(list(release.method)),
        "facts_heading": _("About this dataset"),
        "columns": [_("What"), _("In this report")],
        "facts": _facts(release),
        "check": _(
            "The same figures are in the data files of this dataset (XLSX, CSV, JSON). The "
            "fingerprint is the SHA-256 of its JSON file: if they agree, nothing was changed since."
        ),
    }


def _fitting(sentences: list[str]) -> list[str]:
    return [words.breakable(words.shorten(text, 2000)) for text in sentences[:MOST]]


def _facts(release: ReleaseContents) -> list[dict]:
    rows = [
        (_("Release"), release.number),
        (_("Issued"), words.day(release.issued_on)),
        (_("Period"), words.period(release.period)),
        (_("For"), words.said(words.TOLD_TO, release.audience)),
        (_("To be used for"), ", ".join(words.said(words.USES, use) for use in release.uses)),
        (_("Takes the place of"), release.supersedes),
        (_("Framing"), _framings(release)),
        (_("Stories and moments"), _counts(release)),
        (_("Note"), release.note),
    ]
    facts = [
        {"label": label, "text": words.breakable(words.shorten(text, 600))}
        for label, text in rows
        if text
    ]
    return [*facts, {"label": _("Fingerprint (SHA-256)"), "text": release.sha256}]


def _framings(release: ReleaseContents) -> str:
    if release.frame is None:
        return _("not yet agreed")
    versions = release.frame.versions or (release.frame,)
    said = _("version %(number)s, agreed %(day)s")
    return "; ".join(
        said % {"number": one.number, "day": words.day(one.agreed_on)} for one in versions
    )


def _counts(release: ReleaseContents) -> str:
    counts = release.counts
    return _("%(stories)s, %(moments)s, %(hoped)s hoped for, %(flows)s flows") % {
        "stories": words.stories(counts.stories),
        "moments": words.moments(counts.moments),
        "hoped": words.number(counts.hoped),
        "flows": words.number(counts.flows),
    }
