"""Releases frozen, reports printed, files imported: later. Each claims its row first."""

from celery import shared_task

from evaluation import background_work as working
from evaluation import founding
from evaluation.models import Import, Release, Report
from evaluation.releases import work as making


@shared_task
def build_release(release_id):
    """Freeze what the audience of a dataset may see."""
    working.carry_out(Release, release_id, making.freeze)


@shared_task
def build_report(report_id):
    """Print a frozen release in one format."""
    working.carry_out(Report, report_id, making.print_report)


@shared_task
def run_import(import_id):
    """Check an uploaded space file, or found its space once somebody wants it."""
    working.carry_out(Import, import_id, founding.carried_on)


BUILD = {"Release": build_release, "Report": build_report, "Import": run_import}


@shared_task
def pick_up_work():
    """Send again what a lost task or a killed worker has left behind."""
    for kind, pk in working.left_behind():
        BUILD[kind.__name__].delay_on_commit(pk)
