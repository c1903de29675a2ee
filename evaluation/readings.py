"""The readings of a stored space, with its indicators."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace

from evaluation.models import Indicator
from evaluation.presentation.indicators import in_words_of
from evaluation.series import (
    RATIO,
    IndicatorRow,
    SeriesPoint,
    SupersededPoint,
    as_of,
    figure,
    plain,
)
from evaluation.series_rows import indicator_row
from evaluation.small_groups import shown_to_people
from framing.models import FramingVersion
from spaces.models import Person, Space
from spaces.presentation.viewer import OPERATOR, Viewer
from valuecreation.cycles import Audience
from valuecreation.loops import readings as loops
from valuecreation.loops.loading import graph_of
from valuecreation.loops.veiling import leading_away, telling_a_place, veiled
from valuecreation.models import Story, StoryState, StoryStep

# What would tell the day of a moment, or lead to somebody, in each of the lists.
EXACT = {
    "quiet": ("days",),
    "stalled": ("days", "asked_on", "asked_by", "reason"),
    "overdue_hopes": ("due", "days_past_due"),
}


def readings_of(
    space: Space, *, day: dt.date, audience: str | None = None, reader: Person | None = None
) -> dict:
    """All readings of a space on a day, for an audience or for whoever keeps the server.

    For a `reader` only from stories that go to their audience today, too: what was taken back or
    narrowed since does not come back with an earlier day. Of nameless tellers, but for their own
    stories, they learn the quarter and no flow that leads away.
    """
    indicators = Indicator.objects.in_space(space).order_by("pk").prefetch_related("observations")
    viewer = Viewer(space, audience=audience or OPERATOR)
    rows = [in_words_of(viewer, indicator_row(one, one.observations.all())) for one in indicators]
    smallest = space.min_group_size if audience else 0
    graph = told_graph(space)
    own = own_stories(space, reader) if reader else set()
    if reader:
        graph = veiled(graph.for_audience(audience, space.today), own=own)
    answer = loops.readings(
        graph,
        day=day,
        space=space.slug,
        audience=audience,
        indicators=indicator_readings(rows, day=day, smallest_group=smallest),
    )
    if not reader:
        return answer
    away, placed = leading_away(graph, own=own), telling_a_place(graph, own=own)
    return without(answer, away, placed=placed)


def own_stories(space: Space, reader: Person) -> set[str]:
    """The names of the stories that a reader tells or wrote down."""
    stories = Story.objects.in_space(space)
    own = stories.told_by(reader) | stories.collected_by(reader)
    return set(own.values_list("ref", flat=True))


def without(answer: dict, hidden: Collection[tuple], *, placed: Collection[tuple]) -> dict:
    """Readings in whose lists nobody can follow some flows, named by their ends.

    Of those that are `placed` no list says that they returned, or went into another space.
    """
    unplaced = {*hidden, *placed}
    names = {f"{source}->{target}" for source, target in unplaced}
    answer["audience"]["flows"] = rows_without(answer["audience"]["flows"], hidden)
    answer["cross_space"] = rows_without(answer["cross_space"], unplaced)
    answer["returns"] = [
        row | {"leads_to": [name for name in row["leads_to"] if name not in names]}
        for row in rows_without(answer["returns"], unplaced)
    ]
    stalled = answer["stalled"]
    answer["stalled"] = [row for row in stalled if (row["moment"], row["to"]) not in hidden]
    return answer


def rows_without(rows: list[dict], hidden: Collection[tuple]) -> list[dict]:
    """The rows of a list of flows but for some, named by their ends."""
    return [row for row in rows if (row["from"], row["to"]) not in hidden]


def indicator_readings(
    rows: Iterable[IndicatorRow], *, day: dt.date | None = None, smallest_group: int = 0
) -> dict:
    """The `indicators` section of the readings, as of a day, ready for JSON.

    With `smallest_group`, figures and remainders about fewer people than that are missing.
    """
    section = {}
    for row in rows:
        row = shown_to_people(row, smallest_group)
        row = as_of(row, day) if day else row
        section[row.ref] = {
            "cycle": row.cycle,
            "kind": row.kind,
            "direction": row.direction,
            "target": plain(row.target),
            "warns_of_harm": row.warns_of_harm,
            "baseline": figure(row.baseline or SeriesPoint(), row.kind),
            "series": [{"period": p.period, **figure(p, row.kind)} for p in row.series],
            "superseded": [superseded_entry(old, row.kind) for old in row.superseded],
        }
    return section


def superseded_entry(old: SupersededPoint, kind: str) -> dict:
    """An earlier value as the space file writes it: a ratio as its two numbers."""
    point = old.point
    value = plain(point.value)
    if kind == RATIO and point.denominator is not None:
        value = [plain(point.numerator), plain(point.denominator)]
    return {
        "period": point.period,
        "value": value,
        "corrected_on": old.corrected_on.isoformat(),
        "reason": old.reason,
    }


def readings_for(space: Space, person, *, day: dt.date) -> dict:
    """Readings as a person may see them: nothing that is closed to them today, no exact day of a
    nameless teller, and outside the space nobody who asked."""
    audience = space.audience_of(person)
    answer = readings_of(space, day=day, audience=audience, reader=person)
    veiled = set(StoryStep.objects.in_space(space).nameless_to(person).refs())
    for name, exact in EXACT.items():
        for row in answer[name]:
            if row["moment"] in veiled:
                row.update(dict.fromkeys(exact))
    if audience != Audience.SPACE:
        for row in answer["stalled"]:
            row["asked_by"] = None
    return answer


def told_graph(space: Space) -> loops.Graph:
    """What has been told: stories that are still being written are in no reading."""
    agreed = FramingVersion.objects.in_space(space).agreed()
    days = {f"FRAMING-{row.number}": row.agreed_on for row in agreed}
    graph = graph_of(space, framings=days)
    drafts = Story.objects.in_space(space).in_state(StoryState.DRAFT).values_list("ref", flat=True)
    begun = set(drafts)
    return replace(
        graph,
        stories=tuple(row for row in graph.stories if row.ref not in begun),
        moments=tuple(row for row in graph.moments if not row.stories or set(row.stories) - begun),
    )
