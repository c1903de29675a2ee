"""The matrix worked out once, cycle by cycle, for pages, API and releases alike. Pure.

What was told comes from the totals of the space or from the stories of a release; what is made of
it beside the figures is the same.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from evaluation.coverage import (
    CycleCounts,
    LinkedStories,
    Remark,
    Remarked,
    Told,
    has_data,
    reading_of,
    readings_of_cycle,
    remarks_on_all,
    remarks_on_cycle,
)
from evaluation.presentation.indicators import IndicatorFigures
from evaluation.series import IndicatorRow, Verdict, verdict_of
from valuecreation.cycles import Cycle


@dataclass(frozen=True)
class IndicatorCell:
    """One indicator in the matrix: its figures as they may be shown, and the stories linked."""

    figures: IndicatorFigures
    linked: LinkedStories

    @property
    def row(self) -> IndicatorRow:
        return self.figures.row

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.row)

    @property
    def has_data(self) -> bool:
        return has_data(self.row)


@dataclass(frozen=True)
class CycleInMatrix:
    """One cycle: what was measured and told in it, what is thin, and what both say together."""

    cycle: Cycle
    cells: tuple[IndicatorCell, ...]
    counts: CycleCounts
    flags: tuple[Remark, ...]
    readings: tuple[Remarked, ...]


def cycle_rows(
    told: Told, figures: Iterable[IndicatorFigures], until: dt.date, *, hoped_in: Collection[str]
) -> list[CycleInMatrix]:
    """A row for each cycle, as things stood on a day; `hoped_in` are cycles with an aspiration."""
    figures = list(figures)
    return [_cycle_row(cycle, told, figures, until, hoped=cycle in hoped_in) for cycle in Cycle]


def _cycle_row(
    cycle: Cycle, told: Told, figures: Sequence[IndicatorFigures], until: dt.date, *, hoped: bool
) -> CycleInMatrix:
    here = [one for one in figures if one.indicator.cycle == cycle]
    cells = [IndicatorCell(one, told.linked.get(one.indicator.pk, LinkedStories())) for one in here]
    rows, counts = [cell.row for cell in cells], told.counts[cycle]
    read = [reading for cell in cells for reading in reading_of(cell.row, cell.linked)]
    return CycleInMatrix(
        cycle=cycle,
        cells=tuple(cells),
        counts=counts,
        flags=tuple(remarks_on_cycle(counts, rows, until, hoped=hoped)),
        readings=tuple(read + readings_of_cycle(counts, len(rows))),
    )


def remarks_on_whole(
    told: Told, figures: Iterable[IndicatorFigures], until: dt.date, *, agreed_on: dt.date | None
) -> tuple[Remark, ...]:
    """The flags of the matrix as a whole; `agreed_on` is the day of the framing in force."""
    rows = [one.row for one in figures]
    counts = told.counts.values()
    found = remarks_on_all(counts, rows, until, stories=told.stories, agreed_on=agreed_on)
    return tuple(found)
