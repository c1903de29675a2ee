"""What holds for every flow: its ends, its order, and what stands in its way."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from learningspaces.lib.violations import Violation, refuse_if_broken
from spaces.presentation.days import date_words
from valuecreation.cycles import Location, MomentStatus
from valuecreation.models import Flow, FlowKind, FlowStatus, Moment
from valuecreation.rules.moments import CheckedMoment, facts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFlow:
    """What the rules ask of a flow; an end is None where it is not known or there is none."""

    kind: str | None
    status: str
    source: CheckedMoment | None
    target: CheckedMoment | None
    names_target: bool
    reason: str = ""
    note: str = ""
    stalled: bool = False
    asked_on: dt.date | None = None
    asked_by: bool = False


def proposed_kind(source: Moment, target: Moment) -> str:
    """The kind of flow that two moments suggest: back to the space, into another one, or onward."""
    if target.location == Location.IN_SPACE and source.location != Location.IN_SPACE:
        return FlowKind.RETURN
    if target.location == Location.OTHER_SPACE and source.other_space_id != target.other_space_id:
        return FlowKind.CROSS_SPACE
    return FlowKind.FORWARD


def proposed_status(source: Moment, target: Moment) -> str:
    """A flow into a hope, or out of one, is hoped for; between what happened, it happened."""
    actual = source.status == target.status == MomentStatus.ACTUAL
    return FlowStatus.HAPPENED if actual else FlowStatus.AWAITED


def facts_of_flow(flow: Flow) -> CheckedFlow:
    """What the rules want to know of a flow between moments, stored or not."""
    return CheckedFlow(
        kind=flow.kind,
        status=flow.status,
        source=facts_of(flow.source),
        target=facts_of(flow.target) if flow.target else None,
        names_target=flow.target is not None,
        reason=flow.reason,
        note=flow.note,
        stalled=flow.stalled,
        asked_on=flow.asked_on,
        asked_by=flow.asked_by_id is not None,
    )


def check_flow(flow: Flow) -> None:
    """Raise what is wrong with a flow between moments, each violation at its field."""
    broken = list(flow_violations(facts_of_flow(flow)))
    if flow.kind == FlowKind.REFRAMING:
        problem = _("A change of the framing is told when a framing version is agreed.")
        broken.append(Violation("kind", problem, _("Choose another kind.")))
    if flow.target and not broken:
        broken = list(_violations_among_others(flow))
    refuse_if_broken(broken)


def flow_violations(flow: CheckedFlow) -> Iterator[Violation]:
    """Every rule a flow between moments breaks by itself."""
    yield from obstacle_violations(flow)
    if not flow.names_target:
        if flow.status == FlowStatus.HAPPENED:
            problem = _("What happened must lead somewhere.")
            yield Violation("target", problem, _("Choose the moment it led to."))
        return
    if flow.kind == FlowKind.REFRAMING:
        problem = _("A change of the framing leads to a version of the framing.")
        yield Violation("kind", problem, _("Choose another kind, or name the version."))
    yield from _place_violations(flow)
    yield from _status_violations(flow)
    yield from _order_violations(flow)


def obstacle_violations(flow: CheckedFlow) -> Iterator[Violation]:
    """What people found out about a flow: the reason, who asked, when."""
    if flow.reason == "other" and not flow.note.strip():
        problem = _("Something else stood in the way.")
        yield Violation("note", problem, _("Say in a few words what it was."))
    if not flow.stalled:
        return
    if not flow.reason:
        problem = _("It is not said what stands in the way.")
        yield Violation("reason", problem, _("Choose one of the reasons."))
    if not flow.asked_on:
        problem = _("It is not said when somebody asked.")
        yield Violation("asked_on", problem, _("Add the day."))
    if not flow.asked_by:
        problem = _("It is not said who asked.")
        yield Violation("asked_by", problem, _("Add the person."))
    if flow.status == FlowStatus.HAPPENED:
        problem = _("What happened is not stalled.")
        mend = _("Choose another status, such as blocked, or take back that it is stalled.")
        yield Violation("stalled", problem, mend)


def _status_violations(flow: CheckedFlow) -> Iterator[Violation]:
    ends = [end for end in (flow.source, flow.target) if end]
    hoped = any(end.status == MomentStatus.HOPED for end in ends)
    if flow.status == FlowStatus.HAPPENED and hoped:
        problem = _("One of the two is still hoped for.")
        yield Violation("status", problem, _("Confirm it first, or say “hoped for” (awaited)."))
    arrived = flow.target and flow.target.status == MomentStatus.ACTUAL
    if flow.status == FlowStatus.AWAITED and arrived:
        problem = _("What it leads to has happened already.")
        yield Violation("status", problem, _("Say that this happened, too."))


def _place_violations(flow: CheckedFlow) -> Iterator[Violation]:
    source, target = flow.source, flow.target
    lands, leaves = target and target.location, source and source.location
    if flow.kind == FlowKind.RETURN:
        if lands and lands != Location.IN_SPACE:
            problem = _("A return lands in this space, and this moment did not happen here.")
            yield Violation("kind", problem, _("Choose “led to” (forward) instead."))
        if leaves == Location.IN_SPACE:
            problem = _("A return comes from outside, and this began in the space itself.")
            yield Violation("kind", problem, _("Choose “led to” (forward) instead."))
    if flow.kind == FlowKind.CROSS_SPACE and lands and lands != Location.OTHER_SPACE:
        problem = _("This did not happen in another space.")
        yield Violation("kind", problem, _("Choose “led to” (forward) instead."))


def _order_violations(flow: CheckedFlow) -> Iterator[Violation]:
    """Two periods that cannot stand in this order; hopes have no order."""
    source, target = flow.source, flow.target
    if not (source and target and source.begun_on and target.known_by):
        return
    if target.known_by < source.begun_on:
        yield Violation("target", *out_of_order(source.begun_on, target.known_by))


def out_of_order(begun: dt.date, ended: dt.date) -> tuple[str, str]:
    """That something is dated before what it came from."""
    problem = _(
        "This is dated %(ended)s, before the moment it is said to come from (%(begun)s)."
    ) % {"ended": date_words(ended), "begun": date_words(begun)}
    return problem, _("Correct one of the two dates, or choose another moment.")


def _violations_among_others(flow: Flow) -> Iterator[Violation]:
    """Rules that a flow breaks only together with the other flows of its space."""
    source, target = flow.source, flow.target
    if source.space_id != target.space_id or source.space_id != flow.space_id:
        problem = _("This was not found among this space's.")
        yield Violation("target", problem, _("Choose one from the list."))
    elif source.pk and source.pk == target.pk:
        yield Violation("target", _("A moment cannot lead to itself."), _("Choose another one."))
    elif Flow.objects.joining(source, target).exclude(pk=flow.pk).exists():
        yield Violation("target", said_already(), _("Choose another moment."))
    elif leads_to(target, source):
        problem = _("The one leads to the other already, so this would go round.")
        yield Violation("target", problem, _("Choose another moment."))


def said_already() -> str:
    """That two moments are joined by a flow already."""
    return _("That these two belong together has been said already.")


def leads_to(start: Moment, end: Moment) -> bool:
    """True if flows lead from one moment to another.

    Dates known to a period may overlap, at most within one year: what is later cannot lead back.
    Where some are known more loosely than that, every way is followed.
    """
    loose = Moment.objects.in_space(end.space).loosely_dated().exists()
    latest = None if loose else end.known_by and end.known_by.replace(month=12, day=31)
    seen, edge = {start.pk}, {start.pk}
    while edge and end.pk not in seen:
        edge = set(Flow.objects.leaving(edge).not_after(latest).target_ids()) - seen
        seen |= edge
    return end.pk in seen
