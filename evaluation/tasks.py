"""Releases frozen, reports printed: later. Each claims its row first."""

from celery import shared_task

from evaluation import background_work as working
from evaluation import release_building as making
from evaluation.models import Dataset, Report


@shared_task
def build_dataset(dataset_id):
    """Freeze what the audience of a dataset may see."""
    working.carry_out(Dataset, dataset_id, making.freeze)


@shared_task
def build_report(report_id):
    """Print a frozen release in one format."""
    working.carry_out(Report, report_id, making.print_report)


BUILD = {"Dataset": build_dataset, "Report": build_report}


@shared_task
def pick_up_work():
    """Send again what a lost task or a killed worker has left behind."""
    for kind, pk in working.left_behind(Dataset, Report):
        BUILD[kind.__name__].delay_on_commit(pk)
