"""Series of observations: exact percentages, gaps, and the words that may be said of them.

Pure: rows in, readings out. A missing observation, and nothing out of nothing (0 of 0), is a
gap and never a zero.
"""

import datetime as dt
import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from learningspaces.lib.dates import add_months
from learningspaces.lib.periods import grain, period_days

Number = int | float | Decimal

RATIO, RUBRIC, TEXT, YES_NO = "ratio", "rubric", "text", "yes_no"
MOVED_AS_HOPED = "moved_as_hoped"
MOVED_WRONG_WAY = "moved_wrong_way"
NO_MOVEMENT = "no_movement"
NO_VERDICT = "no_verdict"
REACHED, ON_COURSE, BELOW = "reached", "on_course", "below"
SIGNS = {"up": 1, "down": -1}  # `watch` and `range` hope for no direction
STALE_AFTER_MONTHS = 24
FRAMING_STALE_AFTER_MONTHS = 12


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """An observation, or a baseline (then without a period); all empty where there is none.

    `recorded` is its place in the order in which all were recorded; `mostly_one` says that one
    person makes more than nine tenths of it.
    """

    period: str | None = None
    value: Number | str | bool | None = None
    numerator: Number | None = None
    denominator: Number | None = None
    recorded: int = field(default=0, compare=False)
    mostly_one: bool = False


@dataclass(frozen=True, slots=True)
class SupersededPoint:
    """What was recorded before it was corrected on a day, for a reason."""

    point: SeriesPoint
    corrected_on: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator with its observations; a ratio's target is a percentage.

    `length` is that of its periods: neither line nor verdict reads one of another length.
    """

    ref: str
    cycle: str
    kind: str
    direction: str
    target: Number | bool | str | None = None
    warns_of_harm: bool = False
    baseline: SeriesPoint | None = None
    baseline_on: dt.date | None = None
    series: tuple[SeriesPoint, ...] = ()
    superseded: tuple[SupersededPoint, ...] = ()
    counts_people: bool = False
    sensitive: bool = False
    length: str = ""

    @property
    def measured(self) -> list[SeriesPoint]:
        """The observations in order of time; of other periods than its own it says nothing."""
        own = (point for point in self.series if self.length in ("", grain(point.period)))
        return in_time(own)


def figure(point: SeriesPoint, kind: str) -> dict:
    """A point as a value, as a ratio with its percentage, or as missing."""
    if is_gap(point, kind):
        return {"missing": True}
    if kind != RATIO:
        return {"value": plain(point.value)}
    return {
        "numerator": plain(point.numerator),
        "denominator": plain(point.denominator),
        "percent": percent(point.numerator, point.denominator),
    }


def is_gap(point: SeriesPoint, kind: str) -> bool:
    """Whether nothing was observed; 0 of 0 observes nothing."""
    if kind == RATIO:
        return point.numerator is None or not point.denominator
    return point.value is None


def percent(numerator: Number, denominator: Number) -> float | None:
    """The share in percent with one decimal, halves up, from the exact fraction."""
    if not denominator:
        return None
    tenths = exact(numerator) * 1000 / exact(denominator)
    return math.floor(tenths + Fraction(1, 2)) / 10


def exact(number: Number | bool) -> Fraction:
    """A number as it is written: 0.1 is one tenth."""
    return Fraction(int(number)) if isinstance(number, bool) else Fraction(str(number))


def plain(value):
    """A decimal as the number JSON knows; anything else as it is."""
    if isinstance(value, Decimal | float):
        return int(value) if value == int(value) else float(value)
    return value


def as_of(row: IndicatorRow, day: dt.date) -> IndicatorRow:
    """The series as it stood on a day: no period that begins later, no correction made later."""
    known = [old for old in row.superseded if old.corrected_on <= day]
    later = [old for old in row.superseded if old.corrected_on > day]
    was = {}
    for old in sorted(later, key=lambda old: old.corrected_on):
        was.setdefault(old.point.period, old.point)
    points = [was.get(point.period, point) for point in row.series]
    begun = tuple(point for point in points if period_days(point.period)[0] <= day)
    return replace(row, series=begun, superseded=tuple(known))


def movement(row: IndicatorRow) -> str:
    """Which way the last value lies from the baseline, or from the first where there is none."""
    values = levels(row)
    if row.direction not in SIGNS or len(values) < 2:
        return NO_VERDICT
    change = (values[-1] - values[0]) * SIGNS[row.direction]
    if change == 0 or abs(change) < least_movement(row.kind, values[0]):
        return NO_MOVEMENT
    return MOVED_AS_HOPED if change > 0 else MOVED_WRONG_WAY


def least_movement(kind: str, first: Fraction) -> Fraction:
    """Two percentage points, one level, any change, or a twentieth of the first value."""
    least = {RATIO: Fraction(2), RUBRIC: Fraction(1), YES_NO: Fraction(0)}
    return least.get(kind, abs(first) / 20)


def course(row: IndicatorRow) -> str | None:
    """Where the last value lies on the way to the target; nothing without a way to speak of."""
    values = levels(row)
    if row.target is None or row.direction not in SIGNS or not values:
        return None
    sign = SIGNS[row.direction]
    first, last, target = (sign * value for value in (values[0], values[-1], exact(row.target)))
    if last >= target:
        return REACHED
    if len(values) < 2:
        return None
    return ON_COURSE if (last - first) * 2 >= target - first else BELOW


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a series wherever it is shown: which way it moved, how far it has come."""

    movement: str
    course: str | None


def verdict_of(row: IndicatorRow) -> Verdict:
    """Movement and course of a series as it may be shown."""
    return Verdict(movement(row), course(row))


def levels(row: IndicatorRow) -> tuple[Fraction, ...]:
    """Baseline and observations as exact numbers, in order of time, without the gaps."""
    if row.kind == TEXT:
        return ()
    return _levels(row.kind, row.baseline, tuple(row.measured))


@functools.lru_cache(maxsize=2048)  # a page asks several times, and every page asks the same
def _levels(kind, baseline, measured) -> tuple[Fraction, ...]:
    points = [*([baseline] if baseline else []), *measured]
    return tuple(level(point, kind) for point in points if not is_gap(point, kind))


def in_time(points: Iterable[SeriesPoint]) -> list[SeriesPoint]:
    return sorted(points, key=lambda point: (period_days(point.period)[1], point.period))


def level(point: SeriesPoint, kind: str) -> Fraction:
    if kind == RATIO:
        return exact(point.numerator) * 100 / exact(point.denominator)
    return exact(point.value)


def is_stale(row: IndicatorRow, day: dt.date) -> bool:
    """Whether the baseline or the last value is over 24 months old, by its period's first day."""
    observed = [point for point in row.measured if not is_gap(point, row.kind)]
    days = [period_days(observed[-1].period)[0]] if observed else []
    days += [row.baseline_on] if row.baseline and row.baseline_on else []
    return any(older_than(then, STALE_AFTER_MONTHS, day) for then in days)


def framing_is_stale(agreed_on: dt.date, day: dt.date) -> bool:
    """Whether a framing version is over 12 months old."""
    return older_than(agreed_on, FRAMING_STALE_AFTER_MONTHS, day)


def older_than(then: dt.date, months: int, day: dt.date) -> bool:
    return add_months(then, months) < day
