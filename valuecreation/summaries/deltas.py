"""What stories, their moments and flows add to the summaries, and for whom.

Rows of the tables go in (a few queries, however many rows), a Counter of summary keys comes out.
A story counts as its consent stood when it was last counted. `Story.counts_until` is the last day
on which that holds; who reads on a later day corrects the sums (totals.py) until a worker has
counted the story again.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q

from learningspaces.lib.dates import season_of
from valuecreation.consent import Grant, terms_columns
from valuecreation.cycles import Audience, MomentStatus
from valuecreation.models import (
    Flow,
    FlowKind,
    LoopReading,
    LooseAudience,
    Moment,
    Story,
    StoryState,
    StoryStep,
)

ONE_DAY = dt.timedelta(days=1)
NOBODY: frozenset[str] = frozenset()


class TallyKey(NamedTuple):
    """What a summary row counts."""

    space: int
    audience: str
    what: str
    season: str = ""
    a: str = ""
    b: str = ""
    c: str = ""


class CountedStory(NamedTuple):
    """A story: to whom it goes, and (`until`) the last day on which that holds, if it has one."""

    space: int
    teller: int
    season: str
    audiences: frozenset[str]
    until: dt.date | None


class CountedMoment(NamedTuple):
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
    story: dict[int, CountedStory] = field(default_factory=dict)
    moment: dict[int, CountedMoment] = field(default_factory=dict)
    stories_of: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    moments_of: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    flows: list[tuple] = field(default_factory=list)
    loops: dict[int, list[tuple]] = field(default_factory=lambda: defaultdict(list))


def audiences_on(grant: Grant | None, day: dt.date) -> frozenset[str]:
    """The audiences to which a consent lets a story go on a day."""
    return grant.reached if grant and grant.in_force(day) else NOBODY


def holds_until(grant: Grant | None, day: dt.date) -> dt.date | None:
    """The last day on which a story still goes to whom it goes to on a day; None for ever."""
    days = grant.days_from(day) if grant and grant.reached else None
    if days is None:
        return None
    first, last = days
    return first - ONE_DAY if first else last


def moment_audiences(rows: Rows, moment: int) -> frozenset[str]:
    """The audiences to which a moment goes: those to which all of its stories do."""
    stories = [rows.story[pk].audiences for pk in rows.stories_of.get(moment, ())]
    if stories:
        return frozenset.intersection(*stories)
    shared = rows.moment[moment].loose == LooseAudience.SPACE
    return frozenset({Audience.SPACE.value}) if shared else NOBODY


def deltas_of(rows: Rows) -> Counter:
    """All summary keys that the counted rows add to, with how much."""
    seen_by = {pk: moment_audiences(rows, pk) for pk in rows.moment}
    counted: Counter = Counter()
    for pk in rows.moments:
        if pk in rows.moment:
            alone = not rows.stories_of.get(pk)
            _count_moment(counted, rows.moment[pk], seen_by[pk], alone=alone)
    for flow in rows.flows:
        _count_flow(counted, rows, seen_by, flow)
    for pk in rows.stories:
        if pk in rows.story:
            _count_story(counted, rows, seen_by, pk)
    return counted


def _count_moment(counted, moment: CountedMoment, audiences, *, alone: bool) -> None:
    for audience in audiences:
        what = (moment.cycle, moment.status, moment.polarity)
        here = TallyKey(moment.space, audience, "moment", moment.season, *what)
        counted[here] += 1
        if alone:
            counted[here._replace(what="alone", c="")] += 1


def _count_flow(counted, rows: Rows, seen_by, flow) -> None:
    pk, source, target, kind = flow
    if source not in rows.moment or target not in rows.moment:
        return
    origin, goal = rows.moment[source], rows.moment[target]
    both = seen_by[source] & seen_by[target]
    pair = (goal.season, origin.cycle, goal.cycle)
    way = "return" if kind == FlowKind.RETURN else "flow"
    for audience in both:
        counted[TallyKey(origin.space, audience, "flow", *pair, way)] += 1
    for audience, status in rows.loops.get(pk, ()):
        if audience in both:
            counted[TallyKey(origin.space, audience, "loop", *pair, status)] += 1


def _count_story(counted, rows: Rows, seen_by, pk: int) -> None:
    story = rows.story[pk]
    teller = str(story.teller)
    for audience in story.audiences:
        here = TallyKey(story.space, audience, "story", story.season)
        seen = [rows.moment[one] for one in rows.moments_of.get(pk, ()) if audience in seen_by[one]]
        happened = {moment.cycle for moment in seen if moment.status == MomentStatus.ACTUAL}
        counted[here._replace(a=MomentStatus.ACTUAL.value if happened else "")] += 1
        counted[here._replace(what="teller", a=teller)] += 1
        for cycle in happened:
            counted[here._replace(what="story_cycle", a=cycle)] += 1
            counted[here._replace(what="teller_cycle", season="", a=teller, b=cycle)] += 1


def rows_around(
    stories: Collection[int], moments: Collection[int], today: dt.date, *, anew: bool = False
) -> Rows:
    """The stories and moments named, those that share a moment with them, and their flows.

    The stories named count as they did, or (`anew`) as their consent stands today.
    """
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
    named_anew = set(stories) if anew else set()
    bearing_stories = Story.objects.filter(pk__in=rows.stories | rows.moments_of.keys())
    _fill_stories(rows, bearing_stories, today, anew=named_anew)
    _fill_loops(rows, LoopReading.objects.filter(flow__in=[f[0] for f in _returns(rows)]))
    return rows


def rows_of_flows(flows: Collection[int], today: dt.date) -> Rows:
    """Some flows alone, with what says to whom they go."""
    rows = Rows(flows=list(_flows(Flow.objects.filter(pk__in=flows))))
    bearing = {end for flow in rows.flows for end in flow[1:3]}
    _fill(rows, StoryStep.objects.filter(moment__in=bearing), Moment.objects.filter(pk__in=bearing))
    _fill_stories(rows, Story.objects.filter(pk__in=rows.moments_of.keys()), today, anew=())
    _fill_loops(rows, LoopReading.objects.filter(flow__in=flows))
    return rows


def rows_of_space(space, today: dt.date, *, anew: bool = False) -> Rows:
    """Everything of a space as it was counted, or anew, in as many queries as for one story."""
    rows = Rows(flows=list(_flows(Flow.objects.filter(space=space))))
    steps = StoryStep.objects.filter(story__space=space)
    _fill(rows, steps, Moment.objects.filter(space=space))
    _fill_stories(rows, Story.objects.filter(space=space), today, anew=None if anew else ())
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
        rows.moment[pk] = CountedMoment(space, *what, season_of(occurred_on or due_on), loose)


def _fill_stories(rows: Rows, stories, today: dt.date, *, anew: Collection[int] | None) -> None:
    """Stories as they were counted; those `anew` (None: all) as their consent stands today."""
    fields = ("pk", "space", "teller", "told_on", "state", "counts_until")
    terms = terms_columns("consent__")
    for pk, space, teller, told_on, state, until, *act in stories.values_list(*fields, *terms):
        grant = Grant.from_terms(act) if state == StoryState.APPROVED else None
        as_today = until is None or anew is None or pk in anew
        day = today if as_today else min(until, today)
        audiences, ends = audiences_on(grant, day), holds_until(grant, today)
        rows.story[pk] = CountedStory(space, teller, season_of(told_on), audiences, ends)


def _fill_loops(rows: Rows, readings) -> None:
    for flow, audience, status in readings.values_list("flow", "audience", "status"):
        rows.loops[flow].append((audience, status))
