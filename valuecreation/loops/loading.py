"""Loads the rows of a space into the plain rows of `loops.py`, in as many queries for any size."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

from learningspaces.lib.dates import FURTHEST_AHEAD, today_in
from learningspaces.lib.many import any_of
from spaces.models import Space
from valuecreation.consent import NAMELESS, Grant, terms_columns
from valuecreation.loops.flat import FlatGraph, seen_by
from valuecreation.loops.readings import FlowRow, Graph, MomentRow, StoryRow, UptakeRow
from valuecreation.loops.veiling import veiled_flow, veiled_moment
from valuecreation.models import (
    Consent,
    Flow,
    LooseAudience,
    Moment,
    Story,
    StoryState,
    StoryStep,
    Uptake,
)

# Only stories in these states have acts of consent that let anybody else in.
WITH_CONSENT = (StoryState.APPROVED, StoryState.WITHDRAWN)
DATE = 3  # where the day of a moment stands in a row
SLICE = 20_000  # moments that one query names
LOOSE = {LooseAudience.SPACE: frozenset({"space"})}
NOBODY: frozenset[str] = frozenset()


class Interned(dict):
    """One object for all equal values: the rows of a space repeat the same days, words and names.

    >>> same = Interned()
    >>> same["S1"] is same["".join(["S", "1"])]
    True
    """

    def __missing__(self, value):
        self[value] = value
        return value


def graph_of(
    space: Space,
    *,
    moments: Collection[int] | None = None,
    framings: Mapping[str, dt.date] | None = None,
) -> Graph:
    """The moments of a space, or only some of them, with their stories, flows and uptakes.

    `framings` are the days on which framing versions were agreed ("FRAMING-2"), for those who ask
    about a day in the past.
    """
    steps = StoryStep.objects.filter(moment__space=space)
    rows = Moment.objects.in_space(space).but_corrections()
    flows = Flow.objects.in_space(space).in_file_order()
    uptakes = Uptake.objects.filter(moment__space=space)
    stories = Story.objects.in_space(space).in_file_order()
    if moments is not None:
        steps, rows = steps.filter(moment__in=moments), rows.filter(pk__in=moments)
        flows, uptakes = flows.filter(source__in=moments), uptakes.filter(moment__in=moments)
        stories = stories.filter(steps__moment__in=moments).distinct()
    return Graph(
        stories=tuple(_stories(stories)),
        moments=tuple(row for _pk, row in _moments(rows, steps, space.today)),
        flows=tuple(row for *_pks, row in _flows(flows)),
        uptakes=tuple(row for *_moment, row in _uptakes(uptakes)),
        periods=space.stall_after_days,
        framings=framings or {},
    )


def _stories(stories):
    given = defaultdict(list)
    acts = Consent.objects.filter(story__in=stories.order_by(), story__state__in=WITH_CONSENT)
    for story, *terms in acts.values_list("story", *terms_columns()):
        given[story].append(Grant.from_terms(terms))
    fields = ("pk", "ref", "teller__ref", "told_on", "state", "consent__attribution")
    for pk, *row, state, attribution in stories.values_list(*fields):
        dated = any(grant.was_withdrawn for grant in given[pk])
        withdrawn = state == StoryState.WITHDRAWN and not dated
        consents = tuple(given[pk])
        nameless = attribution in NAMELESS
        yield StoryRow(*row, withdrawn=withdrawn, consents=consents, nameless=nameless)


def _come(day: dt.date | None, today: dt.date) -> dt.date | None:
    """The day of a moment; the today of somebody who is ahead of the space is the space's today."""
    return today if day and today < day <= today_in(FURTHEST_AHEAD) else day


def _moments(moments, steps, today):
    stories, same = defaultdict(list), Interned()
    for moment, ref in steps.order_by("story", "order").values_list("moment", "story__ref"):
        stories[moment].append(same[ref])
    fields = ("cycle", "polarity", "status", "occurred_on", "precision", "due_on", "told_on")
    where = ("location", "other_space__slug")
    who = ("agent__ref", "agent_word", "for_whom__ref", "for_word", "loose_audience")
    for pk, ref, *row, agent, agent_word, for_whom, for_word, loose in moments.order_by(
        "pk"
    ).values_list("pk", "ref", *fields, *where, *who):
        row[DATE] = _come(row[DATE], today)
        told = same[tuple(stories[pk])]
        people = (agent or agent_word, for_whom or for_word)
        known = (same[value] for value in (*row, *people))
        yield pk, MomentRow(ref, told, *known, LOOSE.get(loose, NOBODY))


def _flows(flows):
    fields = ("kind", "status", "due_on", "reason", "stalled", "asked_on", "asked_by__ref")
    same = Interned()
    ends = ("pk", "source", "target", "source__ref", "target__ref", "framing_number")
    for row in flows.values_list(*ends, *fields):
        pks, (source, target, number, kind, status, due, reason, *asked) = row[:3], row[3:]
        goal = target or (f"FRAMING-{number}" if number else None)
        known = (same[value] for value in (source, goal, kind, status, due, reason or None))
        yield *pks, FlowRow(*known, *asked)


def _uptakes(uptakes):
    fields = ("moment__ref", "kind", "label", "taken_up_on")
    for pk, told_on, *row in uptakes.order_by("pk").values_list(
        "moment", "moment__told_on", *fields
    ):
        yield pk, told_on, UptakeRow(*row)


def flat_graph_of(space: Space, moments: Collection[int], *, within: bool = False) -> FlatGraph:
    """The same rows in flat arrays, fetched slice by slice.

    Every flow must end among them; `within` leaves out those that do not.

    Of nameless tellers no more goes in than everybody may know: what is kept is for audiences.
    """
    flat, known, veiled = FlatGraph(space.today), {}, set()
    parts = slices(sorted(moments))
    for part in map(any_of, parts):
        stories = Story.objects.told_with(part)
        fresh = list(_stories(stories.in_file_order()))
        known |= {row.ref: seen_by(row, flat.day) for row in fresh}
        nameless = {row.ref for row in fresh if row.nameless}
        steps = StoryStep.objects.filter(moment__in=part)
        for pk, row in _moments(Moment.objects.filter(pk__in=part), steps, flat.day):
            if not nameless.isdisjoint(row.stories):
                row = veiled_moment(row)
                veiled.add(pk)
            flat.add_moment(pk, row, [known[ref] for ref in row.stories])
    for part in map(any_of, parts):
        for pk, source, target, row in _flows(Flow.objects.filter(source__in=part).order_by()):
            if within and row.between_moments and target not in flat.place:
                continue
            at_one = source in veiled or target in veiled
            flat.add_flow(pk, source, target, veiled_flow(row) if at_one else row)
        for moment, told_on, row in _uptakes(Uptake.objects.filter(moment__in=part)):
            flat.add_uptake(moment, told_on, row)
    return flat


def slices(numbers: list[int]) -> list[list[int]]:
    """Numbers in parts that one query can name."""
    return [numbers[start : start + SLICE] for start in range(0, len(numbers), SLICE)]
