"""A copy of the checkout in which faults are planted, one at a time."""

import os
import re
import shutil
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

from tests.planted.fault import Fault

ALL_PASSED, SOME_FAILED = 0, 1  # what pytest ends with; anything else means that it did not run


class Outcome(StrEnum):
    """What came of a planted fault."""

    CAUGHT = "caught"
    SURVIVED = "SURVIVED"
    NO_PLACE = "cannot be planted: the text is not there"
    NOT_RUN = "the tests could not be run"


def outcome_of(status: int, said: str) -> Outcome:
    """What pytest's status and words mean; that it broke down itself proves nothing."""
    if status == ALL_PASSED:
        return Outcome.SURVIVED
    ran = re.search(r"^\d+ (failed|error)", said, re.MULTILINE)
    return Outcome.CAUGHT if status == SOME_FAILED and ran else Outcome.NOT_RUN


class Garden:
    """A copy of the files of a checkout; the tests run in it with this very Python."""

    def __init__(self, root: Path, copy: Path):
        self.copy = copy
        listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(listing, cwd=root, capture_output=True, text=True, check=True)
        for name in filter(None, listed.stdout.split("\0")):
            if (root / name).is_file():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / name, copy / name)

    def plant(self, fault: Fault) -> tuple[Outcome, str]:
        """Plant a fault, run its tests and take it out again; the outcome and what pytest said."""
        file = self.copy / fault.file
        whole = file.read_text() if file.exists() else ""
        if whole.count(fault.old) != 1:
            return Outcome.NO_PLACE, ""
        file.write_text(whole.replace(fault.old, fault.new))
        try:
            status, said = self.run(fault.tests)
        finally:
            file.write_text(whole)
        return outcome_of(status, said), said

    def run(self, tests) -> tuple[int, str]:
        """Run some tests in the copy until one fails; pytest's status and words.

        Of the plugins only Django's is loaded, and xdist, which the project's options name.
        """
        plugins = ["no:cacheprovider", "pytest_django.plugin", "xdist"]
        quickly = ["-x", "-q", "-n", "0", *(word for name in plugins for word in ("-p", name))]
        command = [sys.executable, "-m", "pytest", *quickly, *tests]
        ours = {"DATA_DIR": str(self.copy / ".data"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        ended = subprocess.run(
            command, cwd=self.copy, env=os.environ | ours, capture_output=True, text=True
        )
        return ended.returncode, ended.stdout + ended.stderr
