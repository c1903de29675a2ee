"""Members' names: how somebody is called without one, and names found in typed words.

Pure: rows in, words out. Nothing here knows a story; who agreed to be named where is asked for by
a function (`replace_names`).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from spaces.models import Membership
from spaces.presentation.spellings import (
    BETWEEN,
    LETTERS,
    RUN_ON,
    WRITTEN_ON,
    PlainText,
    may_run_on,
    parts_of,
    plain,
    without_title,
)

# First names that are everyday words too: in small letters they are left as the words they are.
_EVERYDAY = """
amber angel april art august autumn bill chance chase dawn dean drew earnest faith frank gene grace
grant guy harmony heath hope hunter iris ivy jack jasmine jay joy june lance lily mark may melody
mercy miles olive patience peg penny pearl ray reed rich rob robin rose ruby rusty sandy skip sky
summer sue van wade ward will
"""
EVERYDAY = frozenset(_EVERYDAY.split())


def is_also_a_word(name: str, practices: Iterable[str]) -> bool:
    """True for a name of one word that people write for other things, too: Hope, nurse, bear.

    It is an everyday word, stands in what somebody here does, or is written in small letters.
    """
    words = LETTERS.findall(plain(name))
    if len(words) != 1 or "@" in name:
        return False
    small = name == name.lower() and name != name.upper()
    return small or words[0] in EVERYDAY or words[0] in words_of_practices(practices)


def words_of_practices(practices: Iterable[str]) -> set[str]:
    """The words in which people say what they do."""
    return {word for practice in practices for word in LETTERS.findall(plain(practice))}


def practice_of(membership: Membership) -> str:
    """The name-free label: the practice with its article, else the role, else "a member"."""
    if membership.practice:
        return with_article(membership.practice)
    roles = [role.role for role in membership.roles.all()] if membership.outside else []
    words = {"sponsor": _("the sponsor"), "evaluator": _("the evaluator")}
    return next((words[role] for role in roles if role in words), _("a member"))


def with_article(practice: str) -> str:
    """ "vascular nurse" becomes "a vascular nurse"; what begins with an article is left alone."""
    if re.match(r"(an?|the)\s", practice, re.IGNORECASE):
        return practice
    said = {"practice": practice}
    if practice[:1].lower() in "aeiou":
        return _("an %(practice)s") % said
    return _("a %(practice)s") % said


@dataclass(frozen=True)
class FoundName:
    """A place in a text where somebody is called, and who may be meant."""

    start: int
    end: int
    said: str
    bearers: tuple[Membership, ...]


ADDRESS = re.compile(r"[^\s@<>()\[\]\"',;]*@[^\s@<>()\[\]\"',;]*[^\s@<>()\[\]\"',;.!?:]")
OWN_ID = re.compile(r"(?<!\w)[A-Za-z]{1,3}\d{2,}(?!\w)")
IN_ADDRESS = 3  # letters of a name by which an address is taken for its bearer's


class Names:
    """The names of a space's people, made ready to be looked for in many texts.

    Every name that somebody has or had, its parts and spellings, and their addresses. A part of a
    name that is written in small letters and may be a word is left: those who read a release
    before it is frozen are shown it.
    """

    def __init__(
        self,
        members: Iterable[Membership],
        *,
        beside: Mapping[int, Collection[str]] | None = None,
        addresses: Mapping[int, str] | None = None,
    ):
        """`beside` are the other names of members, `addresses` their e-mail, by member."""
        self.members, self.addresses = list(members), dict(addresses or {})
        self.bearers: dict[tuple[str, ...], list[Membership]] = defaultdict(list)
        self.given: set[str] = set()
        self.words = EVERYDAY | words_of_practices(member.practice for member in self.members)
        self.ids: dict[str, list[Membership]] = defaultdict(list)
        for member in self.members:
            self._learn(member.name, member)
            for name in (beside or {}).get(member.pk, ()):
                self._learn(name, member, beside=True)
            self.ids[member.ref.casefold()].append(member)
        self.longest = max(map(len, self.bearers), default=0)
        singles = {words[0] for words in self.bearers if len(words) == 1}
        run_on = sorted(filter(may_run_on, singles), key=len, reverse=True)
        self.run_on = re.compile("|".join(map(re.escape, run_on))) if run_on else None

    def _learn(self, name: str, member: Membership, *, beside: bool = False) -> None:
        for words in parts_of(name):
            if member not in self.bearers[words]:
                self.bearers[words].append(member)
        first = without_title(name)[:1]
        as_a_word = beside and name == name.lower() != name.upper()  # it was noted as one
        if first and not as_a_word:
            self.given.update(LETTERS.findall(plain(first[0]))[:1])

    def found_in(self, text: str) -> Iterator[FoundName]:
        """Every place in a text where somebody is called, one after another."""
        if not self.bearers or not text:
            return
        letters, last = PlainText.of(text), 0
        places = [*self._in_addresses(text), *self._in_words(letters), *self._ids_in(text)]
        for place in sorted(places, key=lambda one: (one.start, -one.end)):
            if place.start >= last:
                last = place.end
                yield place

    def _in_words(self, letters: PlainText) -> Iterator[FoundName]:
        words = list(LETTERS.finditer(letters.plain))
        here = 0
        while here < len(words):
            found, many = self._at(letters, words, here)
            yield from found
            here += many

    def _at(self, letters: PlainText, words: list[re.Match], here: int):
        """Who is called by the words from one on, and how many words that takes."""
        for many in range(min(self.longest, len(words) - here), 0, -1):
            some = words[here : here + many]
            gaps = pairwise(some)
            key = tuple(word[0] for word in some)
            if key in self.bearers and all(
                BETWEEN.fullmatch(letters.plain, one.end(), other.start()) for one, other in gaps
            ):
                found = self._called(letters, some[0].start(), some[-1].end(), key)
                if found:
                    return [found], many
        return list(self._inside(letters, words[here])), 1

    def _inside(self, letters: PlainText, word: re.Match) -> Iterator[FoundName]:
        """Names inside a longer word: where a script sets no space, or writes small words on."""
        if self.run_on and RUN_ON.search(word[0]):
            for part in self.run_on.finditer(word[0]):
                start, end = word.start() + part.start(), word.start() + part.end()
                if found := self._called(letters, start, end, (part[0],)):
                    yield found
        elif (before := WRITTEN_ON.match(word[0])) and before[0]:
            for cut in range(before.end(), 0, -1):
                start = word.start() + cut
                key = (word[0][cut:],)
                if key in self.bearers and (found := self._called(letters, start, word.end(), key)):
                    yield found
                    return

    def _called(self, letters: PlainText, first: int, last: int, key: tuple[str, ...]):
        """Who is called at a place; nobody where the word may be one of the language."""
        start, end = letters.place(first, last)
        said = letters.text[start:end]
        if len(key) == 1:
            given = key[0] in self.given and key[0] not in self.words
            if is_a_word(said, key[0], given=given):
                return None
        return FoundName(start, end, said, tuple(self.bearers[key]))

    def _in_addresses(self, text: str) -> Iterator[FoundName]:
        """E-mail addresses and handles that hold somebody's name, or are theirs."""
        for found in ADDRESS.finditer(text) if "@" in text else ():
            letters = "".join(LETTERS.findall(plain(found[0])))
            meant = dict.fromkeys(
                member
                for words, bearers in self.bearers.items()
                if len(words) == 1 and len(words[0]) >= IN_ADDRESS and words[0] in letters
                for member in bearers
            )
            own = (m for m in self.members if self.addresses.get(m.pk) == found[0].casefold())
            meant |= dict.fromkeys(own)
            if meant:
                yield FoundName(found.start(), found.end(), found[0], tuple(meant))

    def _ids_in(self, text: str) -> Iterator[FoundName]:
        """The ids by which people are called in files."""
        for found in OWN_ID.finditer(text):
            if bearers := self.ids.get(found[0].casefold()):
                yield FoundName(found.start(), found.end(), found[0], tuple(bearers))


def is_a_word(said: str, plain_word: str, *, given: bool) -> bool:
    """True if what is said like a name may be a word: in small letters, of those that have any.

    A `given` name, which is no everyday word, is one in small letters, too.
    """
    if said == said.upper() == said.lower():  # a script without small letters
        return False
    if len(plain_word) == 2:
        return not said[:1].isupper()
    small = said == said.lower()
    return small and (plain_word in EVERYDAY or (not given and plain_word.isascii()))


def replace_names(
    text: str, names: Names, label_of: Callable[[Membership], str | None]
) -> tuple[str, set[str]]:
    """A text with its names replaced, and the names that were, as they were written.

    `label_of` gives the words that stand for a member, or None where the name may stand. Where a
    name may mean several people of whom one is not to be named, it is replaced.
    """
    replaced: set[str] = set()
    whole, pieces, last = unicodedata.normalize("NFC", text), [], 0
    for found in names.found_in(whole):
        labels = {label_of(member) for member in found.bearers} - {None}
        if not labels:
            continue
        replaced.add(found.said)
        label = labels.pop() if len(labels) == 1 else _("a member")
        begins = begins_sentence(whole, found.start)
        pieces += [whole[last : found.start], capfirst(label) if begins else label]
        last = found.end
    return ("".join([*pieces, whole[last:]]), replaced) if replaced else (text, replaced)


def begins_sentence(text: str, place: int) -> bool:
    """True if a word at this place begins a sentence."""
    before = text[:place].rstrip(" \t\"'“”‘’«»(")
    return not before or before[-1] in ".!?…\n\r"
