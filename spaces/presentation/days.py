"""Days as fine as may be known: as text that sorts and travels, and in words.

The text is ISO: 2025-02-11, 2025-02, 2025-Q1 or 2025; several days are 2025-02-11/2025-02-14, some
time after a day is 2025-02-11/.., and what has no date, told on a day, is ../2025-02-11. Nothing
where there is no day at all.
"""

import datetime as dt
import functools

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learningspaces.lib.periods import grain, period_days, period_of

GRAINS = {"day": "day", "month": "month", "quarter": "Q", "year": "year"}
PRECISIONS = {grain: precision for precision, grain in GRAINS.items()}
FINER_THAN_QUARTER = frozenset({"day", "month", "days"})
OPEN = ".."


def day_text(
    day: dt.date | None,
    precision: str = "day",
    until: dt.date | None = None,
    *,
    veiled: bool = False,
) -> str:
    """A day as text, as exactly as it is known; `veiled` no finer than the quarter."""
    if day is None:
        return ""
    if veiled and precision in FINER_THAN_QUARTER:
        precision = "quarter"
    if precision == "days" and until:
        return f"{day.isoformat()}/{until.isoformat()}"
    said = period_of(
        day, "Q" if veiled and precision not in GRAINS else GRAINS.get(precision, "day")
    )
    return {"after": f"{said}/{OPEN}", "unknown": f"{OPEN}/{said}"}.get(precision, said)


def first_day(text: str) -> dt.date:
    """The first day of what a text names; it counts for lists and their order."""
    begins, _slash, ends = text.partition("/")
    return period_days(ends if begins == OPEN else begins)[0]


def last_day(text: str) -> dt.date:
    """The last day of what a text names; it counts for what has passed."""
    begins, _slash, ends = text.partition("/")
    return period_days(begins if ends in ("", OPEN) else ends)[1]


def precision_of(text: str) -> str:
    """How exactly a text names a day: to the day, several days, the month, after a day."""
    begins, slash, ends = text.partition("/")
    if not slash:
        return PRECISIONS[grain(text)]
    return "unknown" if begins == OPEN else "after" if ends == OPEN else "days"


def until_of(text: str) -> dt.date | None:
    """The last of several days that a text names; nothing for anything else."""
    return last_day(text) if text and precision_of(text) == "days" else None


def quarter_of(day: dt.date) -> dt.date:
    """The first day of the quarter that a day is in."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def text_words(text: str) -> str:
    """The words for a day given as text: 2025-Q1 is January–March 2025."""
    begins, slash, ends = text.partition("/")
    if not slash:
        return date_words(first_day(text), precision_of(text)) if text else ""
    if begins == OPEN:
        return _("day not known")
    first = date_words(first_day(begins), precision_of(begins))
    if ends == OPEN:
        return _("some time after %(day)s") % {"day": first}
    return _days_words(first_day(begins), first_day(ends), get_language())


@functools.lru_cache(maxsize=1024)
def _days_words(first: dt.date, last: dt.date, _language: str) -> str:
    """Several days: 11 to 14 February 2025, or each in full where they lie in different months."""
    begins = "j" if (first.year, first.month) == (last.year, last.month) else "j F Y"
    said = {"first": date_format(first, begins), "last": date_format(last, "j F Y")}
    return _("%(first)s to %(last)s") % said


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
