"""What stories, their moments and flows add to the summaries, for whom, from when and till when.

Rows of the tables go in (a few queries, however many rows), a Counter of summary keys comes out.
A consent that lapses on a known day counts until that day: its minus is dated the day after.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q

from learningspaces.lib.dates import season_of
from valuecreation.cycles import Audience
from valuecreation.models import (
    AUDIENCE_FIELDS,
    REACHING,
    Flow,
    FlowKind,
    LoopReading,
    LooseAudience,
    Moment,
    Story,
    StoryState,
    StoryStep,
)

CONSENT = ("given_on", "expires_on", "withdrawn_on", *AUDIENCE_FIELDS.values())
ONE_DAY = dt.timedelta(days=1)


class Span(NamedTuple):
    """From one day to another, both included; None is as long as can be."""

    start: dt.date | None
    until: dt.date | None


ALWAYS = Span(None, None)


class TallyKey(NamedTuple):
    """What a summary row counts, and from when."""

    space: int
    audience: str
    what: str
    season: str = ""
    a: str = ""
    b: str = ""
    c: str = ""
    counts_from: dt.date | None = None


class StoryFacts(NamedTuple):
    space: int
    teller: int
    season: str
    spans: dict[str, Span]


class MomentFacts(NamedTuple):
    space: int
    cycle: str
    status: str
    polarity: str
    season: str
    loose: str


@dataclass
class Rows:
    """The rows that summaries are counted from: `stories` and `moments` count, others only bear.

    `near` are the moments that were asked about; the rest came along with them.
    """

    stories: Collection[int] = ()
    moments: Collection[int] = ()
    near: set[int] = field(default_factory=set)
    story: dict[int, StoryFacts] = field(default_factory=dict)
    moment: dict[int, MomentFacts] = field(default_factory=dict)
    stories_of: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    moments_of: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    flows: list[tuple] = field(default_factory=list)
    loops: dict[int, list[tuple]] = field(default_factory=lambda: defaultdict(list))


def meet(spans: Iterable[Span]) -> Span | None:
    """The days that lie in all of the spans, if there are any."""
    start, until = ALWAYS
    for span in spans:
        start = max(filter(None, (start, span.start)), default=None)
        until = min(filter(None, (until, span.until)), default=None)
    return None if start and until and start > until else Span(start, until)


def join(spans: Iterable[Span]) -> list[Span]:
    """The days that lie in any of the spans, as spans that do not touch."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start or dt.date.min):
        last = joined[-1] if joined else None
        if last and (last.until is None or (span.start or dt.date.min) <= last.until + ONE_DAY):
            open_end = last.until is None or span.until is None
            until = None if open_end else max(last.until, span.until)
            joined[-1] = Span(last.start, until)
        else:
            joined.append(span)
    return joined


def story_spans(state: str, consent: dict, today: dt.date) -> dict[str, Span]:
    """For each audience the days, from today on, on which a story goes to it."""
    if state != StoryState.APPROVED or consent["given_on"] is None:
        return {}
    ended = consent["withdrawn_on"] and consent["withdrawn_on"] - ONE_DAY
    until = min(filter(None, (ended, consent["expires_on"])), default=None)
    start = consent["given_on"] if consent["given_on"] > today else None
    if until and until < (start or today):
        return {}
    return {
        audience: Span(start, until)
        for audience in Audience.values
        if any(consent[name] for name in REACHING[audience])
    }


def moment_spans(rows: Rows, moment: int) -> dict[str, Span]:
    """The days on which a moment goes to each audience: those on which all of its stories do."""
    stories = [rows.story[pk].spans for pk in rows.stories_of.get(moment, ())]
    if not stories:
        shared = rows.moment[moment].loose == LooseAudience.SPACE
        return {Audience.SPACE.value: ALWAYS} if shared else {}
    found = {}
    for audience in stories[0]:
        if all(audience in spans for spans in stories):
            span = meet(spans[audience] for spans in stories)
            if span:
                found[audience] = span
    return found


def deltas_of(rows: Rows) -> Counter:
    """All summary keys that the counted rows add to, with how much."""
    spans = {pk: moment_spans(rows, pk) for pk in rows.moment}
    counted: Counter = Counter()
    for pk in rows.moments:
        if pk in rows.moment:
            _count_moment(counted, rows.moment[pk], spans[pk])
    for flow in rows.flows:
        _count_flow(counted, rows, spans, flow)
    for pk in rows.stories:
        if pk in rows.story:
            _count_story(counted, rows, spans, pk)
    return counted


def _add(counted: Counter, key: TallyKey, span: Span) -> None:
    counted[key._replace(counts_from=span.start)] += 1
    if span.until:
        counted[key._replace(counts_from=span.until + ONE_DAY)] -= 1


def _count_moment(counted, moment: MomentFacts, spans) -> None:
    for audience, span in spans.items():
        what = (moment.cycle, moment.status, moment.polarity)
        _add(counted, TallyKey(moment.space, audience, "moment", moment.season, *what), span)


def _count_flow(counted, rows: Rows, spans, flow) -> None:
    pk, source, target, kind = flow
    if source not in rows.moment or target not in rows.moment:
        return
    origin, goal = rows.moment[source], rows.moment[target]
    statuses = defaultdict(list)
    for audience, status in rows.loops.get(pk, ()):
        statuses[audience].append(status)
    for audience in spans[source].keys() & spans[target].keys():
        span = meet((spans[source][audience], spans[target][audience]))
        if span is None:
            continue
        pair = (goal.season, origin.cycle, goal.cycle)
        way = "return" if kind == FlowKind.RETURN else "flow"
        _add(counted, TallyKey(origin.space, audience, "flow", *pair, way), span)
        for status in statuses[audience]:
            _add(counted, TallyKey(origin.space, audience, "loop", *pair, status), span)


def _count_story(counted, rows: Rows, spans, pk: int) -> None:
    story = rows.story[pk]
    teller = str(story.teller)
    for audience, span in story.spans.items():
        _add(counted, TallyKey(story.space, audience, "story", story.season), span)
        _add(counted, TallyKey(story.space, audience, "teller", story.season, teller), span)
        touched = defaultdict(list)
        for moment in rows.moments_of.get(pk, ()):
            if audience in spans[moment]:
                touched[rows.moment[moment].cycle].append(spans[moment][audience])
        for cycle, days in touched.items():
            for part in join(days):
                in_cycle = TallyKey(story.space, audience, "story_cycle", story.season, cycle)
                _add(counted, in_cycle, part)
                _add(
                    counted,
                    TallyKey(story.space, audience, "teller_cycle", "", teller, cycle),
                    part,
                )


def rows_around(stories: Collection[int], moments: Collection[int], today: dt.date) -> Rows:
    """The stories and moments named, those that share a moment with them, and their flows."""
    named = StoryStep.objects.filter(story__in=stories).values_list("moment", flat=True)
    near = set(moments) | set(named)
    sharing = StoryStep.objects.filter(story__steps__moment__in=near).values_list("story", "moment")
    pairs = set(sharing)
    counting = near | {moment for _, moment in pairs}
    rows = Rows(set(stories) | {story for story, _ in pairs}, counting, near)
    ends = Q(source__in=counting) | Q(target__in=counting)
    rows.flows = list(_flows(Flow.objects.filter(ends)))
    bearing = counting | {end for flow in rows.flows for end in flow[1:3]}
    steps = StoryStep.objects.filter(moment__in=bearing)
    _fill(rows, steps, Moment.objects.filter(pk__in=bearing))
    _fill_stories(rows, Story.objects.filter(pk__in=rows.stories | rows.moments_of.keys()), today)
    _fill_loops(rows, LoopReading.objects.filter(flow__in=[f[0] for f in _returns(rows)]))
    return rows


def rows_of_flows(flows: Collection[int], today: dt.date) -> Rows:
    """Some flows alone, with what says to whom they go."""
    rows = Rows(flows=list(_flows(Flow.objects.filter(pk__in=flows))))
    bearing = {end for flow in rows.flows for end in flow[1:3]}
    _fill(rows, StoryStep.objects.filter(moment__in=bearing), Moment.objects.filter(pk__in=bearing))
    _fill_stories(rows, Story.objects.filter(pk__in=rows.moments_of.keys()), today)
    _fill_loops(rows, LoopReading.objects.filter(flow__in=flows))
    return rows


def rows_of_space(space, today: dt.date) -> Rows:
    """Everything of a space, in as many queries as for one story."""
    rows = Rows(flows=list(_flows(Flow.objects.filter(space=space))))
    steps = StoryStep.objects.filter(story__space=space)
    _fill(rows, steps, Moment.objects.filter(space=space))
    _fill_stories(rows, Story.objects.filter(space=space), today)
    _fill_loops(rows, LoopReading.objects.filter(space=space))
    rows.stories, rows.moments = rows.story.keys(), rows.moment.keys()
    return rows


def _returns(rows: Rows) -> list[tuple]:
    return [flow for flow in rows.flows if flow[3] == FlowKind.RETURN]


def _flows(flows):
    """Happened flows between two moments; a reframing leads to a version, not to a moment."""
    between = flows.happened().exclude(kind=FlowKind.REFRAMING).filter(target__isnull=False)
    return between.values_list("pk", "source", "target", "kind")


def _fill(rows: Rows, steps, moments) -> None:
    pairs = steps.order_by().values_list("story", "moment")
    for story, moment in pairs:
        rows.stories_of[moment].append(story)
        rows.moments_of[story].append(moment)
    fields = ("pk", "space", "cycle", "status", "polarity", "occurred_on", "due_on")
    for pk, space, *what, occurred_on, due_on, loose in moments.values_list(
        *fields, "loose_audience"
    ):
        rows.moment[pk] = MomentFacts(space, *what, season_of(occurred_on or due_on), loose)


def _fill_stories(rows: Rows, stories, today: dt.date) -> None:
    fields = ("pk", "space", "teller", "told_on", "state")
    acts = [f"consent__{name}" for name in CONSENT]
    for pk, space, teller, told_on, state, *act in stories.values_list(*fields, *acts):
        spans = story_spans(state, dict(zip(CONSENT, act, strict=True)), today)
        rows.story[pk] = StoryFacts(space, teller, season_of(told_on), spans)


def _fill_loops(rows: Rows, readings) -> None:
    for flow, audience, status in readings.values_list("flow", "audience", "status"):
        rows.loops[flow].append((audience, status))
