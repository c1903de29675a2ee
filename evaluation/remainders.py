"""What figures that are known together tell of those that are not. Pure.

Periods lie within one another or apart, never across. So whoever knows the figures of some periods
knows, of each, what the known periods within it leave: its remainder, which is shared by all that
lies in the days they leave.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from evaluation.series import Number
from learningspaces.lib.periods import period_days

Groups = tuple[Number, ...]  # the groups of people behind a figure, each counted


@dataclass(frozen=True)
class KnownFigures:
    """The figures that are known of some periods, and the smallest group that may be told of."""

    figures: Mapping[str, Groups]
    smallest: int

    def tells_of_few(self, hidden: Collection[str]) -> set[tuple]:
        """Remainders that are a group too small, and hidden figures given away, each with what is
        told of it."""
        left = {(one, self._left(one)) for one in self.figures if self._leaves_few(one)}
        return left | {(one, self._room(one)) for one in hidden if self._gives_away(one)}

    def tells_already(self, period: str, groups: Groups) -> bool:
        """Whether a figure follows from the known ones: it is made of them, or all that they leave
        of another lies in it, or nobody is left."""
        whole, days = self._around(period), self._days_left(period)
        left = self._left(whole) if whole and days else (0,) * len(groups)
        if days and (whole is None or (any(left) and days != self._days_left(whole))):
            return False
        within = [self.figures[part] for part in self._within(period)]
        return groups == tuple(map(sum, zip(left, *within, strict=True)))

    def _leaves_few(self, period: str) -> bool:
        """Whether the known parts of a period leave a group of few people to some of its days."""
        if not self._within(period) or not self._days_left(period):
            return False
        left = self._left(period)
        known = any(left) and min(left) >= 0  # below zero, somebody was counted twice
        return known and min(left) < self.smallest

    def _gives_away(self, period: str) -> bool:
        """Whether a hidden figure follows from the known ones, or nearly."""
        days, whole = self._days_left(period), self._around(period)
        if not days:
            return True
        if whole is None or min(left := self._left(whole)) < 0:
            return False
        return days == self._days_left(whole) or min(left) < self.smallest

    def _room(self, period: str) -> Groups:
        """What the known figures around a hidden one leave to it."""
        whole = self._around(period)
        return self._left(whole) if whole else ()

    def _left(self, period: str) -> Groups:
        parts = [self.figures[part] for part in self._within(period)]
        return tuple(
            whole - sum(part) for whole, *part in zip(self.figures[period], *parts, strict=True)
        )

    def _days_left(self, period: str) -> int:
        return days_in(period) - sum(days_in(part) for part in self._within(period))

    def _within(self, period: str) -> list[str]:
        """The longest known periods within another."""
        inside = [other for other in self.figures if holds(period, other)]
        return [one for one in inside if not any(holds(other, one) for other in inside)]

    def _around(self, period: str) -> str | None:
        """The shortest known period around another."""
        around = [other for other in self.figures if holds(other, period)]
        return min(around, key=days_in, default=None)


def holds(whole: str, part: str) -> bool:
    """Whether a period lies within another, and is not the same."""
    (first, last), (start, end) = period_days(whole), period_days(part)
    return first <= start and end <= last and (first, last) != (start, end)


def days_in(period: str) -> int:
    """How many days a period has."""
    first, last = period_days(period)
    return (last - first).days + 1
