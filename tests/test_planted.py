"""The list of planted faults holds together, and planting one says honestly what came of it."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.planted.fault import Fault, known_faults
from tests.planted.garden import Garden, Outcome

ROOT = Path(__file__).resolve().parent.parent
FAULTS = known_faults()


def test_every_fault_has_a_name_of_its_own_and_says_what_people_would_meet():
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) > 0
    assert [f.name for f in FAULTS if not re.fullmatch(r"[a-z-]+", f.name)] == []
    assert [f.name for f in FAULTS if not re.fullmatch(r"[A-Z0-9].+\.", f.harm)] == []


def test_every_fault_still_has_its_place_in_the_code():
    places = {fault.name: (ROOT / fault.file).read_text().count(fault.old) for fault in FAULTS}
    assert {name: number for name, number in places.items() if number != 1} == {}
    assert [fault.name for fault in FAULTS if fault.old == fault.new] == []


def test_every_faulty_file_is_still_python():
    for fault in FAULTS:
        whole = (ROOT / fault.file).read_text()
        compile(whole.replace(fault.old, fault.new), fault.file, "exec")


def test_every_test_that_must_notice_a_fault_is_there():
    named = {(fault.name, test) for fault in FAULTS for test in fault.tests}
    assert {name for name, _test in named} == {fault.name for fault in FAULTS}
    missing = []
    for name, test in named:
        file, _colons, function = test.partition("::")
        text = (ROOT / file).read_text() if (ROOT / file).exists() else ""
        if f"def {function.partition('[')[0]}" not in text:
            missing.append((name, test))
    assert missing == []


# --- planting ------------------------------------------------------------------------------


@pytest.fixture
def garden(tmp_path, monkeypatch):
    """A copy of a small checkout of its own, without Django: one function and one test."""
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")
    root, copy = tmp_path / "root", tmp_path / "copy"
    root.mkdir()
    files = {
        "sums.py": "def add(a, b):\n    return a + b  # both\n",
        "test_sums.py": "from sums import add\n\n\ndef test_add():\n    assert add(2, 1) == 3\n",
        "pytest.ini": "[pytest]\npythonpath = .\n",
        ".gitignore": "left-behind\n",
        "left-behind": "What git does not know is not copied.",
    }
    for name, text in files.items():
        (root / name).write_text(text)
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    return Garden(root, copy)


def fault(**fields):
    named = {"name": "a", "harm": "B.", "file": "sums.py", "old": "a + b", "new": "a - b"}
    return Fault(**named | {"tests": ["test_sums.py"]} | fields)


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({}, Outcome.CAUGHT),
        ({"new": "b + a"}, Outcome.SURVIVED),
        ({"old": "a * b"}, Outcome.NO_PLACE),
        ({"old": "a"}, Outcome.NO_PLACE),
        ({"file": "no_such.py"}, Outcome.NO_PLACE),
        ({"new": "a +"}, Outcome.NOT_RUN),
    ],
)
def test_planted_fault_is_taken_out_again_and_its_outcome_said(garden, fields, outcome):
    before = (garden.copy / "sums.py").read_text()
    assert garden.plant(fault(**fields))[0] is outcome
    assert (garden.copy / "sums.py").read_text() == before
    assert not (garden.copy / "left-behind").exists()
