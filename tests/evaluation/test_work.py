"""Work behind the pages: claimed once, ended once, picked up when a worker is lost."""

import datetime as dt
import hashlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from evaluation import actions, background_work, tasks
from evaluation.models import Release, WorkState
from evaluation.releases import work
from evaluation.reports import formats
from tests import make
from tests.evaluation.reports import samples

ROOT = Path(__file__).parents[2]
LONG_AGO = timezone.now() - dt.timedelta(hours=1)


@pytest.fixture
def waiting(space):
    """A dataset whose task was lost: frozen in a transaction that only a test sees."""
    return actions.freeze_release(
        space,
        by=make.membership(space),
        period_start=dt.date(2025, 1, 1),
        period_end=dt.date(2025, 12, 31),
        audience="organisation",
    )


def fresh(work):
    return type(work).objects.get(pk=work.pk)


def test_row_is_claimed_by_one_worker_at_a_time(waiting):
    assert Release.objects.claim(waiting.pk)
    assert not Release.objects.claim(waiting.pk)

    tasks.build_release(waiting.pk)
    assert fresh(waiting).state == WorkState.WORKING and bytes(fresh(waiting).content) == b""


def test_task_delivered_twice_is_done_once(waiting):
    tasks.build_release(waiting.pk)
    first = fresh(waiting)
    tasks.build_release(waiting.pk)

    assert fresh(waiting).ended_at == first.ended_at and first.tries == 1


def test_lost_task_is_sent_again_after_a_minute(waiting, django_capture_on_commit_callbacks):
    assert background_work.left_behind(Release) == []
    Release.objects.update(asked_at=LONG_AGO)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.pick_up_work()

    assert fresh(waiting).state == WorkState.READY


def test_killed_worker_is_followed_by_another_with_the_same_bytes(
    waiting, django_capture_on_commit_callbacks
):
    expected = work.freeze(waiting)["sha256"]
    Release.objects.claim(waiting.pk)
    fresh(waiting).advance(40)
    assert background_work.left_behind(Release) == []
    Release.objects.update(touched_at=LONG_AGO)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.pick_up_work()

    assert fresh(waiting).state == WorkState.READY
    assert fresh(waiting).sha256 == expected
    assert fresh(waiting).tries == 2


def test_worker_taken_for_lost_changes_nothing_any_more(waiting):
    def slow(work):
        Release.objects.update(touched_at=LONG_AGO)
        assert Release.objects.claim(work.pk)
        work.advance(99)
        return {"content": b"from the slow one"}

    background_work.carry_out(Release, waiting.pk, slow)

    assert fresh(waiting).state == WorkState.WORKING
    assert bytes(fresh(waiting).content) == b"" and fresh(waiting).progress == 0


def test_fault_is_tried_a_few_times_and_then_said_in_a_sentence(waiting):
    def fails(work):
        raise ZeroDivisionError("secret detail")

    for _ in range(background_work.MOST_TRIES - 1):
        background_work.carry_out(Release, waiting.pk, fails)
        assert fresh(waiting).state == WorkState.WAITING
    background_work.carry_out(Release, waiting.pk, fails)

    assert fresh(waiting).state == WorkState.BROKEN
    assert "tried several times" in fresh(waiting).problem
    assert "secret" not in fresh(waiting).problem


def test_broken_rule_is_said_at_once(waiting):
    def refuses(work):
        raise ValidationError("There is nothing to freeze.")

    background_work.carry_out(Release, waiting.pk, refuses)

    assert fresh(waiting).state == WorkState.BROKEN
    assert fresh(waiting).problem == "There is nothing to freeze."


def test_work_that_kills_every_worker_is_given_up(waiting):
    for _ in range(background_work.MOST_TRIES):
        assert Release.objects.claim(waiting.pk)
        Release.objects.update(touched_at=LONG_AGO)
    tasks.build_release(waiting.pk)

    assert fresh(waiting).state == WorkState.BROKEN
    assert "several times" in fresh(waiting).problem


def test_report_is_not_printed_once_a_story_was_taken_back(
    space, django_capture_on_commit_callbacks
):
    story = make.story(in_space=space, state="approved")
    make.consent(story, "organisation", uses=["report"])
    waiting = actions.freeze_release(
        space,
        by=make.membership(space),
        period_start=dt.date(2025, 1, 1),
        period_end=dt.date(2025, 12, 31),
        audience="organisation",
    )
    tasks.build_release(waiting.pk)
    report = actions.build_report(fresh(waiting), by=waiting.frozen_by, format="json")
    make.consent(story, "space", uses=["report"])
    tasks.build_report(report.pk)

    assert fresh(report).state == WorkState.BROKEN and fresh(report).content is None
    assert "may no longer be told" in fresh(report).problem


# --- a real worker, really killed ------------------------------------------------------------

SITE = """
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from evaluation import actions
from evaluation.models import Release
from evaluation.presentation import canonical
from tests import make
from tests.evaluation.reports import samples

settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
call_command("migrate", verbosity=0, run_syncdb=True)
space = make.space()
content, sha256 = canonical.packed(samples.many(STORIES).written())
frozen = Release.objects.create(
    space=space, number=1, label="S-1", as_of="2025-12-31", audience="organisation", state="ready",
    period_start="2025-01-01", period_end="2025-12-31", frozen_by=make.membership(space),
    content=content, sha256=sha256,
)
actions.build_report(frozen, by=frozen.frozen_by, format="xlsx")
"""
STORIES = 800
DEADLINE = 60


def site_environment(folder):
    """A site of its own in a folder: SQLite, files for a broker, no service needed."""
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    return kept | {"DATA_DIR": str(folder), "SECRET_KEY": "only-for-tests", "DEBUG": "false"}


def run(folder, code, **more):
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", code]
    environment = site_environment(folder) | more
    return subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )


@contextmanager
def worker(folder):
    """A Celery worker in a process group of its own, killed at the end."""
    command = [sys.executable, "-m", "celery", "--app", "learningspaces", "--quiet", "worker"]
    process = subprocess.Popen(
        [*command, "--concurrency", "1", "--loglevel", "ERROR"],
        cwd=ROOT,
        env=site_environment(folder),
        start_new_session=True,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def state_of_report(folder):
    with sqlite3.connect(next(folder.glob("*.sqlite3")), timeout=10) as database:
        return database.execute("SELECT state, tries, sha256 FROM evaluation_report").fetchone()


def wait_for(folder, state, process):
    """Ask the row until it says so or the worker has ended; a deadline instead of a guess."""
    until = time.monotonic() + DEADLINE
    while time.monotonic() < until and process.poll() is None:
        if state_of_report(folder)[0] == state:
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.02)
    pytest.fail(f"the report was never {state}, but {state_of_report(folder)}")


@pytest.mark.services
def test_report_of_a_killed_worker_is_built_again_once(tmp_path):
    run(tmp_path, SITE.replace("STORIES", str(STORIES)))
    assert state_of_report(tmp_path)[:2] == ("waiting", 0)
    with worker(tmp_path) as process:
        wait_for(tmp_path, "working", process)
    assert state_of_report(tmp_path)[:2] == ("working", 1)

    with sqlite3.connect(next(tmp_path.glob("*.sqlite3"))) as database:
        database.execute("UPDATE evaluation_report SET touched_at = '2025-01-01 00:00:00'")
    run(tmp_path, "from evaluation import tasks; tasks.pick_up_work()")
    with worker(tmp_path) as process:
        wait_for(tmp_path, "ready", process)

    expected = formats.render(samples.many(STORIES), "xlsx")
    assert state_of_report(tmp_path) == ("ready", 2, hashlib.sha256(expected).hexdigest())


# --- a broker that is gone -------------------------------------------------------------------

SEND = """
from spaces.tasks import send_waiting_invitations
send_waiting_invitations.delay_on_commit()
print("The page goes on.")
"""


def test_work_waits_and_the_page_goes_on_when_the_broker_is_gone(tmp_path):
    """A page that tried again and again would keep somebody waiting for seconds."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        asked = []

        def turn_away():
            with suppress(OSError):
                while True:
                    visitor, _address = door.accept()
                    asked.append(visitor)
                    visitor.close()

        threading.Thread(target=turn_away, daemon=True).start()
        gone = {"REDIS_URL": f"redis://127.0.0.1:{door.getsockname()[1]}/0"}
        said = run(tmp_path, SEND, **gone)
        door.shutdown(socket.SHUT_RDWR)

    assert "The page goes on." in said.stdout
    assert "OperationalError" in said.stderr
    assert len(asked) == 1
