"""Loads the rows of a space into the plain rows of `loops.py`, in as many queries for any size."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

from spaces.models import Space
from valuecreation.loops.readings import ConsentRow, FlowRow, Graph, MomentRow, StoryRow, UptakeRow
from valuecreation.models import (
    AUDIENCE_FIELDS,
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
    rows = Moment.objects.in_space(space)
    flows = Flow.objects.in_space(space).in_file_order()
    uptakes = Uptake.objects.filter(moment__space=space)
    stories = Story.objects.in_space(space).in_file_order()
    if moments is not None:
        steps, rows = steps.filter(moment__in=moments), rows.filter(pk__in=moments)
        flows, uptakes = flows.filter(source__in=moments), uptakes.filter(moment__in=moments)
        stories = stories.filter(steps__moment__in=moments).distinct()
    same = Interned()
    return Graph(
        stories=tuple(_stories(stories, same)),
        moments=tuple(_moments(rows, steps, same)),
        flows=tuple(_flows(flows, same)),
        uptakes=tuple(_uptakes(uptakes)),
        periods=space.stall_after_days,
        framings=framings or {},
    )


def _stories(stories, same):
    given = defaultdict(list)
    fields = ("story", "given_on", "expires_on", "withdrawn_on", *AUDIENCE_FIELDS.values())
    acts = Consent.objects.filter(story__in=stories.order_by(), story__state__in=WITH_CONSENT)
    for story, *days in acts.order_by("given_on", "pk").values_list(*fields):
        named = [code for code, yes in zip(AUDIENCE_FIELDS, days[3:], strict=True) if yes]
        given[story].append((*days[:3], same[frozenset(named or ["teller_collector"])]))
    for pk, ref, teller, told_on, state in stories.values_list(
        "pk", "ref", "teller__ref", "told_on", "state"
    ):
        ref = same[ref]
        consents = tuple(ConsentRow(ref, *act) for act in given[pk])
        dated = any(act.withdrawn_on for act in consents)
        withdrawn = state == StoryState.WITHDRAWN and not dated
        yield StoryRow(ref, teller, told_on, withdrawn=withdrawn, consents=consents)


def _moments(moments, steps, same):
    stories = defaultdict(list)
    for moment, ref in steps.order_by("story", "order").values_list("moment", "story__ref"):
        stories[moment].append(same[ref])
    fields = ("cycle", "polarity", "status", "occurred_on", "precision", "due_on", "told_on")
    where = ("location", "other_space__slug")
    who = ("agent__ref", "agent_word", "for_whom__ref", "for_word", "loose_audience")
    for pk, ref, *row, agent, agent_word, for_whom, for_word, loose in moments.order_by(
        "pk"
    ).values_list("pk", "ref", *fields, *where, *who):
        told = same[tuple(stories[pk])]
        people = (agent or agent_word, for_whom or for_word)
        known = (same[value] for value in (*row, *people))
        yield MomentRow(same[ref], told, *known, LOOSE.get(loose, NOBODY))


def _flows(flows, same):
    fields = ("kind", "status", "due_on", "reason", "stalled", "asked_on", "asked_by__ref")
    for source, target, number, kind, status, due, reason, *asked in flows.values_list(
        "source__ref", "target__ref", "framing_number", *fields
    ):
        goal = target or (f"FRAMING-{number}" if number else None)
        known = (same[value] for value in (source, goal, kind, status, due, reason or None))
        yield FlowRow(*known, *asked)


def _uptakes(uptakes):
    for row in uptakes.order_by("pk").values_list("moment__ref", "kind", "label", "taken_up_on"):
        yield UptakeRow(*row)
