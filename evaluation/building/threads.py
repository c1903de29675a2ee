"""The stories, moments, flows and loops of a release, with what their tellers agreed to."""

import datetime as dt
from collections import Counter, defaultdict

from evaluation.building.chosen import Chosen
from evaluation.building.wording import Places, Wording, nameless
from evaluation.models import MomentIndicator
from evaluation.reports.release import (
    Counts,
    CycleCount,
    Flow,
    Loop,
    Moment,
    Person,
    ReturnCount,
    Story,
    Waiting,
)
from framing.models import MomentAspiration
from spaces.models import Space
from valuecreation import models
from valuecreation.cycles import Cycle, MomentStatus, Precision
from valuecreation.loops import readings as loops
from valuecreation.models import Use
from valuecreation.presentation.names import known_to, label_of

REFRAMING = "reframing"


def may_quote(stories) -> bool:
    """Whether every one of the tellers lets their words be quoted."""
    return all(story.consent.grant.allows(Use.QUOTE) for story in stories)


def told_stories(chosen: Chosen, wording: Wording) -> tuple[Story, ...]:
    """Each story: its words where they may be quoted, its counts always."""
    return tuple(told_story(story, chosen, wording) for story in chosen.stories)


def told_story(story: models.Story, chosen: Chosen, wording: Wording) -> Story:
    quotable = may_quote([story])
    here: Places = [(story, None)]

    def words(text: str) -> str | None:
        return wording.told(text, here) if quotable and text else None

    teller = wording.members.get(story.teller_id, story.teller)
    return Story(
        ref=story.ref,
        teller=Person(
            label=label_of(teller, story.consent, wording.audience),
            attribution=story.consent.attribution,
        ),
        title=words(story.title),
        kind=story.kind,
        told=as_fine_as_told(story.told_on, Precision.DAY, story),
        strength=story.strength,
        quotable=quotable,
        framing_version=story.framing_number,
        steps=tuple(
            step.moment.ref for step in story.steps.all() if step.moment.ref in chosen.refs
        ),
        did_not_work=words(story.did_not_work),
        other_factors=None if story.other_factors_private else words(story.other_factors),
    )


def as_fine_as_told(day: dt.date, precision: str, story: models.Story | None) -> str:
    """2025-02-11, 2025-02, 2025-Q1 or 2025; for a nameless teller no finer than the quarter."""
    day, precision = known_to(day, precision, story.consent if story else None)
    if precision == Precision.QUARTER:
        return f"{day.year}-Q{(day.month - 1) // 3 + 1}"
    lengths = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}
    return day.isoformat()[: lengths[Precision(precision)]]


def told_moments(
    chosen: Chosen, wording: Wording, *, indicators: set[str], aspirations: set[str]
) -> tuple[Moment, ...]:
    """Every moment of the release, in the order of the file."""
    signs, aspirations = ties(chosen.space, indicators, aspirations)
    rows = []
    for row in chosen.told.moments:
        places = chosen.places[row.ref]
        pk = places[0][1].moment_id
        moment = told_moment(places, wording)
        rows.append(
            Moment(**moment, indicators=tuple(signs[pk]), aspirations=tuple(aspirations[pk]))
        )
    return tuple(rows)


def ties(space: Space, indicators: set[str], aspirations: set[str]) -> tuple[dict, dict]:
    """The indicators and the aspirations that each moment speaks to."""
    signs, aspirations = defaultdict(list), defaultdict(list)
    links = MomentIndicator.objects.in_space(space)
    for moment, ref in links.order_by("indicator").values_list("moment", "indicator__ref"):
        if ref in indicators:
            signs[moment].append(ref)
    tied = MomentAspiration.objects.in_space(space)
    for moment, key in tied.order_by("aspiration").values_list("moment", "aspiration__key"):
        if key in aspirations and key not in aspirations[moment]:
            aspirations[moment].append(key)
    return signs, aspirations


def told_moment(places: Places, wording: Wording) -> dict:
    step = places[0][1]
    moment = with_people(step.moment, wording)
    stories = [story for story, _step in places]
    hidden = nameless(stories)
    actual = moment.status == MomentStatus.ACTUAL
    link = moment.other_space
    return {
        "ref": moment.ref,
        "cycle": moment.cycle,
        "polarity": moment.polarity,
        "text": wording.told(moment.text, places) if may_quote(stories) else None,
        "hoped": not actual,
        "analyst_cycle": moment.analyst_cycle,
        "subtype": moment.subtype,
        "when": as_fine_as_told(moment.occurred_on, moment.precision, hidden) if actual else "",
        "due": "" if actual else as_fine_as_told(moment.due_on, Precision.DAY, hidden),
        "place": "" if hidden else moment.location,
        "other_space": wording.typed(link.name) if link and not hidden else "",
        "agent": wording.agent(moment, places),
        "for_whom": wording.for_whom(moment, places),
    }


def with_people(moment: models.Moment, wording: Wording) -> models.Moment:
    """The moment with its people as they were loaded once, roles and all."""
    if moment.agent_id:
        moment.agent = wording.members.get(moment.agent_id, moment.agent)
    if moment.for_whom_id:
        moment.for_whom = wording.members.get(moment.for_whom_id, moment.for_whom)
    return moment


def told_flows(chosen: Chosen) -> tuple[Flow, ...]:
    """Flows whose both ends are in the release; a reframing leads to no moment."""
    return tuple(
        Flow(
            source=flow.source,
            target=flow.target if flow.kind != REFRAMING else None,
            kind=flow.kind,
            status=flow.status,
        )
        for flow in chosen.told.flows
    )


def told_loops(chosen: Chosen) -> tuple[Loop, ...]:
    """Returns of the release, read on everything the audience could be told and nothing else."""
    facts = ("status", "root", "length", "spiral", "reaches_reframing", "through_other_space")
    return tuple(
        Loop(
            source=row["from"],
            target=row["to"],
            brings_back_harm=row["brings_back_harm"],
            **{name: row[name] for name in facts},
        )
        for row in loops.returns(chosen.seen)
        if row["from"] in chosen.refs and row["to"] in chosen.refs
    )


def told_counts(chosen: Chosen, came_back: tuple[Loop, ...]) -> Counts:
    """Plain totals; hopes are counted apart."""
    total = loops.counts(chosen.told)
    cycle_of = {row.ref: row.cycle for row in chosen.told.moments}
    returns = Counter((cycle_of[r.source], cycle_of[r.target], r.status) for r in came_back)
    return Counts(
        stories=total["stories"],
        stories_in_space=chosen.in_space,
        moments=total["all_cycles"]["actual"],
        hoped=total["all_cycles"]["hoped"],
        flows=total["flows"],
        by_cycle=tuple(cycle_count(cycle, total["by_cycle"], chosen) for cycle in Cycle.values),
        matrix=tuple(tuple(row) for row in loops.matrix(chosen.told)["cells"]),
        returns=tuple(
            ReturnCount(source=source, target=target, status=status, count=count)
            for (source, target, status), count in sorted(returns.items())
        ),
    )


def cycle_count(cycle: str, by_cycle: dict, chosen: Chosen) -> CycleCount:
    split = by_cycle[cycle]["actual"]
    return CycleCount(
        cycle=cycle,
        positive=split["positive"],
        negative=split["negative"],
        mixed=split["mixed"],
        nil=split["nil"],
        hoped=by_cycle[cycle]["hoped"]["total"],
        stories=len(stories_touching(chosen, cycle)),
    )


def stories_touching(chosen: Chosen, cycle: str) -> list[models.Story]:
    """The stories of the release with something that happened in a cycle."""
    refs = {
        ref
        for row in chosen.told.moments
        if row.actual and row.cycle == cycle
        for ref in row.stories
    }
    return [story for story in chosen.stories if story.ref in refs]


def still_waiting(chosen: Chosen) -> Waiting:
    """How much has gone still, on the last day, as the audience could know."""
    refs, day = chosen.refs, chosen.last
    return Waiting(
        quiet=sum(row["moment"] in refs for row in loops.quiet(chosen.seen, day)),
        stalled=sum(row["moment"] in refs for row in loops.stalled(chosen.seen, day)),
        hopes_past_their_day=sum(
            row["moment"] in refs for row in loops.overdue_hopes(chosen.seen, day)
        ),
    )
