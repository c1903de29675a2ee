"""A real browser on a real server: the system's Chromium, driven by Playwright."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client, override_settings
from playwright.sync_api import sync_playwright

QUIETLY = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@pytest.fixture(scope="session")
def chromium():
    """The system's Chromium; where there is none these tests are left out, but never in CI."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        said = "no Chromium here: apt-get install chromium"
        if os.environ.get("REQUIRE_SERVICES"):
            pytest.fail(said)
        pytest.skip(said)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIETLY)
        yield browser
        browser.close()
        # Playwright's event loop gives this thread connections of its own (asgiref.local); one left
        # open would keep the database of the run from being dropped.
        connections.close_all()


def is_complaint(said) -> bool:
    """True for an error of the page itself; one that is not there is the journey's own matter."""
    return said.type == "error" and "Failed to load resource" not in said.text


def is_lost(answer) -> bool:
    """True for a part of a page (style, script, font, picture) that did not come."""
    part = answer.request.resource_type not in ("document", "xhr", "fetch")
    return part and answer.status >= 400 and not answer.url.endswith("/favicon.ico")


def leave_the_tables_alone():
    """End what a page still had stored as it was left: the tables are emptied after the test.

    A page sends its draft on leaving; that and the emptying could wait for one another.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() "
                "AND backend_type = 'client backend'"
            )


@pytest.fixture(scope="session")
def collected_once(tmp_path_factory):
    """Settings under which static files are served as a site in use serves them: joined."""
    folder = tmp_path_factory.mktemp("static")
    joined = {"staticfiles": {"BACKEND": "learningspaces.lib.joined.JoinedFiles"}}
    storages = {**settings.STORAGES, **joined}
    wish = {"STATIC_ROOT": folder, "STORAGES": storages}
    with override_settings(**wish, WHITENOISE_SKIP_COMPRESS_EXTENSIONS=["css", "js"]):
        call_command("collectstatic", verbosity=0, interactive=False)
    return {**wish, "STATICFILES_DIRS": [folder]}


@pytest.fixture(autouse=True)
def collected(collected_once):
    with override_settings(**collected_once):
        yield


@pytest.fixture
def visit(chromium, live_server):
    """A function that opens a page for a person, in a browser of their own.

    Whatever the browser complains about in its console (a broken policy above all) is a fault.
    """
    contexts, complaints, lost = [], [], []

    def open_page(person, path, *, javascript=True, width=1280):
        context = chromium.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        if person:
            client = Client()
            client.force_login(person)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
            )
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said) if is_complaint(said) else None)
        page.on("response", lambda answer: lost.append(answer.url) if is_lost(answer) else None)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    leave_the_tables_alone()
    assert [said.text for said in complaints] == []
    assert lost == []


@pytest.fixture
def accessible():
    """A function that lists what axe finds wrong with a page."""

    def faults(page):
        found = Axe().run(page, options=RULES).response["violations"]
        return [(fault["id"], node["html"][:160]) for fault in found for node in fault["nodes"][:3]]

    return faults
