"""The stories, moments, flows and loops of a release, as its audience may know them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from evaluation.models import Coding, MomentIndicator
from evaluation.presentation.records import (
    CycleCount,
    ReleaseCounts,
    ReleasedFlow,
    ReleasedLoop,
    ReleasedMoment,
    ReturnCount,
    WaitingCounts,
)
from evaluation.releases.selection import ChosenStory, Selection
from evaluation.releases.viewer import ReleaseViewer
from framing.models import MomentAspiration
from spaces.models import Space
from valuecreation.cycles import CYCLES_AND_NONE, Cycle, Unplaced
from valuecreation.loops import readings as loops
from valuecreation.loops.veiling import leading_away, telling_a_place
from valuecreation.models import Moment, Story, StoryStep
from valuecreation.presentation.records import PresentedStory, present_moment, present_story

FORWARD, REFRAMING = "forward", "reframing"
AT_ONCE = 500  # stories or moments whose rows are held together
STEPS = StoryStep.objects.select_related("moment").only("story", "order", "moment__ref")
# Fetched along by queries of their own, so that no person or story is made many times over.
OF_STORY = ("teller", "collector", "consent__version", Prefetch("steps", STEPS))
OF_MOMENT = (
    "agent",
    "for_whom",
    "other_space",
    "steps__story__teller",
    "steps__story__collector",
    "steps__story__consent",
)


@dataclass(frozen=True)
class Ties:
    """How analysts read moments; the indicators and aspirations that these speak to."""

    readings: dict[str, list[str]]
    indicators: dict[str, list[str]]
    aspirations: dict[str, list[str]]


def release_stories(
    selection: Selection, viewer: ReleaseViewer
) -> Iterator[tuple[Story, PresentedStory]]:
    """Each story: its words where they may be quoted, its counts always."""
    rows = Story.objects.in_space(selection.space).prefetch_related(*OF_STORY)
    for refs in some([story.ref for story in selection.stories]):
        found = {story.ref: story for story in rows.called_any(refs)}
        for story in map(found.__getitem__, refs):
            steps = [step.moment.ref for step in story.steps.all()]
            shown = [ref for ref in steps if ref in selection.place]
            yield story, present_story(viewer, story, shown)


def release_moments(
    selection: Selection, viewer: ReleaseViewer, ties: Ties
) -> Iterator[ReleasedMoment]:
    """Every moment of the release, beside the others of its story."""
    rows = Moment.objects.in_space(selection.space).prefetch_related(*OF_MOMENT)
    for refs in some(list(selection.place)):
        found = {moment.ref: moment for moment in rows.named(refs)}
        for ref in refs:
            yield ReleasedMoment(
                **vars(present_moment(viewer, found[ref])),
                analyst_cycles=tuple(ties.readings.get(ref, ())),
                indicators=tuple(ties.indicators.get(ref, ())),
                aspirations=tuple(ties.aspirations.get(ref, ())),
            )


def some(refs: Sequence[str]) -> Iterator[Sequence[str]]:
    """The refs, as many at a time as are fetched together."""
    return (refs[first : first + AT_ONCE] for first in range(0, len(refs), AT_ONCE))


def ties_of(space: Space, *, indicators: set[str], aspirations: set[str]) -> Ties:
    """What each moment speaks to, of what the release knows."""
    to_indicators, to_aspirations = defaultdict(list), defaultdict(list)
    links = MomentIndicator.objects.in_space(space)
    for moment, ref in links.order_by("indicator").values_list("moment__ref", "indicator__ref"):
        if ref in indicators:
            to_indicators[moment].append(ref)
    links = MomentAspiration.objects.in_space(space)
    for moment, key in links.order_by("aspiration").values_list("moment__ref", "aspiration__key"):
        if key in aspirations and key not in to_aspirations[moment]:
            to_aspirations[moment].append(key)
    readings = defaultdict(list)
    codings = Coding.objects.in_space(space).current().order_by("read_at", "pk")
    for moment, cycle in codings.values_list("moment__ref", "cycle"):
        if cycle not in readings[moment]:
            readings[moment].append(cycle)
    return Ties(readings, to_indicators, to_aspirations)


def release_flows(selection: Selection) -> Iterator[ReleasedFlow]:
    """Flows whose both ends are in the release, but for those that nobody can follow.

    A reframing leads to no moment.
    """
    hidden, placed = leading_away(selection.held), telling_a_place(selection.held)
    return (
        ReleasedFlow(
            source=flow.source,
            target=flow.target if flow.kind != REFRAMING else None,
            kind=FORWARD if (flow.source, flow.target) in placed else flow.kind,
            status=flow.status,
        )
        for flow in sorted(selection.held.flows, key=lambda flow: selection.place[flow.source])
        if (flow.source, flow.target) not in hidden
    )


def release_loops(selection: Selection) -> tuple[ReleasedLoop, ...]:
    """Returns of the release, read on everything the audience could be told and nothing else."""
    known, place = loops.returns(selection.known), selection.place
    hidden = leading_away(selection.known) | telling_a_place(selection.known)
    here = [row for row in known if row["from"] in place and row["to"] in place]
    here = [row for row in here if (row["from"], row["to"]) not in hidden]
    facts = ("status", "root", "length", "spiral", "reaches_reframing", "through_other_space")
    return tuple(
        ReleasedLoop(
            source=row["from"],
            target=row["to"],
            brings_back_harm=row["brings_back_harm"],
            **{name: row[name] for name in facts},
        )
        for row in sorted(here, key=lambda row: selection.place[row["from"]])
    )


def release_counts(selection: Selection, returned: tuple[ReleasedLoop, ...]) -> ReleaseCounts:
    """Plain totals; hoped moments are counted apart."""
    total = loops.counts(selection.held)
    cycle_of = {row.ref: row.cycle for row in selection.held.moments}
    returns = Counter((cycle_of[r.source], cycle_of[r.target], r.status) for r in returned)
    happened = {ref for row in selection.held.moments if row.actual for ref in row.stories}
    return ReleaseCounts(
        stories=total["stories"],
        stories_happened=len(selection.story_refs & happened),
        stories_in_space=selection.in_space,
        moments=total["all_cycles"]["actual"],
        hoped=total["all_cycles"]["hoped"],
        alone=sum(alone_in(selection, cycle) for cycle in CYCLES_AND_NONE),
        flows=total["flows"],
        by_cycle=tuple(
            cycle_count(cycle, total["by_cycle"], selection)
            for cycle in CYCLES_AND_NONE
            if cycle in Cycle.values or has_moments(total["by_cycle"][cycle])
        ),
        matrix=tuple(tuple(row) for row in loops.matrix(selection.held)["cells"]),
        returns=tuple(
            ReturnCount(source=source, target=target, status=status, count=count)
            for (source, target, status), count in sorted(returns.items())
        ),
    )


def stands_in(moment, cycle: str) -> bool:
    """Whether a moment is of a cycle; of "none" is every one that is not placed."""
    placed = moment.cycle in Cycle.values
    return cycle == (moment.cycle if placed else Unplaced.OPEN)


def has_moments(counts: dict) -> bool:
    """Whether anything happened or is hoped for, of the counts of a cycle."""
    return any(split["total"] for split in counts.values())


def alone_in(selection: Selection, cycle: str) -> int:
    """The moments of a cycle that happened and stand in no story."""
    moments = (row for row in selection.held.moments if row.actual and stands_in(row, cycle))
    return sum(not row.stories for row in moments)


def cycle_count(cycle: str, by_cycle: dict, selection: Selection) -> CycleCount:
    """The moments of one cycle, by how they turned out."""
    split = by_cycle[cycle]["actual"]
    return CycleCount(
        cycle=cycle,
        positive=split["positive"],
        negative=split["negative"],
        mixed=split["mixed"],
        nil=split["nil"],
        hoped=by_cycle[cycle]["hoped"]["total"],
        alone=alone_in(selection, cycle),
        stories=len(stories_touching(selection, cycle)),
    )


def stories_touching(selection: Selection, cycle: str) -> list[ChosenStory]:
    """The stories of the release with something that happened in a cycle."""
    refs = {
        ref
        for row in selection.held.moments
        if row.actual and stands_in(row, cycle)
        for ref in row.stories
    }
    return [story for story in selection.stories if story.ref in refs]


def waiting_counts(selection: Selection) -> WaitingCounts:
    """How much has gone still, on the last day, as the audience could know."""
    refs, day = selection.place, selection.last
    return WaitingCounts(
        quiet=sum(row["moment"] in refs for row in loops.quiet(selection.known, day)),
        stalled=sum(row["moment"] in refs for row in loops.stalled(selection.known, day)),
        hopes_past_their_day=sum(
            row["moment"] in refs for row in loops.overdue_hopes(selection.known, day)
        ),
    )
