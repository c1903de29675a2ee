"""The set-up holds together: requirements, settings and their example, the `dev` script."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ["requirements.txt", "requirements-dev.txt", "requirements-uv.txt"]


def plain(name):
    """The name of a distribution as the locked files spell it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[~=<> ;]", name)[0]).lower()


def named_in(path):
    lines = (ROOT / path).read_text().splitlines()
    return {plain(line) for line in lines if re.match(r"[A-Za-z]", line)}


@pytest.mark.parametrize("path", LOCKED)
def test_every_locked_requirement_has_a_version_and_a_hash(path):
    entries = re.split(r"\n(?=\S)", (ROOT / path).read_text().strip())
    unlocked = [e for e in entries if "==" not in e.split("\n")[0] or "--hash=sha256:" not in e]
    assert unlocked == []


@pytest.mark.parametrize("path", LOCKED)
def test_locked_requirements_name_no_registry_and_no_place(path):
    assert re.findall(r"https?:|file:|index|find-links|@ ", (ROOT / path).read_text()) == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_wished_requirement_is_locked(name):
    assert named_in(f"{name}.in") - named_in(f"{name}.txt") == set()


def test_tests_run_with_the_versions_that_people_run():
    def versions(path):
        return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / path).read_text(), re.MULTILINE))

    tested = versions("requirements-dev.txt")
    assert {name: tested[name] for name in versions("requirements.txt")} == versions(
        "requirements.txt"
    )


def test_every_setting_is_explained_in_the_example():
    settings = (ROOT / "learningspaces" / "settings.py").read_text()
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", settings))
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read == explained


def test_compose_starts_everything_after_the_migrations():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert set(services) == {"postgres", "redis", "migrate", "web", "worker", "beat"}
    for name in ("web", "worker", "beat"):
        waits = services[name]["depends_on"]["migrate"]
        assert waits == {"condition": "service_completed_successfully"}


def test_compose_is_reached_through_a_proxy_and_has_no_password_of_its_own():
    written = (ROOT / "docker-compose.yml").read_text()
    services = yaml.safe_load(written)["services"]
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert published == ["127.0.0.1:${PORT:-8000}:8000"]
    assert re.findall(r"\$\{DATABASE_PASSWORD(..)", written) == [":?", ":?"]
    assert "spaces:" not in services["web"]["environment"]["DATABASE_URL"]
    proxy = yaml.safe_load((ROOT / "docker-compose.proxy.yml").read_text())["services"]["proxy"]
    assert proxy["command"].endswith("--to web:8000")


def test_database_of_compose_logs_no_refused_rows():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert "log_min_messages=fatal" in services["postgres"]["command"]


def test_dev_without_a_command_tells_what_it_can_do_from_any_folder(tmp_path):
    told = subprocess.run(
        [sys.executable, str(ROOT / "dev")], cwd=tmp_path, capture_output=True, text=True
    )
    assert told.returncode == 0
    assert "./dev demo" in told.stdout
    assert os.listdir(tmp_path) == []


def test_program_refuses_to_start_without_a_secret_key():
    bare = {"PATH": os.environ["PATH"], "DEBUG": "false"}
    told = subprocess.run(
        [sys.executable, "-c", "import learningspaces.settings"],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 1
    assert '"SECRET_KEY" not set' in told.stderr


def test_request_for_a_foreign_host_is_refused_in_words(client):
    response = client.get("/healthz", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "We could not read that" in response.text
