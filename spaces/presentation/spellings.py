"""How a name is spelled: letters without accents, case or what cannot be seen, and its parts.

Pure: text in, text out. Names and words are compared in the same plain letters, so that every
spelling of a name is one.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "sr"})
_PARTICLES = """
a af al an ap ar as av ben bin bint da das de del della den der des di do dos du e el ibn la las le
les lo los mac mc of o ould s san santa st 't te ten ter the to van ver von y zu zum zur
"""
PARTICLES = frozenset(_PARTICLES.split())
LETTERS = re.compile(r"[^\W\d_]+")
BETWEEN = re.compile(r"\s*[.'_-]?\s*")  # what may stand between two words of one name
UNSEEN = frozenset({"Cf", "Mn", "Me"})
ALONE = {"ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
SAME_MARK = {**dict.fromkeys("’‘ʼ`´＇ʹ", "'"), **dict.fromkeys("‐‑‒–—−﹣－", "-")}
SPELLED_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ß": "ss"}
# Scripts that set no space between words, or tie endings to a name: Han, kana, Hangul; Thai, Lao,
# Myanmar, Khmer, Tibetan.
RUN_ON = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
IDEOGRAPHS = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
# Letters that Arabic and Hebrew write onto the word that follows: and, by, for, like, the.
WRITTEN_ON = re.compile("[وفبلك]?(?:ال|لل)?|[ושהבכלמ]{1,2}")


@dataclass(frozen=True)
class PlainText:
    """A text in plain letters; `places` says where in the text each came from, if not in place."""

    text: str
    plain: str
    places: list[int] | None = None

    @classmethod
    def of(cls, text: str) -> "PlainText":
        if text.isascii():
            return cls(text, text.lower())
        letters, places = [], []
        for place, letter in enumerate(text):
            for plain in plain_letter(letter):
                letters.append(plain)
                places.append(place)
        return cls(text, "".join(letters), places)

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Where a stretch of plain letters stands in the text, with the marks on its letters."""
        if self.places is None:
            return first, last
        start, end = self.places[first], self.places[last - 1] + 1
        while end < len(self.text) and unicodedata.category(self.text[end]) in UNSEEN:
            end += 1
        return start, end


@functools.lru_cache(maxsize=8192)
def plain_letter(letter: str) -> str:
    """A letter without its accents and its case; nothing for what cannot be seen."""
    small = unicodedata.normalize("NFKD", letter.casefold()).casefold()
    kept = (one for one in small if unicodedata.category(one) not in UNSEEN)
    return "".join(SAME_MARK.get(one, ALONE.get(one, one)) for one in kept)


def plain(text: str) -> str:
    """A text in plain letters."""
    return PlainText.of(text).plain


def key_of(name: str) -> str:
    """The plain letters of a whole name; two names with the same are one name."""
    return "".join(LETTERS.findall(plain(" ".join(without_title(name)))))


def without_title(name: str) -> list[str]:
    """The words of a name without what stands before it: Dr, Mrs."""
    words = unicodedata.normalize("NFC", name).split()
    while len(words) > 1 and words[0].strip(".").casefold() in TITLES:
        words = words[1:]
    return words


def spellings(name: str) -> Iterator[str]:
    """A name as it stands, and as those write it who have no dots or rings to set on letters."""
    yield name
    out = "".join(SPELLED_OUT.get(one, one) for one in unicodedata.normalize("NFC", name).lower())
    if out != name.lower():
        yield out


def parts_of(name: str) -> Iterator[tuple[str, ...]]:
    """All by which somebody may be called, each as the plain words it is made of.

    >>> sorted(parts_of("Siobhán O'Brien"))
    [('brien',), ('o', 'brien'), ('obrien',), ('siobhan',), ('siobhan', 'o', 'brien'),
     ('siobhanobrien',)]
    """
    for spelling in spellings(" ".join(without_title(name))):
        compounds = [tuple(LETTERS.findall(plain(word))) for word in spelling.split()]
        whole = tuple(word for compound in compounds for word in compound)
        for several in [whole, *compounds]:
            if several and (several == whole or not PARTICLES.issuperset(several)):
                yield from {several, ("".join(several),)}
        yield from ((word,) for word in whole if may_stand_alone(word))
        if len(compounds) == 1 and len(whole) == 1:
            yield from ((part,) for part in run_on_parts(whole[0]))


def may_stand_alone(word: str) -> bool:
    """True if a word of a name is enough to tell whose it is."""
    return word not in PARTICLES and len(word) > 1


def run_on_parts(word: str) -> set[str]:
    """Family and given name of a name written in one, as 田中 and 美咲 of 田中美咲."""
    if not IDEOGRAPHS.match(word) or not 3 <= len(word) <= 6:
        return set()
    cuts = range(1, len(word))
    parts = {part for cut in cuts for part in (word[:cut], word[cut:])}
    return {part for part in parts if 2 <= len(part) < len(word)}


def may_run_on(word: str) -> bool:
    """True for a part of a name that is found inside longer words, as its script writes them."""
    if not RUN_ON.match(word):
        return False
    return len(word) >= (2 if IDEOGRAPHS.match(word) else 3)
