"""Uploaded space files, checked and imported later. A task claims its row first."""

from celery import shared_task

from evaluation import background_work
from evaluation.models import Import
from spacefile import import_jobs


@shared_task
def run_import(import_id):
    """Check an uploaded space file, or found its space once somebody wants it."""
    background_work.carry_out(Import, import_id, import_jobs.next_step)


@shared_task
def pick_up_imports():
    """Send again what a lost task or a killed worker has left behind."""
    for _kind, pk in background_work.left_behind(Import):
        run_import.delay_on_commit(pk)
