import datetime as dt
import gc
import os

import pytest
from django.core.files.storage import InMemoryStorage
from django.core.management import call_command
from django.db import transaction
from django.middleware import csrf
from django.test import override_settings

from evaluation.cycle_counts import counted_links
from learningspaces.celery import app
from spaces.models import MailRhythm, Space, Upload
from tests import make

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_finish():
    """What is loaded by now stays, and a run is short: looking for garbage took a seventh of it."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 50)


@pytest.fixture(autouse=True, scope="session")
def quick_settings():
    """Plain static files and a fast hasher; tasks run at once when a transaction commits."""
    app.conf.task_always_eager = True
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "uploads": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ):
        yield


@pytest.fixture(autouse=True, scope="session")
def files_in_memory():
    """What people bring in tests is kept nowhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Upload._meta.get_field("file"), "storage", InMemoryStorage())
        yield


@pytest.fixture(autouse=True, scope="session")
def tokens_without_words():
    """A random token spells no name, or a page that must not hold "Ana" would now and then."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csrf, "CSRF_ALLOWED_CHARS", "bcdfghjkmnpqrstvwxz")
        yield


@pytest.fixture(autouse=True, scope="session")
def nobody_sleeps():
    """Tests run at any hour: nobody has quiet hours in which no mail leaves, unless a test says."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("quiet_from", "quiet_until"):
            patch.setattr(MailRhythm._meta.get_field(name), "_get_default", lambda: dt.time(0))
        yield


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Numbers of rows come back after a rollback, so nothing is remembered by them."""
    counted_links.cache_clear()


@pytest.fixture(scope="module")
def worked_example(django_db_setup, django_db_blocker):
    """The worked example with its people's accounts, made once for all tests of a module.

    Each test that asks for `circle` works in a transaction of its own inside this one.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo_space")
        yield "lower-leg-circle"
        transaction.set_rollback(True)


@pytest.fixture
def circle(worked_example, db):
    """The space of the worked example."""
    return Space.objects.get(slug=worked_example)


@pytest.fixture
def space(db):
    return make.space()


@pytest.fixture
def signed_in(client):
    """A function that signs a person in and gives back the client."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in
