"""Names that would be taken for another's: in letters that look the same, turned round, shortened.

Pure: names in, an answer out. A name of one script is written with letters of another, or with
figures in the place of letters, and looks the same to whoever reads it.
"""

from collections.abc import Iterable
from itertools import combinations, product

from spaces.presentation.spellings import LETTERS, PARTICLES, parts_of, plain, without_title

# Letters of other scripts by the Latin ones for which they are taken, in both cases.
_LIKE = {
    "a": "аАαΑ4@ᴀɑ", "b": "вВΒьЬ8ʙ", "c": "сСϲϹᴄ", "d": "ԁԀᴅ", "e": "еЕЁёєЄεΕ3ᴇ", "f": "ϝꜰ",
    "g": "ԌԍɡɢΓ9", "h": "нНΗһҺհʜ", "i": "іІїЇιΙ1|ɪӀ", "j": "јЈϳᴊ", "k": "кКκΚᴋ", "l": "ʟӏ",
    "m": "мМΜᴍ", "n": "ηΝпПոɴ", "o": "оОοΟσ0օᴏ", "p": "рРρΡᴘ", "q": "ԛԚ", "r": "гГʀ",
    "s": "ѕЅՏ5$ꜱ", "t": "тТτΤ7ᴛ", "u": "υսᴜμ", "v": "νѵѴᴠ", "w": "ԝԜωшШᴡ", "x": "хХχΧ",
    "y": "уУγΥүҮʏ", "z": "ΖᴢƵ",
}  # fmt: skip
TAKEN_FOR = {ord(like): letter for letter, several in _LIKE.items() for like in several}
MOST_WORDS = 5  # of a name, as far as it is turned round
MOST_INITIALS = 4


def as_seen(name: str) -> set[str]:
    """A name in plain letters: as it is spelled, and as whoever reads it takes it."""
    seen = name.translate(TAKEN_FOR)
    tall = "".join(
        "l" if one in "I1|" and not before.isspace() else one
        for before, one in zip(f" {name}", name, strict=False)
    )
    first = f"I{name[1:]}" if name[:1] == "l" else name
    variants = {name, seen, tall.translate(TAKEN_FOR), first.translate(TAKEN_FOR)}
    return {plain(one) for one in variants}


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name without title, in their plain letters."""
    return tuple(LETTERS.findall(plain(" ".join(without_title(name)))))


class Likenesses:
    """The names of some people, made ready to be compared with what somebody wants to be called."""

    def __init__(self, names: Iterable[str]):
        self.written: set[str] = set()
        self.turned: set[tuple[str, ...]] = set()
        self.initials: set[tuple[str, ...]] = set()
        for name in names:
            self._learn(name)

    def _learn(self, name: str) -> None:
        for seen in as_seen(name):
            self.written |= {"".join(words) for words in parts_of(seen)}
            words = [word for word in words_of(seen) if word not in PARTICLES][:MOST_WORDS]
            for many in range(2, len(words) + 1):
                for some in combinations(words, many):
                    self.initials.add(tuple(sorted(word[0] for word in some)))
                    spelled = product(*((word, word[0]) for word in some))
                    self.turned |= {tuple(sorted(each)) for each in spelled}

    def holds(self, name: str) -> bool:
        """True if a name is one of them: whole or in part, turned round or in initials, or if it
        looks like that."""
        return any(self._holds(seen) for seen in as_seen(name)) or self._in_initials(name)

    def _holds(self, seen: str) -> bool:
        words = words_of(seen)
        several = tuple(sorted(word for word in words if word not in PARTICLES or len(word) == 1))
        return "".join(words) in self.written or (len(several) > 1 and several in self.turned)

    def _in_initials(self, name: str) -> bool:
        """True for initials in one run: NO, nao; but not for a short name with one capital."""
        letters = "".join(words_of(name.translate(TAKEN_FOR)))
        one_case = name.isupper() or name.islower()
        runs_on = one_case and 1 < len(letters) <= MOST_INITIALS
        return runs_on and tuple(sorted(letters)) in self.initials
