"""Days as fine as may be known: as text that sorts and travels, and in words.

The text is ISO: 2025-02-11, 2025-02, 2025-Q1 or 2025; nothing where a day is not known.
"""

import datetime as dt
import functools

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learningspaces.lib.periods import grain, period_days, period_of

GRAINS = {"day": "day", "month": "month", "quarter": "Q", "year": "year"}
PRECISIONS = {grain: precision for precision, grain in GRAINS.items()}
FINER_THAN_QUARTER = frozenset({"day", "month"})


def day_text(day: dt.date | None, precision: str = "day", *, veiled: bool = False) -> str:
    """A day as text, as exactly as it is known; `veiled` no finer than the quarter."""
    if day is None:
        return ""
    if veiled and precision in FINER_THAN_QUARTER:
        precision = "quarter"
    return period_of(day, GRAINS[precision])


def first_day(text: str) -> dt.date:
    """The first day of what a text names; it counts for lists and their order."""
    return period_days(text)[0]


def last_day(text: str) -> dt.date:
    """The last day of what a text names; it counts for what has passed."""
    return period_days(text)[1]


def precision_of(text: str) -> str:
    """How exactly a text names a day: day, month, quarter or year."""
    return PRECISIONS[grain(text)]


def quarter_of(day: dt.date) -> dt.date:
    """The first day of the quarter that a day is in."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def text_words(text: str) -> str:
    """The words for a day given as text: 2025-Q1 is January–March 2025."""
    return date_words(first_day(text), precision_of(text)) if text else ""


def date_words(day: dt.date, precision: str = "day") -> str:
    """A date in words, as exactly as it is known."""
    return _date_words(day, precision, get_language())


@functools.lru_cache(maxsize=4096)
def _date_words(day: dt.date, precision: str, _language: str) -> str:
    if precision == "year":
        return str(day.year)
    if precision == "quarter":
        first = quarter_of(day)
        months = {"first": first, "last": first.replace(month=first.month + 2)}
        said = {name: date_format(month, "F") for name, month in months.items()}
        return _("%(first)s–%(last)s %(year)s") % (said | {"year": day.year})
    if precision == "month":
        return date_format(day, "F Y")
    return date_format(day, "j F Y")
