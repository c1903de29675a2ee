"""The kinds of single values a key may hold: how each is read, written back and moved in time."""

import difflib
import re
from datetime import date

from django.utils.translation import gettext as _

from spacefile.faults import Place, shown
from spacefile.periods import (
    FIRST_YEAR,
    LAST_YEAR,
    QUARTER,
    day_of,
    days_of,
    shifted_period,
)
from spacefile.values import LONGEST_TEXT, Unreadable, unfit

INVALID = object()  # what a kind answers when it has noted a fault


class Kind:
    """A kind of value. `read` notes a fault and answers INVALID for what does not fit."""

    free_keys = False

    def read(self, value, place: Place):
        if isinstance(value, Unreadable):
            place.fault(value, value.problem, value.mend)
            return INVALID
        return self.take(value, place)

    def take(self, value, place: Place):
        raise NotImplementedError

    def plain(self, value):
        """The value as plain data to be written."""
        return value

    def shifted(self, value, quarters: int):
        """The value so many quarters on; most do not move."""
        return value


def refuse(place: Place, value, problem: str, mend: str):
    """Note a fault and answer INVALID."""
    place.fault(value, problem, mend)
    return INVALID


class Text(Kind):
    """Words, over several lines if need be."""

    def __init__(self, longest: int = LONGEST_TEXT, blank: bool = True):
        self.longest = longest
        self.blank = blank

    def take(self, value, place):
        if not isinstance(value, str):
            return refuse(place, value, _("This is not a text."), self._mend(value))
        wrong = unfit(value)
        if wrong:
            return refuse(place, value, wrong.problem, wrong.mend)
        if not self.blank and not value.strip():
            return refuse(place, None, _("This is empty."), _("Write a few words."))
        if len(value) > self.longest:
            problem = _("This has %(count)s characters; the most here is %(most)s.")
            said = problem % {"count": len(value), "most": self.longest}
            return refuse(place, value, said, _("Shorten it."))
        return value

    def _mend(self, value) -> str:
        if isinstance(value, list | dict):
            return _("Write words in quotes instead of a list or a record.")
        return _('Put it in quotes: "%(text)s".') % {"text": shown(value)}


class Words(Text):
    """A short text on one line, such as a name."""

    def take(self, value, place):
        got = super().take(value, place)
        if got is not INVALID and "\n" in got:
            return refuse(place, value, _("This runs over several lines."), _("Write one line."))
        return got


class Code(Text):
    """A text of a given pattern, such as an id."""

    def __init__(self, pattern: str, mend, longest: int = 40):
        super().__init__(longest, blank=False)
        self.pattern = re.compile(pattern)
        self.mend = mend

    def take(self, value, place):
        got = super().take(value, place)
        if got is INVALID or self.pattern.fullmatch(got):
            return got
        return refuse(place, value, _("This cannot serve as a name here."), str(self.mend))


class Choice(Kind):
    """One of a closed list of words."""

    def __init__(self, words: tuple[str, ...]):
        self.words = words

    def read(self, value, place):
        if isinstance(value, str) and value in self.words:
            return value
        if isinstance(value, bool) and str(value).lower() in self.words:
            word = str(value).lower()
            problem = _("YAML reads this word as true or false.")
            return refuse(
                place, value, problem, _('Put it in quotes: "%(word)s".') % {"word": word}
            )
        return super().read(value, place)

    def take(self, value, place):
        said = {"words": ", ".join(self.words), "word": ""}
        near = difflib.get_close_matches(str(value)[:60].lower(), self.words, 1)
        if near:
            said["word"] = near[0]
            mend = _("Did you mean %(word)s? One of: %(words)s.") % said
        else:
            mend = _("Write one of: %(words)s.") % said
        return refuse(place, value, _("This word is not known here."), mend)


class Day(Kind):
    """A date."""

    def take(self, value, place):
        day = value if isinstance(value, date) else None
        if isinstance(value, str):
            day = day_of(value)
        if day and FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
        problem = _("This is not a day between 1900 and 2199.")
        return refuse(place, value, problem, _("Write year, month and day, as in 2025-02-11."))

    def shifted(self, value, quarters):
        return value + quarters * QUARTER if value else value


class Period(Kind):
    """A year, half-year, quarter, month or day, as text."""

    def take(self, value, place):
        text = "" if isinstance(value, bool | list | dict) else str(value)
        if days_of(text):
            return text
        mend = _("Write a period such as 2025, 2025-H1, 2025-Q1, 2025-03 or 2025-03-14.")
        return refuse(place, value, _("This is not a period."), mend)

    def shifted(self, value, quarters):
        return shifted_period(value, quarters) if value else value


class Whole(Kind):
    """A whole number within bounds."""

    def __init__(self, least: int, most: int):
        self.least, self.most = least, most

    def take(self, value, place):
        whole = isinstance(value, int) and not isinstance(value, bool)
        if whole and self.least <= value <= self.most:
            return value
        bounds = {"least": self.least, "most": self.most}
        problem = _("This is not a whole number from %(least)s to %(most)s.") % bounds
        return refuse(place, value, problem, _("Write a number such as %(least)s.") % bounds)


class Number(Kind):
    """A number, whole or with a fraction."""

    def take(self, value, place):
        if is_number(value):
            return value
        return refuse(place, value, _("This is not a number."), _("Write a number such as 12.5."))


class Flag(Kind):
    """True or false."""

    def take(self, value, place):
        if isinstance(value, bool):
            return value
        problem = _("This is neither true nor false.")
        return refuse(place, value, problem, _("Write true or false, without quotes."))


class Value(Kind):
    """What was observed: a number, a text, true or false, or [numerator, denominator].

    Which of them fits depends on the indicator, so the rules for indicators ask again.
    """

    def take(self, value, place):
        if isinstance(value, str):
            return Text(blank=False).read(value, place)
        if isinstance(value, bool) or is_number(value):
            return value
        if isinstance(value, list) and len(value) == 2 and all(is_number(part) for part in value):
            return tuple(value)
        problem = _("This is not a value that an indicator can have.")
        mend = _("Write a number, [numerator, denominator], a text in quotes, true, false or null.")
        return refuse(place, value, problem, mend)

    def plain(self, value):
        return list(value) if isinstance(value, tuple) else value


class Target(Kind):
    """What is aimed at: a number, or true or false."""

    def take(self, value, place):
        if isinstance(value, bool):
            return value
        return Number().take(value, place)


class Mention(Kind):
    """A step of the same story: its number, or its name as in S1.4."""

    def take(self, value, place):
        if isinstance(value, int) and not isinstance(value, bool):
            return Whole(1, 9999).take(value, place)
        return Words(80, blank=False).take(value, place)


def is_number(value) -> bool:
    """True for a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
