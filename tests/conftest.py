import os

import pytest

from evaluation.cycle_counts import counted_links
from learningspaces.celery import app
from tests import make

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(autouse=True)
def quick_settings(settings):
    """Plain static files and a fast hasher; tasks run at once when a transaction commits."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    app.conf.task_always_eager = True
    counted_links.cache_clear()  # numbers of rows come back after a rollback


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
