"""Who is shown how, and whose names may stand in told words. Pure: rows in, words out.

Outside the space everybody but a teller who chose to be named appears by practice or role; a
teller under another name, or without any trace, appears nowhere by name, place or a date finer
than a quarter, inside the space as well (docs/readings.md, Names outside the space).
"""

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spaces.models import Membership
from valuecreation.cycles import GROUP, OTHER_GROUP, Audience, Precision
from valuecreation.models import Attribution, Consent, Moment, Story

PSEUDONYM_KEY = "x-pseudonym"
TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "sr"})
# First names that are everyday words too: in small letters they are left as the words they are.
_EVERYDAY = """
amber april art august autumn bill chance chase dawn dean drew earnest faith frank gene grace grant
guy harmony heath hope hunter iris ivy jack jasmine jay joy june lance lily mark may melody mercy
miles olive patience peg penny pearl ray reed rich rob robin rose ruby rusty sandy skip sky summer
sue van wade ward will
"""
EVERYDAY = frozenset(_EVERYDAY.split())


def is_nameless(consent: Consent | None) -> bool:
    """True when the teller chose another name or no trace: no name, place or exact day is shown."""
    return bool(consent and consent.grant.nameless)


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


def label_of(membership: Membership, consent: Consent | None, audience: str) -> str:
    """How a person appears to an audience; `consent` is the one they gave as teller, else None."""
    if consent is None:
        return membership.name if audience == Audience.SPACE else practice_of(membership)
    if consent.attribution == Attribution.NAMED:
        return membership.name
    if consent.attribution == Attribution.ROLE:
        return practice_of(membership)
    if consent.attribution == Attribution.PSEUDONYM:
        return consent.extra.get(PSEUDONYM_KEY) or _("a member under another name")
    return _("a member")


def agreed_to_be_named(membership: Membership, story: Story, step=None) -> bool:
    """True if a third party agreed to be named in this step, or in the whole story."""
    if not isinstance(story.third_parties, list):
        return False
    here = {str(step.order), step.moment.ref} if step else set()
    return any(
        entry.get("person") == membership.ref
        and (not entry.get("steps") or not here.isdisjoint(map(str, entry["steps"])))
        for entry in story.third_parties
        if isinstance(entry, dict)
    )


def shown_as(
    membership: Membership,
    story: Story,
    audience: str,
    *,
    step=None,
    consent: Consent | None = None,
) -> str:
    """How anybody in a story appears to an audience: its teller, an agent, somebody it was for."""
    if membership.pk == story.teller_id:
        return label_of(membership, consent or story.consent, audience)
    if agreed_to_be_named(membership, story, step):
        return membership.name
    return label_of(membership, None, audience)


def agent_label(moment: Moment, story: Story, audience: str, *, step=None, consent=None) -> str:
    """Who did it, as the audience may know."""
    if moment.agent:
        return shown_as(moment.agent, story, audience, step=step, consent=consent)
    return _("people of another space") if moment.agent_word == OTHER_GROUP else _("the group")


def for_whom_label(moment: Moment, story: Story, audience: str, *, step=None, consent=None) -> str:
    """For whom it was of value, as the audience may know; empty when nobody said."""
    if moment.for_whom:
        return shown_as(moment.for_whom, story, audience, step=step, consent=consent)
    words = {GROUP: _("the group"), OTHER_GROUP: _("people of another space")}
    return words.get(moment.for_word, moment.for_word)


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


def words_for(
    text: str,
    story: Story,
    audience: str,
    members: "Names | Iterable[Membership]",
    *,
    step=None,
    consent: Consent | None = None,
) -> str:
    """A teller's words as an audience may read them, names replaced by practices.

    `step` says in which step the words stand (a third party may have agreed to one step only);
    `consent` stands for one that is not given yet, for a preview.
    """
    names = members if isinstance(members, Names) else Names(members)
    given = consent or story.consent
    if not names.bearers or not text:
        return text

    def hidden(member: Membership) -> bool:
        if member.pk == story.teller_id:
            return bool(given) and given.attribution != Attribution.NAMED
        return audience != Audience.SPACE and not agreed_to_be_named(member, story, step)

    def said(found: re.Match) -> str:
        bearers = [member for member in names.bearers_of(found[0]) if hidden(member)]
        labels = {shown_as(member, story, audience, step=step, consent=given) for member in bearers}
        if not labels:
            return found[0]
        label = labels.pop() if len(labels) == 1 else _("a member")
        return capfirst(label) if begins_sentence(whole, found.start()) else label

    whole = unicodedata.normalize("NFC", text)
    changed = names.pattern.sub(said, whole)
    return text if changed == whole else changed


def typed_words(text: str, names: Names) -> tuple[str, set[str]]:
    """Words that stand in no story, each name in them a practice, and the names replaced.

    Nobody has agreed to be named in them.
    """
    replaced: set[str] = set()

    def practice(found: re.Match) -> str:
        labels = {practice_of(member) for member in names.bearers_of(found[0])}
        if not labels:
            return found[0]
        replaced.add(found[0])
        label = labels.pop() if len(labels) == 1 else _("a member")
        return capfirst(label) if begins_sentence(text, found.start()) else label

    return (names.pattern.sub(practice, text) if names.bearers else text), replaced


def begins_sentence(text: str, place: int) -> bool:
    """True if a word at this place begins a sentence."""
    before = text[:place].rstrip(" \t\"'“”‘’«»(")
    return not before or before[-1] in ".!?…\n\r"


def known_to(day: dt.date, precision: str, consent: Consent | None) -> tuple[dt.date, str]:
    """A date as exactly as it may be shown: for a nameless teller no finer than the quarter."""
    if is_nameless(consent) and precision in (Precision.DAY, Precision.MONTH):
        return quarter_of(day), Precision.QUARTER
    return day, precision


def quarter_of(day: dt.date) -> dt.date:
    """The first day of the quarter that a day is in."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def date_words(day: dt.date, precision: str = Precision.DAY) -> str:
    """A date in words, as exactly as it is known."""
    return _date_words(day, precision, get_language())


@functools.lru_cache(maxsize=4096)
def _date_words(day: dt.date, precision: str, _language: str) -> str:
    if precision == Precision.YEAR:
        return str(day.year)
    if precision == Precision.QUARTER:
        first = quarter_of(day)
        months = {"first": first, "last": first.replace(month=first.month + 2)}
        said = {name: date_format(month, "F") for name, month in months.items()}
        return _("%(first)s–%(last)s %(year)s") % (said | {"year": day.year})
    if precision == Precision.MONTH:
        return date_format(day, "F Y")
    return date_format(day, "j F Y")
