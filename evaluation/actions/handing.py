"""Handing over what was printed of a release, once more asked whether it may still be told."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluation.models import Format, Report
from evaluation.releases.agreement import hold_stories
from evaluation.releases.work import refuse_superseded
from spaces.models import Person, TraceKind
from spaces.traces import leave_trace
from valuecreation.fetching import note_fetched


@transaction.atomic
def hand_over(report: Report, *, by: Person) -> bytes:
    """The bytes of a report, for somebody of whom it is written down that they fetched them.

    No teller of a story in it can take it back meanwhile without their being asked to delete it.
    """
    release = report.release
    stories = hold_stories(release)
    refuse_superseded(release)
    content = Report.objects.bytes_of(report)
    if content is None:
        raise ValidationError(_("The words of this report were erased. Build a new dataset."))
    trace = leave_trace(
        release.space,
        kind=TraceKind.RELEASE if report.format == Format.JSON else TraceKind.REPORT,
        number=release.number,
        label=release.label,
        format=report.format,
        person=by,
    )
    note_fetched(trace, stories)
    return content
