"""Releases frozen, reports printed: later. Each claims its row first."""

from celery import shared_task

from evaluation import background_work
from evaluation.models import PersonalCopy, Release, Report, WorkedErasure
from evaluation.personal_copy import printing
from evaluation.releases import erasing, work


@shared_task
def build_release(release_id):
    """Freeze what the audience of a dataset may see."""
    background_work.carry_out(Release, release_id, work.freeze, work.settle_release)


@shared_task
def build_report(report_id):
    """Print a frozen release in one format."""
    background_work.carry_out(Report, report_id, work.print_report, work.settle_report)


@shared_task
def build_personal_copy(copy_id):
    """Put everything of one person's into a file."""
    background_work.carry_out(PersonalCopy, copy_id, printing.make_copy)


@shared_task
def forget_old_copies():
    """Delete copies that are not handed out any more."""
    PersonalCopy.objects.expired().delete()


BUILD = {
    "PersonalCopy": build_personal_copy,
    "Release": build_release,
    "Report": build_report,
}


@shared_task
def pick_up_work():
    """Send again what a lost task or a killed worker has left behind."""
    for kind, pk in background_work.left_behind(Release, Report, PersonalCopy):
        BUILD[kind.__name__].delay_on_commit(pk)


@shared_task
def work_off_erasures():
    """Take the words of erased stories out of releases and reports."""
    for erasure in WorkedErasure.objects.still_to_do():
        erasing.work_off(erasure)
