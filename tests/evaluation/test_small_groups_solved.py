"""Nobody works out a hidden figure from all that can be had together: a solver tries."""

import io
import itertools
import json
import random
from collections import defaultdict

import pytest
from django.core.management import call_command
from django.urls import reverse
from yaml import safe_load

from evaluation import actions, releases
from evaluation.matrix import ValueMatrix
from evaluation.models import Observation, Release
from evaluation.presentation.indicator_pages import indicator_page
from evaluation.series import IndicatorRow, SeriesPoint, SupersededPoint
from evaluation.shortcuts import indicator_for
from evaluation.small_groups import shown_to_people
from learningspaces.lib.periods import period_days
from spaces.permissions import Role
from spaces.presentation.viewer import Viewer
from tests import make
from tests.evaluation import make_signs as signs
from tests.evaluation.solver import MONTHS, all_periods, bounds, narrow, total
from tests.examples import scaled

FEW = [0, 0, 1, 2, 3, 4, 5, 6, 8, 12]
MOST_WAYS = 48


def test_solver_finds_what_plain_sense_finds():
    assert bounds({"2025": 20}, "2025-Q1") == (0, 20)
    assert bounds({"2025": 20, "2025-H1": 12}, "2025-H2") == (8, 8)
    assert bounds({"2025": 20, "2025-Q1": 9, "2025-Q2": 9}, "2025-Q3") == (0, 2)
    assert bounds({"2025-Q1": 9}, "2025") == (9, None)
    assert bounds({"2025": 5, "2025-Q1": 9}, "2025-Q2") is None


class Told:
    """What happened month by month, and what was recorded of it, in order; some of it corrected."""

    def __init__(self, seed: int):
        draw = random.Random(seed)
        self.smallest = draw.randint(3, 6)
        self.ratio = draw.random() < 0.6
        self.sensitive = draw.random() < 0.5
        parts = 2 if self.ratio else 1
        self.months = [{m: draw.choice(FEW) for m in MONTHS} for _ in range(parts)]
        periods = draw.sample(all_periods(), draw.randint(2, 11))
        self.records: list[tuple[str, tuple[int, ...]]] = []
        for period in periods:
            self.records.append((period, self.truth(period)))
        for period in draw.sample(periods, draw.randint(0, min(3, len(periods)))):
            wrong = tuple(max(0, n + draw.choice([-4, -1, 2, 5])) for n in self.truth(period))
            at = self.records.index((period, self.truth(period)))
            if wrong != self.truth(period):
                self.records.insert(draw.randint(0, at), (period, wrong))

    def truth(self, period: str) -> tuple[int, ...]:
        return tuple(total(one, period) for one in self.months)

    def value(self, groups: tuple[int, ...]):
        """A figure as it is stored."""
        return [groups[0], sum(groups)] if self.ratio else groups[0]

    def row(self, upto: int) -> IndicatorRow:
        """What has been recorded by a time."""
        last: dict[str, SeriesPoint] = {}
        earlier = []
        for number, (period, groups) in enumerate(self.records[:upto]):
            if period in last:
                day = period_days("2026-01-01")[0]
                earlier.append(SupersededPoint(last[period], day, "Corrected."))
            last[period] = self.point(period, groups, number)
        return IndicatorRow(
            ref="I1", cycle="applied", kind="ratio" if self.ratio else "count", direction="up",
            counts_people=True, sensitive=self.sensitive,
            series=tuple(last.values()), superseded=tuple(earlier),
        )  # fmt: skip

    def point(self, period, groups, number):
        if self.ratio:
            whole = sum(groups)
            return SeriesPoint(period, numerator=groups[0], denominator=whole, recorded=number)
        return SeriesPoint(period, value=groups[0], recorded=number)

    def behind(self, groups: tuple[int, ...]) -> tuple[int, ...]:
        """The groups of people that the rule keeps: of a sensitive ratio both, else all of them."""
        return groups if self.sensitive else (sum(groups),)


def known_of(point: SeriesPoint, *, ratio: bool):
    """The groups that a shown point gives; None for a gap."""
    if ratio:
        if not point.denominator:
            return None
        return (point.numerator, point.denominator - point.numerator)
    return None if point.value is None else (point.value,)


def leaks(told: Told, known: dict[str, set]) -> list[tuple]:
    """Hidden figures that follow from the known ones, however corrected ones are read together."""
    found = []
    hidden = {(p, groups) for p, groups in told.records if groups not in known[p]}
    for period, groups in hidden:
        if told.ratio and not sum(groups):
            continue  # nothing of nothing is a gap
        others = [[(p, one) for one in values] for p, values in known.items() if p != period]
        for way in itertools.islice(itertools.product(*filter(None, others)), MOST_WAYS):
            beside = [(p, told.behind(one)) for p, one in way]
            truth = told.behind(groups)
            sums = [{p: one[place] for p, one in beside} for place in range(len(truth))]
            ends = [bounds(one, period) for one in sums]
            before = [told.behind(one) for one in known[period]]
            if None in ends or (before and not any(fits(sums, period, one) for one in before)):
                continue  # these figures were never true together
            for close, number in zip(ends, truth, strict=True):
                if narrow(close, number, told.smallest):
                    found.append((period, groups, close, sums))
    return found


def fits(sums: list[dict[str, int]], period: str, groups: tuple[int, ...]) -> bool:
    """Whether a figure can stand beside some others."""
    return all(bounds({**one, period: n}, period) for one, n in zip(sums, groups, strict=True))


@pytest.mark.parametrize("seed", range(scaled(60)))
def test_nothing_hidden_follows_from_all_that_was_ever_shown(seed):
    told = Told(seed)

    assert leaks(told, ever_shown(told)) == []


def ever_shown(told: Told) -> dict[str, set]:
    """Every figure that could be read at any time while they were recorded."""
    known = defaultdict(set)
    for upto in range(1, len(told.records) + 1):
        row = shown_to_people(told.row(upto), told.smallest)
        for point in (*row.series, *(old.point for old in row.superseded)):
            groups = known_of(point, ratio=told.ratio)
            if groups is not None:
                known[point.period].add(groups)
    return known


# --- the same through every surface of a space ---------------------------------------------------


def figures_in(answer, *, ratio: bool):
    """Every figure with its period that stands anywhere in an answer of JSON."""
    if isinstance(answer, dict):
        value = answer.get("value")
        pair = (answer.get("numerator"), answer.get("denominator"))
        if isinstance(value, list):
            pair = tuple(value)
        if "period" in answer and ratio and pair[1]:
            yield answer["period"], (pair[0], pair[1] - pair[0])
        if "period" in answer and not ratio and value is not None:
            yield answer["period"], (value,)
    inside = answer.values() if isinstance(answer, dict) else answer
    for part in inside if isinstance(answer, dict | list) else ():
        yield from figures_in(part, ratio=ratio)


def figures_on(page, *, ratio: bool):
    """Every figure that the page of an indicator says in words."""
    for one in (*page.observations, *page.corrected):
        said = one.counts if ratio else one.figure
        numbers = [int(n) for n in said.split() if n.isdigit()]
        if ratio and len(numbers) == 2:
            yield one.period, (numbers[0], numbers[1] - numbers[0])
        if not ratio and numbers:
            yield one.period, (numbers[0],)


def figures_of_row(row, *, ratio: bool):
    for point in (*row.series, *(old.point for old in row.superseded)):
        groups = known_of(point, ratio=ratio)
        if groups is not None:
            yield point.period, groups


def everything(space, sign, reader, client, *, ratio: bool):
    """All figures that one reader can have of an indicator, by page, API, file and release."""
    viewer = Viewer(space, reader)
    page = indicator_page(viewer, indicator_for(reader, space, sign.ref), [], [])
    yield from figures_on(page, ratio=ratio)
    for season in (None, "2025-H1"):
        for row in ValueMatrix.build(space, reader=reader, season=season).rows:
            for cell in row.cells:
                yield from figures_of_row(cell.row, ratio=ratio)
    answers = [client.get(reverse("api:observations", args=[space.slug, sign.ref])).json()]
    for day in ("", "2025-02-01", "2025-08-01", "2025-12-31"):
        where = reverse("api:readings", args=[space.slug])
        answers.append(client.get(where, {"as_of": day} if day else {}).json()["indicators"])
    out = io.StringIO()
    call_command("exportspace", space.slug, audience="organisation", stdout=out)
    [kept] = safe_load(out.getvalue())["indicators"]
    answers.append([{"period": str(p), "value": value} for p, value in kept["obs"].items()])
    answers.append([{**one, "period": str(one["period"])} for one in kept.get("superseded", ())])
    release = Release(
        space=space, number=1, label="S-1", title="All", audience="organisation",
        period_start=period_days("2025")[0], period_end=space.today, as_of=space.today,
    )  # fmt: skip
    answers.append(json.loads(releases.release_of(release).to_json()))
    yield from figures_in(answers, ratio=ratio)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.SPONSOR, Role.PARTICIPANT])
@pytest.mark.parametrize("seed", range(scaled(3)))
def test_no_page_api_file_or_release_together_tell_a_hidden_figure(seed, role, signed_in):
    told, known = Told(seed), defaultdict(set)
    space = make.space(min_group_size=told.smallest)
    reader, by = make.member(space, role), make.membership(space, make.person(), Role.FACILITATOR)
    sign = signs.indicator(
        space, kind="ratio" if told.ratio else "count", counts_people=True,
        sensitive=told.sensitive,
    )  # fmt: skip
    client = signed_in(reader)
    for number, (period, groups) in enumerate(told.records, start=1):
        record(sign, period, told.value(groups), by)
        if number in (len(told.records) // 2, len(told.records)):
            for when, seen in everything(space, sign, reader, client, ratio=told.ratio):
                known[when].add(seen)

    assert known == {period: seen for period, seen in ever_shown(told).items() if seen}
    assert leaks(told, known) == []


def record(sign, period, value, by):
    """A figure, or a correction of the one that stands; periods of any length, as of long ago."""
    stands = sign.observations.current().filter(period=period).first()
    if stands:
        stands.indicator = sign
        actions.correct_observation(stands, by=by, value=value, reason="Counted anew.")
        return
    first, last = period_days(period)
    Observation.objects.create(
        indicator=sign, period=period, value=value, period_start=first, period_end=last
    )
