"""Days, and the periods that dates and observations are known to."""

import re
from datetime import date, timedelta

QUARTER = timedelta(weeks=13)
FIRST_YEAR, LAST_YEAR = 1900, 2199
MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}

PATTERN = re.compile(
    r"(?P<year>\d{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])"
    r"|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?",
    re.ASCII,
)


def day_of(text: str) -> date | None:
    """The day written as 2025-03-14, or None."""
    if len(text) != 10 or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def days_of(period: str) -> tuple[date, date] | None:
    """First and last day of 2025, 2025-H1, 2025-Q1, 2025-03 or 2025-03-14; None if it is none."""
    unit, first = _parts(period)
    return first and (first, last_day(first, unit))


def last_day(first: date, unit: str) -> date:
    """The last day of the period of this length that begins on `first`."""
    if unit == "day":
        return first
    return _months_on(first, MONTHS_IN[unit]) - timedelta(days=1)


def first_day(day: date, unit: str) -> date:
    """The first day of the day's own month, quarter, half or year."""
    if unit == "day":
        return day
    months = MONTHS_IN[unit]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def quarters_between(last: date, today: date) -> int:
    """How many quarters of 13 weeks bring `last` to at most a quarter before `today`."""
    return (today - last) // QUARTER


def shifted_start(first: date, unit: str, quarters: int) -> date:
    """A period's first day, so many quarters on; a longer period moves when it is whole."""
    if unit == "day":
        return first + quarters * QUARTER
    months = MONTHS_IN[unit]
    return _months_on(first, quarters * 3 // months * months)


def shifted_period(period: str, quarters: int) -> str:
    """The period so many quarters on, in the same notation."""
    unit, first = _parts(period)
    return written(shifted_start(first, unit, quarters), unit)


def written(first: date, unit: str) -> str:
    """How the period of this length beginning on `first` is written."""
    if unit == "day":
        return first.isoformat()
    if unit == "year":
        return f"{first.year:04}"
    if unit == "month":
        return f"{first.year:04}-{first.month:02}"
    return f"{first.year:04}-{unit[0].upper()}{(first.month - 1) // MONTHS_IN[unit] + 1}"


def _parts(period: str) -> tuple[str, date | None]:
    found = PATTERN.fullmatch(period)
    if not found or not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
        return "", None
    year = int(found["year"])
    if found["half"]:
        return "half", date(year, int(found["half"]) * 6 - 5, 1)
    if found["quarter"]:
        return "quarter", date(year, int(found["quarter"]) * 3 - 2, 1)
    try:
        first = date(year, int(found["month"] or 1), int(found["day"] or 1))
    except ValueError:
        return "", None
    return "day" if found["day"] else "month" if found["month"] else "year", first


def _months_on(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return day.replace(year=count // 12, month=count % 12 + 1)
