"""The space that the benchmarks fill obeys the rules, so that what they measure can be real."""

import pytest

from benchmarks.app import exported, imported, wrong_totals
from benchmarks.seed import Seed
from tests.evaluation.test_work import run
from valuecreation.models import Story, StoryState


@pytest.fixture
def seeded(db):
    return Seed("seeded", 30).fill()


def test_seeded_space_can_be_exported_and_imported(seeded):
    space, faults = imported(exported(seeded))

    assert faults == []
    finished = Story.objects.in_space(seeded).exclude(state=StoryState.DRAFT)
    assert Story.objects.in_space(space).count() == finished.count() == 29


def test_seeded_space_has_its_totals(seeded):
    assert wrong_totals(seeded) == {}


KILLING = """
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from benchmarks.killing import control, trial
from tests import make

settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
call_command("migrate", verbosity=0, run_syncdb=True)
space = make.space()
print(trial(space, 6, 12))
print(control(space, 6, 12))
"""


@pytest.mark.services
def test_killed_workers_send_no_mail_twice_and_lose_none_unseen(tmp_path):
    told, unmarked = run(tmp_path, KILLING).stdout.strip().splitlines()
    assert "twice=0" in told and "lost=0" in told
    assert "killed=6" in told
    assert "twice=0" not in unmarked, "the trial could not fail"
