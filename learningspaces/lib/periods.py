"""Periods as people write them: 2025, 2025-H1, 2025-Q1, 2025-03, 2025-03-14."""

import datetime as dt
import functools
import re

from learningspaces.lib.dates import add_months

WRITTEN = re.compile(r"(\d{4})(?:-(?:(H[12]|Q[1-4])|(\d\d)(?:-(\d\d))?))?", re.ASCII)
MONTHS = {"H": 6, "Q": 3}


@functools.lru_cache(maxsize=4096)
def period_days(period: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of a period; a ValueError where it is none."""
    found = WRITTEN.fullmatch(period)
    if not found:
        raise ValueError(f"not a period: {period}")
    year, part, month, day = found.groups()
    if day:
        only = dt.date(int(year), int(month), int(day))
        return only, only
    months = MONTHS[part[0]] if part else 1 if month else 12
    begins = (int(part[1]) - 1) * months + 1 if part else int(month or 1)
    first = dt.date(int(year), begins, 1)
    return first, add_months(first, months) - dt.timedelta(days=1)


def grain(period: str) -> str:
    """The length of a period: year, H, Q, month or day."""
    if len(period) == 4:
        return "year"
    return period[5] if period[5] in MONTHS else {7: "month", 10: "day"}[len(period)]


def next_period(period: str) -> str:
    """The period of the same length that follows."""
    return period_of(period_days(period)[1] + dt.timedelta(days=1), grain(period))


def period_of(day: dt.date, length: str) -> str:
    """The period of a length (year, H, Q, month, day) that a day lies in."""
    if length in MONTHS:
        return f"{day.year:04}-{length}{(day.month - 1) // MONTHS[length] + 1}"
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[length]]
