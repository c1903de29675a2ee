"""The plain data of a space file as read, before anybody asks what it means."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from learningspaces.lib.text import MAX_TEXT

LONGEST_KEY = 120
MOST_DIGITS = 15
MOST_PLACES = 12
EXTRA = "x-"
YAML_KEYS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false"])

# Tab and line feed are the only control characters of a text; half a surrogate is no character.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Unreadable:
    """A value that no field can take, with the reason and what to write instead."""

    typed: str
    problem: str
    mend: str
    absent: bool = False  # it stands for a key that is not there

    def __str__(self) -> str:
        return self.typed


def ambiguous(typed: str) -> Unreadable:
    """`no`, `on` and the like, which YAML programs read in different ways."""
    mend = _('Put it in quotes: "%(word)s"; or write true or false if that is meant.')
    return Unreadable(typed, _("YAML reads this word as true or false."), mend % {"word": typed})


def odd_number(typed: str) -> Unreadable:
    """0x1F, 017, 1_000 or 12:30, which YAML programs read as various numbers."""
    mend = _('Put it in quotes if it is a text: "%(text)s"; or write a plain number such as 12.5.')
    problem = _("YAML programs read this as different numbers.")
    return Unreadable(typed, problem, mend % {"text": typed})


def too_long_number(typed: str) -> Unreadable:
    """A number with more digits than can be kept exactly."""
    most = {"digits": MOST_DIGITS, "places": MOST_PLACES}
    problem = _(
        "This number has more than %(digits)s digits, or more than %(places)s after the point."
    )
    mend = _("Write a shorter number, or put it in quotes if it is a text.")
    return Unreadable(typed, problem % most, mend)


def no_number(typed: str) -> Unreadable:
    """NaN and Infinity."""
    mend = _("Leave it out, or write null for what is not known.")
    return Unreadable(typed, _("This is not a number."), mend)


def alias(name: str) -> Unreadable:
    """A reference to something written elsewhere in the file."""
    return Unreadable(f"*{name}", _("Aliases are not read."), _("Write out here what is meant."))


def no_such_day(typed: str) -> Unreadable:
    """A date that the calendar does not have, or that nobody means."""
    problem = _("There is no such day between 1900 and 2199.")
    return Unreadable(typed, problem, _("Write a day such as 2025-02-11."))


def whole_number(typed: str) -> int | Unreadable:
    """The whole number typed, unless it is too long to keep."""
    digits = typed.lstrip("+-").lstrip("0")
    return int(typed) if len(digits) <= MOST_DIGITS else too_long_number(typed[:80])


def decimal_number(typed: str) -> int | float | Unreadable:
    """The number typed; short enough for a float to give it back, whole without a fraction."""
    try:
        number = Decimal(typed) if len(typed) <= 2 * MOST_DIGITS else None
    except InvalidOperation:
        number = None
    if number is None:
        return too_long_number(typed[:80])
    sign, digits, exponent = number.as_tuple()
    while len(digits) > 1 and digits[-1] == 0:
        digits, exponent = digits[:-1], exponent + 1
    if digits == (0,):
        return 0
    if max(len(digits), len(digits) + exponent) > MOST_DIGITS or -exponent > MOST_PLACES:
        return too_long_number(typed)
    number = Decimal((sign, digits, exponent))
    return float(number) if exponent < 0 else int(number)


def unfit(text: str, longest: int = MAX_TEXT) -> Unreadable | None:
    """Why a text cannot be kept, or None."""
    if len(text) > longest:
        problem = _("This text has %(count)s characters; the most is %(most)s.")
        said = {"count": len(text), "most": longest}
        return Unreadable(text[:80], problem % said, _("Shorten it."))
    if found := FORBIDDEN.search(text):
        problem = _("This text holds the control character U+%(code)04X.") % {"code": ord(found[0])}
        return Unreadable(text[:80], problem, _("Delete it; only tabs and new lines are allowed."))
    return None


def record(pairs) -> dict:
    """A mapping as read; a key that stands in it more than once holds that fault."""
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set = set()
        for key, __ in pairs:
            if key in seen:
                problem = _("This key stands here more than once.")
                found[key] = Unreadable("", problem, _("Keep one of them, delete the others."))
            seen.add(key)
    return found


def is_number(value) -> bool:
    """True for a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def kept(value):
    """What an `x-` key holds as plain JSON data, or the first thing in it that cannot be kept."""
    if isinstance(value, list):
        items = [kept(item) for item in value]
        return next((item for item in items if isinstance(item, Unreadable)), items)
    if isinstance(value, dict):
        pairs = {key: kept(item) for key, item in value.items()}
        wrong = [unfit(key, LONGEST_KEY) for key in pairs if unfit(key, LONGEST_KEY)]
        wrong += [
            replace(item, typed=item.typed or key)
            for key, item in pairs.items()
            if isinstance(item, Unreadable)
        ]
        return wrong[0] if wrong else pairs
    if isinstance(value, date):
        return value.isoformat()
    return (unfit(value) or value) if isinstance(value, str) else value


# --- what cannot be read at all ------------------------------------------------------------

DEEPEST = 40
Piece = tuple[str, int, object]  # a key of the file; the number of a record in its list, or 0


class Unparsable(Exception):
    """The file cannot be read beyond this place."""

    def __init__(self, problem: str, mend: str, record: str = ""):
        super().__init__(problem)
        self.problem, self.mend, self.record = problem, mend, record


def layout() -> str:
    """How a space file begins."""
    return _("Begin with as_of, space, participants, stories and flows, each on its own line.")


def not_a_space() -> Unparsable:
    """That the file holds something else than a record."""
    return Unparsable(_("This is a list or a single value, not a space."), layout())


def too_deep(record: str = "") -> Unparsable:
    """That lists and records lie too deep in each other."""
    problem = _("Lists and records lie more than %(count)s deep in each other.")
    mend = _("Write the file as the worked example is written.")
    return Unparsable(problem % {"count": DEEPEST}, mend, record)


def place(line: int, column: int) -> str:
    """Where in the text something stands."""
    return _("Line %(line)s, column %(column)s") % {"line": line, "column": column}
