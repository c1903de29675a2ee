"""Figures about too few people: hidden, and kept from coming back by subtraction. Pure.

A longer period is hidden, too, where what is left of it beside the periods shown would be a group
too small to show (docs/readings.md: the smallest-group rule holds in differences).
"""

from dataclasses import replace

from evaluation.series import RATIO, IndicatorRow, Number, SeriesPoint
from learningspaces.lib.periods import period_days


def shown_to_people(row: IndicatorRow, smallest: int) -> IndicatorRow:
    """The row with gaps where fewer than `smallest` people stand behind a figure or a remainder.

    What was corrected since is hidden where it would be if it stood in its period still.
    """
    if not row.counts_people:
        return row
    known = without_small_groups(row, smallest)
    earlier = (
        replace(old, point=old.point if stands(old.point, known, smallest) else gap(old.point))
        for old in known.superseded
    )
    return replace(without_remainders(known, smallest), superseded=tuple(earlier))


def stands(earlier: SeriesPoint, row: IndicatorRow, smallest: int) -> bool:
    """Whether an earlier value may be shown beside the other periods of its series."""
    series = (earlier if point.period == earlier.period else point for point in row.series)
    return earlier in without_remainders(replace(row, series=tuple(series)), smallest).series


def gap(point: SeriesPoint) -> SeriesPoint:
    return SeriesPoint(point.period)


def without_small_groups(row: IndicatorRow, smallest: int) -> IndicatorRow:
    """The series with a gap wherever fewer than `smallest` people stand behind the figure."""

    def shown(point):
        number = point.denominator if row.kind == RATIO else point.value
        small = isinstance(number, Number) and number < smallest
        return gap(point) if small else point

    return replace(
        row,
        baseline=shown(row.baseline) if row.baseline else None,
        series=tuple(shown(point) for point in row.series),
        superseded=tuple(replace(old, point=shown(old.point)) for old in row.superseded),
    )


def without_remainders(row: IndicatorRow, smallest: int) -> IndicatorRow:
    """Hides a longer period where what the shorter ones leave of it is a group too small."""
    points = {point.period: point for point in row.series}
    while tell_tale := next((p for p in points.values() if tells(p, points, row, smallest)), None):
        points[tell_tale.period] = gap(tell_tale)
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
