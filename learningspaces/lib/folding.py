"""Words as a search takes them: without accents, case, width and line ends.

>>> folded("CAFÉ in  Zürich")
'cafe in zurich'
"""

import unicodedata
from collections.abc import Iterable

# Marks over and under a letter fall away: accents, and the vowel points of Hebrew and Arabic. Marks
# without which a word is another one in scripts of Asia have other classes, and stay.
ACCENTS = frozenset([*range(10, 36), *range(200, 241)])
# Letters that are no letter with a mark, and are typed as others where a keyboard lacks them.
ALIKE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)


def folded(text: str) -> str:
    """The words as both sides of a search are compared."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        kept = (
            char
            for char in apart
            if unicodedata.combining(char) not in ACCENTS and unicodedata.category(char) != "Cf"
        )
        text = unicodedata.normalize("NFKC", "".join(kept)).translate(ALIKE)
    return " ".join(text.lower().split())


def holding(words: str, rows: Iterable[tuple[int, str]]) -> set[int]:
    """The numbers of those rows whose text holds the words."""
    asked = folded(words)
    return {number for number, text in rows if asked in folded(text)} if asked else set()
