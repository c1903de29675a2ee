"""Days, periods and seasons, without any model of ours."""

import calendar
import datetime as dt
import zoneinfo
from contextvars import ContextVar

from django.utils import timezone


def today_in(zone: str, at: dt.datetime | None = None) -> dt.date:
    """The day it is, or was at a time, in the named time zone."""
    return (at or timezone.now()).astimezone(zoneinfo.ZoneInfo(zone)).date()


FURTHEST_AHEAD = "Pacific/Kiritimati"  # where every day begins first

NOWHERE: tuple[str, dt.date | None] = ("UTC", None)
_looked_at: ContextVar[tuple[str, dt.date | None]] = ContextVar("place looked at", default=NOWHERE)


def day_at(zone: str, reached: dt.date | None) -> dt.date:
    """The day it is in a place; a day that it has reached once does not begin there again."""
    return max(today_in(zone), reached or dt.date.min)


def look_at(zone: str = "UTC", reached: dt.date | None = None) -> None:
    """From here on, in this request, the day is the day of a place; of no place without one."""
    _looked_at.set((zone, reached))


def day_here() -> dt.date:
    """The day it is in the place that is looked at, wherever its reader is; by UTC outside of any.

    Consent, roles and memberships begin and end with the days of their space.
    """
    return day_at(*_looked_at.get())


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month, `months` later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(
        year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1])
    )


def first_day(day: dt.date, precision: str) -> dt.date:
    """The first day of the month, quarter or year that `day` stands for."""
    if precision == "month":
        return day.replace(day=1)
    if precision == "quarter":
        return day.replace(month=day.month - (day.month - 1) % 3, day=1)
    return day.replace(month=1, day=1) if precision == "year" else day


def last_day(day: dt.date, precision: str) -> dt.date:
    """The last day of the period that `day` begins (a date known to the month, quarter or year)."""
    months = {"month": 1, "quarter": 3, "year": 12}.get(precision, 0)
    return add_months(day.replace(day=1), months) - dt.timedelta(days=1) if months else day


def season_of(day: dt.date) -> str:
    """The half calendar year a day lies in, such as 2025-H1."""
    return f"{day.year}-H{1 if day.month <= 6 else 2}"
