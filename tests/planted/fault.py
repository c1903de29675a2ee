"""What a planted fault is, and those that are known."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).parent / "faults.toml"


@dataclass(frozen=True)
class Fault:
    """One way to break the program: `old`, which stands once in `file`, becomes `new`.

    At least one of `tests` (as pytest names them) must fail then. `harm` says in a sentence what
    people would meet.
    """

    name: str
    harm: str
    file: str
    old: str
    new: str
    tests: list[str]


def known_faults() -> list[Fault]:
    """The faults of the list, in its order."""
    return [Fault(**row) for row in tomllib.loads(LIST.read_text())["fault"]]
