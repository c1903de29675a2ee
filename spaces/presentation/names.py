"""Members' names: how somebody is called without one, and names found in typed words.

Pure: rows in, words out. Nothing here knows a story; who agreed to be named where is asked for by
a function (`replace_names`).
"""

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from spaces.models import Membership

TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "sr"})
# First names that are everyday words too: in small letters they are left as the words they are.
_EVERYDAY = """
amber april art august autumn bill chance chase dawn dean drew earnest faith frank gene grace grant
guy harmony heath hope hunter iris ivy jack jasmine jay joy june lance lily mark may melody mercy
miles olive patience peg penny pearl ray reed rich rob robin rose ruby rusty sandy skip sky summer
sue van wade ward will
"""
EVERYDAY = frozenset(_EVERYDAY.split())


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


def spoken_names(name: str) -> tuple[str, str, str]:
    """The full name, the first and the family name, without a title; "" where there is none."""
    words = unicodedata.normalize("NFC", name).split()
    while len(words) > 1 and words[0].strip(".").casefold() in TITLES:
        words = words[1:]
    family = words[-1] if len(words) > 1 and len(words[-1]) > 2 and words[-1].isalpha() else ""
    return " ".join(words), words[0] if words else "", family


def spelled(word: str) -> str:
    """A pattern for a word; an i is found with its dot, without it, or with a dot of its own."""
    return re.sub("[iıIİ]\u0307?", "[iıİ]\u0307?", re.escape(word))


class Names:
    """The names of a space's people, made ready to be looked for in many texts."""

    def __init__(self, members: Iterable[Membership]):
        self.members = list(members)
        self.bearers: dict[str, list[Membership]] = {}
        self.families: set[str] = set()
        self.spoken: set[str] = set()
        for member in self.members:
            full, first, family = spoken_names(member.name)
            self.spoken |= {full, first, family} - {""}
            for key in {full.casefold(), first.casefold(), family.casefold()} - {""}:
                self.bearers.setdefault(key, []).append(member)
            self.families |= {family.casefold()} - {first.casefold()}

    @functools.cached_property
    def pattern(self) -> re.Pattern:
        longest_first = sorted(self.spoken, key=len, reverse=True)
        words = "|".join(r"\s+".join(map(spelled, name.split())) for name in longest_first)
        return re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE)

    def bearers_of(self, said: str) -> list[Membership]:
        """Whom a found word may mean; nobody when it is an everyday word in small letters."""
        key = " ".join(said.split()).casefold()
        if said.islower() and (key in EVERYDAY or key in self.families):
            return []
        # letters such as the dotless i match each other in a pattern, not in a dictionary
        return self.bearers.get(key) or self.members


def replace_names(
    text: str, names: Names, label_of: Callable[[Membership], str | None]
) -> tuple[str, set[str]]:
    """A text with its names replaced, and the names that were, as they were written.

    `label_of` gives the words that stand for a member, or None where the name may stand. Where a
    name may mean several people of whom one is not to be named, it is replaced.
    """
    replaced: set[str] = set()

    def said(found: re.Match) -> str:
        labels = {label_of(member) for member in names.bearers_of(found[0])} - {None}
        if not labels:
            return found[0]
        replaced.add(found[0])
        label = labels.pop() if len(labels) == 1 else _("a member")
        return capfirst(label) if begins_sentence(whole, found.start()) else label

    if not text or not names.bearers:
        return text, replaced
    whole = unicodedata.normalize("NFC", text)
    changed = names.pattern.sub(said, whole)
    return (changed, replaced) if replaced else (text, replaced)


def begins_sentence(text: str, place: int) -> bool:
    """True if a word at this place begins a sentence."""
    before = text[:place].rstrip(" \t\"'“”‘’«»(")
    return not before or before[-1] in ".!?…\n\r"
