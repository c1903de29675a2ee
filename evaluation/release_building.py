"""What a worker makes: a frozen release from rows, a file from a frozen release."""

import hashlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from evaluation import building
from evaluation.models import Dataset, Report, WorkState
from evaluation.reports import formats
from evaluation.reports.release import Release


def freeze(dataset: Dataset) -> dict:
    """The fields of a dataset that is frozen: canonical text, fingerprint, what it rests on.

    Its title and what it asks are kept as its readers read them, since pages show them, too.
    """
    draft = building.draft(dataset, dataset.advance)
    release = draft.release
    return {
        "title": release.title[:200],
        "asks": "\n".join(release.one_page.asks),
        "content": release.to_json(),
        "sha256": release.sha256,
        "stories": building.rests_on(draft.chosen.stories, release),
    }


def print_report(report: Report) -> dict:
    """The fields of a report that is printed: the bytes, and their fingerprint."""
    dataset = Dataset.objects.select_related("space").get(pk=report.dataset_id)
    refuse_unless_consented(dataset)
    if dataset.state != WorkState.READY:
        raise ValidationError(_("This dataset is not frozen yet. Build the report when it is."))
    release = Release.from_json(dataset.content)
    report.advance(20)
    content = formats.render(release, report.format)
    report.advance(90)
    return {"content": content, "sha256": hashlib.sha256(content).hexdigest()}


def refuse_unless_consented(dataset: Dataset) -> None:
    """A release is handed to nobody new once a teller has taken a story of it back."""
    if building.no_longer_consented(dataset, dataset.space.today):
        raise ValidationError(
            _(
                "A story in this dataset may no longer be told like this: its teller has changed "
                "their mind or their consent has ended. Freeze a new dataset in its place."
            ),
            code="no_longer_consented",
        )
