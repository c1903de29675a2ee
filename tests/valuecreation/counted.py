import datetime as dt
import itertools

from tests import make
from valuecreation.cycles import Cycle, MomentStatus
from valuecreation.models import (
    Flow,
    FlowKind,
    Moment,
    Story,
    StoryState,
    StoryStep,
)
from valuecreation.summaries import tallies

AUDIENCES = ["space", "organisation", "partner_spaces", "public"]


def raw(space, audience, on):
    """The same totals, counted from the rows themselves."""
    stories = Story.objects.for_audience(audience, on).in_space(space)
    moments = list(Moment.objects.for_audience(audience, on, space=space))
    seen = {moment.pk: moment for moment in moments}
    found = {name: {} for name in ("moments", "alone", "flows", "returns")}
    found |= {"touching": {}, "tellers_in": {}}
    for moment in moments:
        add(found["moments"], (moment.cycle, moment.status, moment.polarity))
        if not moment.steps.exists():
            add(found["alone"], (moment.cycle, moment.status))
    between = Flow.objects.in_space(space).happened().exclude(kind=FlowKind.REFRAMING)
    for flow in between:
        if flow.source_id in seen and flow.target_id in seen:
            pair = (seen[flow.source_id].cycle, seen[flow.target_id].cycle)
            add(found["returns" if flow.kind == FlowKind.RETURN else "flows"], pair)
    happened = [pk for pk, moment in seen.items() if moment.status == MomentStatus.ACTUAL]
    pairs = StoryStep.objects.filter(story__in=stories, moment__in=happened)
    touched = {(s.story_id, s.story.teller_id, seen[s.moment_id].cycle) for s in pairs}
    for _, _, cycle in touched:
        add(found["touching"], cycle)
    for _, cycle in {(teller, cycle) for _, teller, cycle in touched}:
        add(found["tellers_in"], cycle)
    return found | {
        "stories": len(stories),
        "stories_happened": len({story for story, _, _ in touched}),
        "tellers": len({story.teller_id for story in stories}),
    }


def add(counts, key):
    counts[key] = counts.get(key, 0) + 1


def totals(space, audience, on):
    """What the summaries say, in the same words."""
    summary = tallies.read(space, audience, on)
    touching, tellers_in = summary.stories_touching, summary.tellers_in
    return {
        "moments": summary.moments,
        "flows": summary.flows,
        "returns": summary.returns,
        "touching": {cycle: number for cycle, number in touching.items() if number},
        "tellers_in": {cycle: number for cycle, number in tellers_in.items() if number},
        "alone": summary.alone,
        "stories": summary.stories,
        "stories_happened": summary.stories_happened,
        "tellers": summary.tellers,
    }


def assert_exact(space):
    for days in (0, 3, 400):
        on = space.today + dt.timedelta(days=days)
        for audience in AUDIENCES:
            assert totals(space, audience, on) == raw(space, audience, on), (audience, days)


def tell(space, *audience, cycles=(Cycle.POTENTIAL, Cycle.APPLIED), expires_on=None, **fields):
    """A story told, its moments joined by flows, approved for some circles, and counted."""
    with tallies.counted() as counting:
        told = make.story(in_space=space, cycles=cycles, **fields)
        steps = [step.moment for step in told.steps.order_by("order")]
        for source, target in itertools.pairwise(steps):
            make.flow(source, target)
        counting.add(told)
        if audience:
            told.state = StoryState.APPROVED
            told.save()
            make.consent(told, *audience, expires_on=expires_on)
    return told
