"""The indicators of a release: series, verdicts, and no figure about too few people.

A hidden figure must not come back by subtraction either: a longer period is hidden too where what
is left of it beside the periods shown would be a group too small to show.
"""

import datetime as dt
from dataclasses import dataclass, replace

from evaluation.building.wording import Wording
from evaluation.models import Dataset, Indicator, TargetKind
from evaluation.reports import release
from evaluation.rows import indicator_row, shown_row
from evaluation.series import (
    RATIO,
    IndicatorRow,
    Number,
    SeriesPoint,
    course,
    figure,
    is_gap,
    movement,
)
from learningspaces.lib.periods import period_days

MOST_LEVELS = 100


@dataclass(frozen=True)
class Figures:
    """One indicator as stored, as it may be shown, and which periods were hidden for it."""

    indicator: Indicator
    row: IndicatorRow
    hidden: frozenset[str]
    baseline_hidden: bool = False

    @property
    def suppressed(self) -> int:
        """How many figures are hidden because too few people stand behind them."""
        return len(self.hidden) + self.baseline_hidden


def shown_figures(dataset: Dataset, last: dt.date) -> list[Figures]:
    """Every indicator in use with the periods that had begun by the last day."""
    indicators = Indicator.objects.in_space(dataset.space).in_use().with_observations()
    return [figures_of(one, dataset, last) for one in indicators.order_by("pk")]


def figures_of(indicator: Indicator, dataset: Dataset, last: dt.date) -> Figures:
    smallest = dataset.space.min_group_size
    shown = begun(shown_row(indicator, dataset.as_of, smallest), last)
    if not indicator.counts_people:
        return Figures(indicator, shown, frozenset())
    whole = begun(indicator_row(indicator, indicator.observations.all()), last)
    shown = without_remainders(shown, smallest)
    known = {point.period for point in whole.series if not is_gap(point, whole.kind)}
    left = {point.period for point in shown.series if not is_gap(point, shown.kind)}
    was = whole.baseline and not is_gap(whole.baseline, whole.kind)
    return Figures(
        indicator,
        shown,
        frozenset(str(period) for period in known - left),
        bool(was and (shown.baseline is None or is_gap(shown.baseline, shown.kind))),
    )


def begun(row: IndicatorRow, last: dt.date) -> IndicatorRow:
    """The series without periods that begin later."""
    points = (point for point in row.series if period_days(str(point.period))[0] <= last)
    return replace(row, series=tuple(points))


def without_remainders(row: IndicatorRow, smallest: int) -> IndicatorRow:
    """Hides a longer period where what the shorter ones leave of it is a group too small."""
    points = {point.period: point for point in row.series}
    while tell_tale := next((p for p in points.values() if tells(p, points, row, smallest)), None):
        points[tell_tale.period] = SeriesPoint(tell_tale.period)
    return replace(row, series=tuple(points.values()))


def tells(point: SeriesPoint, points: dict, row: IndicatorRow, smallest: int) -> bool:
    """Whether a figure less those of the periods within it speaks of too few people."""
    people = behind(point, row.kind)
    within = parts_of(point, [one for one in points.values() if behind(one, row.kind) is not None])
    if people is None or not within:
        return False
    left = people - sum(behind(part, row.kind) or 0 for part in within)
    return 0 < left < smallest


def behind(point: SeriesPoint, kind: str) -> Number | None:
    """The number of people behind a figure; nothing where none is shown."""
    number = point.denominator if kind == RATIO else point.value
    return number if isinstance(number, Number) and not isinstance(number, bool) else None


def parts_of(whole: SeriesPoint, points: list[SeriesPoint]) -> list[SeriesPoint]:
    """The longest periods that lie within another, none of them over another."""
    first, last = period_days(str(whole.period))
    spans = []
    for point in points:
        start, end = period_days(str(point.period))
        if first <= start and end <= last and (start, end) != (first, last):
            spans.append((start, end, point))
    longest_first = sorted(spans, key=lambda span: (span[0] - span[1], span[0]))
    kept: list[tuple] = []
    for start, end, point in longest_first:
        if all(end < other[0] or other[1] < start for other in kept):
            kept.append((start, end, point))
    return [point for _start, _end, point in kept]


def told_indicators(
    figures: list[Figures], wording: Wording, keys: set[str]
) -> tuple[release.Indicator, ...]:
    """The indicators as a release holds them; `keys` are the aspirations it knows."""
    return tuple(told_indicator(one, wording, keys) for one in figures)


def told_indicator(one: Figures, wording: Wording, keys: set[str]) -> release.Indicator:
    stored, row = one.indicator, one.row
    hope = stored.aspiration.key if stored.aspiration else ""
    aimed = stored.target is not None and stored.target_kind != TargetKind.NONE
    notes = (stored.note, stored.lag_note, stored.proxy_note)
    return release.Indicator(
        ref=stored.ref,
        cycle=stored.cycle,
        name=wording.typed(stored.name),
        kind=stored.kind,
        direction=stored.direction,
        unit=wording.typed(stored.unit),
        aspiration=hope if hope in keys else "",
        baseline=reading(row.baseline, one.baseline_hidden, row.kind, stored.baseline_on),
        target=plain_target(stored.target),
        target_kind=stored.target_kind if aimed else "",
        levels=tuple(wording.typed(level) for level in levels(stored.levels)),
        scale_min=stored.scale_min,
        scale_max=stored.scale_max,
        warns_of_harm=stored.warns_of_harm,
        source=wording.typed(stored.source),
        frequency=wording.typed(stored.frequency),
        steward=wording.person(stored.steward),
        note=" ".join(wording.typed(note) for note in notes if note),
        movement=movement(row),
        course=course(row) or "",
        series=tuple(
            typed(reading(point, point.period in one.hidden, row.kind), wording)
            for point in row.series
        ),
    )


def reading(
    point: SeriesPoint | None, hidden: bool, kind: str, day: dt.date | None = None
) -> release.Reading | None:
    """One observation; hidden ones say that they are."""
    if point is None:
        return None
    period = point.period or (day.isoformat() if day else "")
    if hidden:
        return release.Reading(period=period, few=True)
    shown = figure(point, kind)
    return release.Reading(period=period, **shown)


def typed(one: release.Reading, wording: Wording) -> release.Reading:
    """The reading with names in an observation of words replaced."""
    if isinstance(one.value, str):
        return replace(one, value=wording.typed(one.value))
    return one


def levels(stored) -> list[str]:
    """The words of a rubric's levels from 0 up, however they were stored; "" where there are none.

    Levels that have no place in a list of words are left to their numbers.
    """
    if not isinstance(stored, dict):
        return [str(level) for level in stored or []]
    known = {int(at): str(word) for at, word in stored.items() if 0 <= int(at) <= MOST_LEVELS}
    return [known.get(number, "") for number in range(max(known, default=-1) + 1)]


def plain_target(target):
    """A target as a release may hold it: a number, words, or whether."""
    return str(target) if isinstance(target, list | dict) else target
