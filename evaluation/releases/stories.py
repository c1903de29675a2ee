"""The stories, moments, flows and loops of a release, as its audience may know them."""

from collections import Counter, defaultdict

from evaluation.models import MomentIndicator
from evaluation.presentation.records import (
    CycleCount,
    ReleaseCounts,
    ReleasedFlow,
    ReleasedLoop,
    ReleasedMoment,
    ReturnCount,
    WaitingCounts,
)
from evaluation.releases.selection import Selection
from evaluation.releases.viewer import ReleaseViewer
from framing.models import MomentAspiration
from spaces.models import Space
from valuecreation.cycles import Cycle
from valuecreation.loops import readings as loops
from valuecreation.models import Story
from valuecreation.presentation.records import PresentedStory, present_moment, present_story

REFRAMING = "reframing"
Links = dict[int, list[str]]  # a moment's number, and what it speaks to


def release_stories(selection: Selection, viewer: ReleaseViewer) -> tuple[PresentedStory, ...]:
    """Each story: its words where they may be quoted, its counts always."""
    return tuple(
        present_story(
            viewer,
            story,
            [step.moment.ref for step in story.steps.all() if step.moment.ref in selection.refs],
        )
        for story in selection.stories
    )


def release_moments(
    selection: Selection, viewer: ReleaseViewer, *, indicators: set[str], aspirations: set[str]
) -> tuple[ReleasedMoment, ...]:
    """Every moment of the release, in the order of the file."""
    to_indicators, to_aspirations = links_of(selection.space, indicators, aspirations)
    found = []
    for row in selection.told.moments:
        places = selection.places[row.ref]
        moment = places[0][1].moment
        found.append(
            ReleasedMoment(
                **vars(present_moment(viewer, moment, places)),
                indicators=tuple(to_indicators[moment.pk]),
                aspirations=tuple(to_aspirations[moment.pk]),
            )
        )
    return tuple(found)


def links_of(space: Space, indicators: set[str], aspirations: set[str]) -> tuple[Links, Links]:
    """The indicators and the aspirations that each moment speaks to."""
    to_indicators: Links = defaultdict(list)
    to_aspirations: Links = defaultdict(list)
    links = MomentIndicator.objects.in_space(space)
    for moment, ref in links.order_by("indicator").values_list("moment", "indicator__ref"):
        if ref in indicators:
            to_indicators[moment].append(ref)
    ties = MomentAspiration.objects.in_space(space)
    for moment, key in ties.order_by("aspiration").values_list("moment", "aspiration__key"):
        if key in aspirations and key not in to_aspirations[moment]:
            to_aspirations[moment].append(key)
    return to_indicators, to_aspirations


def release_flows(selection: Selection) -> tuple[ReleasedFlow, ...]:
    """Flows whose both ends are in the release; a reframing leads to no moment."""
    return tuple(
        ReleasedFlow(
            source=flow.source,
            target=flow.target if flow.kind != REFRAMING else None,
            kind=flow.kind,
            status=flow.status,
        )
        for flow in selection.told.flows
    )


def release_loops(selection: Selection) -> tuple[ReleasedLoop, ...]:
    """Returns of the release, read on everything the audience could be told and nothing else."""
    facts = ("status", "root", "length", "spiral", "reaches_reframing", "through_other_space")
    return tuple(
        ReleasedLoop(
            source=row["from"],
            target=row["to"],
            brings_back_harm=row["brings_back_harm"],
            **{name: row[name] for name in facts},
        )
        for row in loops.returns(selection.seen)
        if row["from"] in selection.refs and row["to"] in selection.refs
    )


def release_counts(selection: Selection, returned: tuple[ReleasedLoop, ...]) -> ReleaseCounts:
    """Plain totals; hoped moments are counted apart."""
    total = loops.counts(selection.told)
    cycle_of = {row.ref: row.cycle for row in selection.told.moments}
    returns = Counter((cycle_of[r.source], cycle_of[r.target], r.status) for r in returned)
    return ReleaseCounts(
        stories=total["stories"],
        stories_in_space=selection.in_space,
        moments=total["all_cycles"]["actual"],
        hoped=total["all_cycles"]["hoped"],
        flows=total["flows"],
        by_cycle=tuple(cycle_count(cycle, total["by_cycle"], selection) for cycle in Cycle.values),
        matrix=tuple(tuple(row) for row in loops.matrix(selection.told)["cells"]),
        returns=tuple(
            ReturnCount(source=source, target=target, status=status, count=count)
            for (source, target, status), count in sorted(returns.items())
        ),
    )


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
        stories=len(stories_touching(selection, cycle)),
    )


def stories_touching(selection: Selection, cycle: str) -> list[Story]:
    """The stories of the release with something that happened in a cycle."""
    refs = {
        ref
        for row in selection.told.moments
        if row.actual and row.cycle == cycle
        for ref in row.stories
    }
    return [story for story in selection.stories if story.ref in refs]


def waiting_counts(selection: Selection) -> WaitingCounts:
    """How much has gone still, on the last day, as the audience could know."""
    refs, day = selection.refs, selection.last
    return WaitingCounts(
        quiet=sum(row["moment"] in refs for row in loops.quiet(selection.seen, day)),
        stalled=sum(row["moment"] in refs for row in loops.stalled(selection.seen, day)),
        hopes_past_their_day=sum(
            row["moment"] in refs for row in loops.overdue_hopes(selection.seen, day)
        ),
    )
