"""What a worker makes: a frozen release from rows, a file from a frozen release."""

import hashlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from evaluation import releases
from evaluation.background_work import ChangedMeanwhile
from evaluation.models import Release, Report, WorkState
from evaluation.presentation import canonical
from evaluation.presentation.records import ReleaseContents
from evaluation.releases.agreement import hold_stories
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
    refuse_superseded(release)
    if release.state != WorkState.READY:
        raise ValidationError(_("This dataset is not frozen yet. Build the report when it is."))
    contents = ReleaseContents.from_json(canonical.unpacked(release.content))
    report.advance(20)
    content = formats.render(contents, report.format)
    report.advance(90)
    return {"content": content, "sha256": hashlib.sha256(content).hexdigest()}


def settle_release(release: Release, made: dict) -> None:
    """Nothing is kept of what a teller changed or took back while it was being frozen."""
    release.stories = made["stories"]
    hold_stories(release)
    if releases.superseded(release, release.as_of):
        raise ChangedMeanwhile


def settle_report(report: Report, made: dict) -> None:
    """Nothing is kept of a report if a teller changed or took back a story meanwhile."""
    release = Release.objects.without_content().get(pk=report.release_id)
    hold_stories(release)
    refuse_superseded(release)


def refuse_superseded(release: Release) -> None:
    """A release is handed to nobody new once a story of it may not be told like that any more."""
    if releases.superseded(release, release.space.today):
        raise ValidationError(
            _(
                "A story in this dataset may no longer be told like this: it was corrected, kept "
                "to fewer, set aside or taken back since, or its teller's consent has ended. "
                "Freeze a new dataset in its place."
            ),
            code="superseded",
        )
    if releases.tells_of_smaller_groups(release):
        raise ValidationError(
            _(
                "The smallest group was set higher since this was frozen, and it may tell of fewer "
                "people. Freeze a new dataset in its place."
            ),
            code="superseded",
        )
