"""Freezing a release, having it printed, and trying again what did not come to an end."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation import tasks
from evaluation.actions.second_readings import hold_second_reading
from evaluation.models import Format, Purpose, Release, Report, WorkState
from evaluation.releases.terms import check_terms, release_label
from evaluation.releases.work import refuse_superseded
from spaces.models import Membership, Space


@transaction.atomic
def freeze_release(
    space: Space,
    *,
    by: Membership,
    period_start: dt.date,
    period_end: dt.date,
    audience: str,
    purpose: str = Purpose.REPORT,
    title: str = "",
    asks: str = "",
    supersedes: Release | None = None,
) -> Release:
    """Freeze what one audience may see of a period, for one use, as of today."""
    check_terms(space, period_start, period_end, audience, purpose, supersedes)
    space = Space.objects.select_for_update().get(pk=space.pk)  # one number at a time
    newest = Release.objects.in_space(space).aggregate(newest=Max("number"))["newest"] or 0
    release = Release.objects.create(
        space=space,
        number=newest + 1,
        label=release_label(space.name, period_end.year, newest + 1),
        title=title,
        period_start=period_start,
        period_end=period_end,
        audience=audience,
        purpose=purpose,
        as_of=space.today,
        asks=asks,
        frozen_by=by,
        supersedes=supersedes,
    )
    hold_second_reading(release)
    tasks.build_release.delay_on_commit(release.pk)
    return release


@transaction.atomic
def build_report(release: Release, *, by: Membership, format: str) -> Report:
    """Have a frozen release printed in one format; asked twice, it is printed once."""
    if format not in Format.values:
        raise ValidationError(_("Choose one of the four formats."))
    if release.state != WorkState.READY:
        raise ValidationError(_("This dataset is not frozen yet. Build the report when it is."))
    refuse_superseded(release)
    report, fresh = Report.objects.without_content().get_or_create(
        release=release, format=format, defaults={"asked_by": by}
    )
    if fresh:
        tasks.build_report.delay_on_commit(report.pk)
    elif report.state == WorkState.BROKEN:
        try_again(report)
    return report


@transaction.atomic
def try_again(work: Release | Report) -> None:
    """Begin anew with work that was given up."""
    again = (
        type(work)
        .objects.given_up(work)
        .update(state=WorkState.WAITING, tries=0, progress=0, problem="", asked_at=timezone.now())
    )
    if again:
        task = tasks.build_release if isinstance(work, Release) else tasks.build_report
        task.delay_on_commit(work.pk)
