"""What rows are called in the file, and words as the file writes them."""

from dataclasses import dataclass, field

from spaces.models import Space


@dataclass
class FileIds:
    """The ids of the file by the numbers of the rows; what is not in it is not in the file."""

    space: Space
    people: dict[int, str] = field(default_factory=dict)
    links: dict[int, str] = field(default_factory=dict)
    versions: dict[int, int] = field(default_factory=dict)
    hopes: dict[int, str] = field(default_factory=dict)
    signs: dict[int, str] = field(default_factory=dict)
    stories: dict[int, str] = field(default_factory=dict)
    moments: dict[int, str] = field(default_factory=dict)


def text(words: str) -> str:
    """Words over several lines; browsers end a line with two characters, the file with one."""
    return words.replace("\r\n", "\n").replace("\r", "\n") if "\r" in words else words


def line(words: str) -> str:
    """Words on one line."""
    return " ".join(words.splitlines()) if "\n" in words or "\r" in words else words


def grouped(pairs) -> dict:
    """The second of each pair, listed by the first."""
    found: dict = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
