"""Figures about too few people: hidden, and kept from coming back by subtraction. Pure.

Decided once, over everything that one reader can have together: every period, the values that were
corrected since, and what was shown or released before. The figures are taken in the order in which
they were recorded. One that may be shown is shown from then on; one that would say too much beside
those shown before it is hidden (docs/readings.md: Small groups).
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from evaluation.remainders import Groups, KnownFigures, holds
from evaluation.series import RATIO, IndicatorRow, Number, SeriesPoint

MOST_TOGETHER = 256  # ways to read corrected periods together; beyond them no more is shown


def shown_to_people(row: IndicatorRow, smallest: int) -> IndicatorRow:
    """The row with gaps where a figure, or what it leaves of others, is about too few people.

    The row is whole: what is shown on an earlier day is what of this was known then.
    """
    if not row.counts_people or not smallest:
        return row
    points = [*row.series, *(old.point for old in row.superseded)]
    order = sorted(range(len(points)), key=lambda place: (points[place].recorded, place))
    taken = shown_places(tuple(points[place] for place in order), row.kind, row.sensitive, smallest)
    shown = {order[place] for place in taken}
    kept = [point if place in shown else gap(point) for place, point in enumerate(points)]
    series, earlier = kept[: len(row.series)], kept[len(row.series) :]
    old = zip(row.superseded, earlier, strict=True)
    return replace(
        row,
        baseline=row.baseline and shown_alone(row.baseline, row, smallest),
        series=tuple(series),
        superseded=tuple(replace(one, point=point) for one, point in old),
    )


def shown_alone(point: SeriesPoint, row: IndicatorRow, smallest: int) -> SeriesPoint:
    """A point that stands in no period, or the gap in its place."""
    return gap(point) if is_few(point, row.kind, row.sensitive, smallest) else point


def gap(point: SeriesPoint) -> SeriesPoint:
    return SeriesPoint(point.period)


@lru_cache(maxsize=1024)
def shown_places(
    points: tuple[SeriesPoint, ...], kind: str, sensitive: bool, smallest: int
) -> frozenset[int]:
    """Which of the figures, in the order in which they were recorded, may be shown."""
    counted = [(place, one, groups_of(one, kind, sensitive)) for place, one in enumerate(points)]
    alone = not any(holds(*pair) for pair in itertools.permutations({p.period for p in points}, 2))
    versions: dict[str, list[Groups]] = defaultdict(list)
    hidden: set[str] = set()
    shown = {place for place, _one, groups in counted if groups is None}
    for place, point, groups in counted:
        if groups is None:
            continue
        few = is_few(point, kind, sensitive, smallest)
        if alone:
            may = not few
        else:
            may = may_stand(point.period, groups, versions, hidden, smallest, few=few)
        if may:
            shown.add(place)
            versions[point.period].append(groups)
        else:
            hidden.add(point.period)
    return frozenset(shown)


def may_stand(
    period: str,
    groups: Groups,
    versions: dict[str, list[Groups]],
    hidden: set[str],
    smallest: int,
    *,
    few: bool,
) -> bool:
    """Whether a figure says nothing of too few people, however it is read beside the others."""
    others = {name: found for name, found in versions.items() if name != period}
    every = list(readings_of(others, hidden))
    if len(every) > MOST_TOGETHER:
        return False
    known = [(KnownFigures(one, smallest), hidden - one.keys() - {period}) for one in every]
    if few and any(groups):
        return False
    if any(one.tells_already(period, groups) for one, _out in known):
        return True  # everybody can work it out
    return not few and not any(
        KnownFigures({**one.figures, period: groups}, smallest).tells_of_few(out)
        - one.tells_of_few(out)
        for one, out in known
    )


def readings_of(versions: dict[str, list[Groups]], hidden: set[str]) -> Iterable[dict]:
    """Every way to read periods together: each by one of its values, or not at all if one of them
    is hidden."""
    choices = [
        [*((period, groups) for groups in found), *([None] if period in hidden else [])]
        for period, found in versions.items()
    ]
    chosen = itertools.islice(itertools.product(*choices), MOST_TOGETHER + 1)
    return (dict(pair for pair in one if pair) for one in chosen)


def groups_of(point: SeriesPoint, kind: str, sensitive: bool) -> Groups | None:
    """The groups of people that a figure counts; of a sensitive ratio also those left of the whole.

    None where no number stands.
    """
    if kind != RATIO:
        return (point.value,) if is_number(point.value) else None
    if not is_number(point.denominator) or not point.denominator:
        return None
    if not sensitive:
        return (point.denominator,)
    return (point.numerator, point.denominator - point.numerator)


def is_few(point: SeriesPoint, kind: str, sensitive: bool, smallest: int) -> bool:
    """Whether a figure by itself is about too few people.

    A sensitive one is, too, where it tells the answer of nearly all of them, or where one person
    makes nearly all of it.
    """
    groups = groups_of(point, kind, sensitive)
    if groups is None:
        return False
    return min(groups) < smallest or (sensitive and point.mostly_one)


def is_number(value) -> bool:
    return isinstance(value, Number) and not isinstance(value, bool)
