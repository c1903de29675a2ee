"""A scale of dates from left to right: where a day lies, and which days carry a word."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from django.utils.formats import date_format

YEARLY = (1, 2, 5, 10, 25, 50, 100, 250, 500, 1000)


@dataclass(frozen=True)
class Tick:
    """A day on the scale; `year` is set where a new year's name is due."""

    on: date
    words: str
    year: str = ""


@dataclass(frozen=True)
class DateScale:
    """Days from first to last, laid between two edges of a drawing."""

    first: date
    last: date
    left: float
    right: float

    def x(self, on: date) -> float:
        """Where a day lies; a day outside lies at the edge."""
        share = (on - self.first).days / max(1, (self.last - self.first).days)
        return self.left + (self.right - self.left) * min(1, max(0, share))

    def ticks(self, *, apart: float = 42) -> list[Tick]:
        """Weeks, months, quarters or years: the finest that leaves room for its words."""
        days = max(1, (self.last - self.first).days)
        fits = (self.right - self.left) / apart
        if days <= 45 and days / 7 <= fits:
            return _worded(self._stepped(_weeks), "j M")
        for months in (1, 3, 6):
            if days / 30.4 / months <= fits:
                return _worded(self._stepped(_months(months)), "M")
        every = next((step for step in YEARLY if days / 365.25 / step <= fits), YEARLY[-1])
        return [Tick(on, str(on.year)) for on in self._stepped(_months(12 * every))]

    def _stepped(self, steps: Callable[[date], Iterator[date]]) -> list[date]:
        found = []
        for on in steps(self.first):
            if on > self.last:
                break
            if on >= self.first:
                found.append(on)
        return found


def scale_for(days: list[date], left: float, right: float) -> DateScale:
    """A scale that holds all these days, with a little air at both ends."""
    first, last = min(days, default=date.min), max(days, default=date.min)
    air = max(4, (last - first).days // 40)
    before = min(air, (first - date.min).days)
    after = min(air, (date.max - last).days)
    return DateScale(first - timedelta(before), last + timedelta(after), left, right)


def _weeks(first: date) -> Iterator[date]:
    monday = first.toordinal() + (-first.weekday()) % 7
    while monday <= date.max.toordinal():
        yield date.fromordinal(monday)
        monday += 7


def _months(step: int) -> Callable[[date], Iterator[date]]:
    def starts(first: date) -> Iterator[date]:
        month = (first.year * 12 + first.month - 1) // step * step
        while month < (MAXYEAR + 1) * 12:
            if month >= MINYEAR * 12:
                yield date(month // 12, month % 12 + 1, 1)
            month += step

    return starts


def _worded(days: list[date], pattern: str) -> list[Tick]:
    named: list[Tick] = []
    for on in days:
        new_year = not named or named[-1].on.year != on.year
        named.append(Tick(on, date_format(on, pattern), str(on.year) if new_year else ""))
    return named
