"""Releases frozen, reports printed: later. Each claims its row first."""

from celery import shared_task

from evaluation import background_work as working
from evaluation.models import Release, Report
from evaluation.releases import work as making


@shared_task
def build_release(release_id):
    """Freeze what the audience of a dataset may see."""
    working.carry_out(Release, release_id, making.freeze)


@shared_task
def build_report(report_id):
    """Print a frozen release in one format."""
    working.carry_out(Report, report_id, making.print_report)


BUILD = {"Release": build_release, "Report": build_report}


@shared_task
def pick_up_work():
    """Send again what a lost task or a killed worker has left behind."""
    for kind, pk in working.left_behind(Release, Report):
        BUILD[kind.__name__].delay_on_commit(pk)
