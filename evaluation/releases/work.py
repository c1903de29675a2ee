"""What a worker makes: a frozen release from rows, a file from a frozen release."""

import hashlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from evaluation import releases
from evaluation.models import Release, Report, WorkState
from evaluation.presentation import canonical
from evaluation.presentation.records import ReleaseContents
from evaluation.reports import formats


def freeze(release: Release) -> dict:
    """The fields of a dataset that is frozen: canonical text, fingerprint, what it rests on.

    Its title and what it asks are kept as its readers read them, since pages show them, too.
    """
    draft = releases.draft(release, release.advance)
    content, sha256 = canonical.packed(draft.written())
    return {
        "title": draft.fields["title"][:200],
        "asks": "\n".join(draft.fields["one_page"].asks),
        "content": content,
        "sha256": sha256,
        "stories": draft.agreements,
    }


def print_report(report: Report) -> dict:
    """The fields of a report that is printed: the bytes, and their fingerprint."""
    release = Release.objects.select_related("space").get(pk=report.release_id)
    refuse_unless_consented(release)
    if release.state != WorkState.READY:
        raise ValidationError(_("This dataset is not frozen yet. Build the report when it is."))
    contents = ReleaseContents.from_json(canonical.unpacked(release.content))
    report.advance(20)
    content = formats.render(contents, report.format)
    report.advance(90)
    return {"content": content, "sha256": hashlib.sha256(content).hexdigest()}


def refuse_unless_consented(release: Release) -> None:
    """A release is handed to nobody new once a teller has taken a story of it back."""
    if releases.no_longer_consented(release, release.space.today):
        raise ValidationError(
            _(
                "A story in this dataset may no longer be told like this: its teller has changed "
                "their mind or their consent has ended. Freeze a new dataset in its place."
            ),
            code="no_longer_consented",
        )
