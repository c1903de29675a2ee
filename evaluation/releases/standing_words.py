"""Words of a release that may still be names: shown to a second reader before it is frozen. Pure.

Names in another case than the one they are known by (Tomasza, Jürgens), misspelt ones and those of
people outside the space are found by nobody but a reader. So every word with a capital is shown,
and every one that begins like a member's name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from spaces.presentation.names import Names, begins_sentence
from spaces.presentation.spellings import plain

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LIKE = 4  # letters that a word has in common with a name's beginning to be taken for one
AROUND = 40  # letters shown on either side


@dataclass
class StandingWords:
    """The words that pass by in the texts of a release, each with a place where it stands."""

    names: Names
    capitals: dict[str, str] = field(default_factory=dict)
    beginning: dict[str, str] = field(default_factory=dict)  # with a capital as a sentence begins
    small: set[str] = field(default_factory=set)

    def __post_init__(self):
        singles = {words[0] for words in self.names.bearers if len(words) == 1}
        self.beginnings = {name[:LIKE] for name in singles if len(name) >= LIKE}
        self.known = singles

    def look_through(self, text: str) -> None:
        """Note the words of one text."""
        for found in WORD.finditer(text):
            word = found[0]
            if word == word.lower() == word.upper() or len(word) < 2:
                continue
            if word[0].islower():
                self.small.add(word)
                if self._like_a_name(word):
                    self.capitals.setdefault(word, around(text, found))
            elif self._like_a_name(word) or not begins_sentence(text, found.start()):
                self.capitals.setdefault(word, around(text, found))
            else:
                self.beginning.setdefault(word, around(text, found))

    def _like_a_name(self, word: str) -> bool:
        letters = plain(word)
        return letters in self.known or letters[:LIKE] in self.beginnings

    @property
    def standing(self) -> dict[str, str]:
        """The words to be settled, each with a place; one that begins a sentence and stands in
        small letters elsewhere is a word."""
        begin = {
            word: place for word, place in self.beginning.items() if word.lower() not in self.small
        }
        return dict(sorted((begin | self.capitals).items()))


def around(text: str, found: re.Match) -> str:
    """A word with some of what stands around it."""
    first, last = max(0, found.start() - AROUND), found.end() + AROUND
    return f"{'…' * (first > 0)}{' '.join(text[first:last].split())}{'…' * (last < len(text))}"


def settling(settled: Mapping[str, str]) -> re.Pattern | None:
    """Finds the words that a second reader has replaced."""
    words = sorted((word for word, instead in settled.items() if instead), key=len, reverse=True)
    if not words:
        return None
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, words))})(?![^\W_])")
