"""An asker who knows some sums of people over months, and works out what others can be.

Sums are linear equations over months, in each of which a number of people, not below nought, is
behind a figure. The simplex method, in exact fractions, gives the least and the most.
"""

from collections.abc import Iterable
from fractions import Fraction

from learningspaces.lib.periods import period_days

MONTHS = [f"2025-{month:02}" for month in range(1, 13)]


def months_in(period: str) -> set[str]:
    """The months of 2025 that lie within a period."""
    first, last = period_days(period)
    return {m for m in MONTHS if first <= period_days(m)[0] and period_days(m)[1] <= last}


def bounds(known: dict[str, int], asked: str) -> tuple[Fraction, Fraction | None] | None:
    """The least and the most (None: no end) of a period beside known ones; None: they disagree."""
    rows = [[Fraction(month in months_in(period)) for month in MONTHS] for period in known]
    sums = [Fraction(value) for value in known.values()]
    goal = [Fraction(month in months_in(asked)) for month in MONTHS]
    table = feasible(rows, sums)
    if table is None:
        return None
    least = best(table, [-one for one in goal])
    most = best(table, goal)
    return -least, most


class Table:
    """Equations solved for some of their unknowns, all of which are at least nought."""

    def __init__(self, rows: list[list[Fraction]], basis: list[int]):
        self.rows, self.basis = rows, basis

    def copy(self) -> "Table":
        return Table([list(row) for row in self.rows], list(self.basis))

    def pivot(self, at: int, column: int) -> None:
        """Solve a row for an unknown, and put it into the others."""
        row = self.rows[at]
        row[:] = [value / row[column] for value in row]
        for number, other in enumerate(self.rows):
            if number != at and other[column]:
                by = other[column]
                other[:] = [a - by * b for a, b in zip(other, row, strict=True)]
        self.basis[at] = column


def feasible(rows: list[list[Fraction]], sums: list[Fraction]) -> Table | None:
    """A first solution; None where there is none."""
    extra = len(rows)
    whole = [
        [*row, *(Fraction(number == at) for number in range(extra)), total]
        for at, (row, total) in enumerate(zip(rows, sums, strict=True))
    ]
    wide = len(MONTHS)
    table = Table(whole, list(range(wide, wide + extra)))
    goal = [Fraction(0)] * wide + [Fraction(-1)] * extra
    if best_of(table, goal) != 0:
        return None
    for at, unknown in enumerate(table.basis):  # nought, but still helping out
        column = next((c for c in range(wide) if table.rows[at][c]), None)
        if unknown >= wide and column is not None:
            table.pivot(at, column)
    kept = [at for at, unknown in enumerate(table.basis) if unknown < wide]
    rows = [[*table.rows[at][:wide], table.rows[at][-1]] for at in kept]
    return Table(rows, [table.basis[at] for at in kept])


def best(table: Table, goal: list[Fraction]) -> Fraction | None:
    """The most that a sum of unknowns can be; None where it has no end."""
    return best_of(table.copy(), goal)


def best_of(table: Table, goal: list[Fraction]) -> Fraction | None:
    while True:
        worth = [goal[unknown] for unknown in table.basis]
        gains = (
            (
                column,
                goal[column] - sum(w * r[column] for w, r in zip(worth, table.rows, strict=True)),
            )
            for column in range(len(goal))
        )
        column = next((column for column, gain in gains if gain > 0), None)
        if column is None:
            return sum((w * r[-1] for w, r in zip(worth, table.rows, strict=True)), Fraction(0))
        ways = [
            (row[-1] / row[column], table.basis[at], at)
            for at, row in enumerate(table.rows)
            if row[column] > 0
        ]
        if not ways:
            return None
        table.pivot(min(ways)[2], column)


def narrow(ends: tuple[Fraction, Fraction | None], truth: int, smallest: int) -> bool:
    """Whether the ends of a figure hold the truth and are closer than the smallest group."""
    low, high = ends
    return high is not None and low <= truth <= high and high - low < smallest


def total(months: dict[str, int], period: str) -> int:
    return sum(months[month] for month in months_in(period))


def all_periods() -> Iterable[str]:
    return ["2025", "2025-H1", "2025-H2", *(f"2025-Q{n}" for n in range(1, 5)), *MONTHS]
