"""What led to what: claimed by people who were there, blocked, kept for later, taken up."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from learningspaces.lib.violations import check_fields
from spaces.models import Membership
from valuecreation.actions.counting import counted_if_read
from valuecreation.actions.noticing import tell_of_uptake
from valuecreation.cycles import MomentStatus
from valuecreation.models import Flow, FlowStatus, Moment, Story, StoryStep, Uptake, UptakeKind
from valuecreation.rights import may_take_back
from valuecreation.rules.flows import (
    check_flow,
    facts_of_flow,
    flow_violations,
    proposed_kind,
    proposed_status,
)
from valuecreation.still_notices import settle_still

SET_ASIDE = (FlowStatus.BLOCKED, FlowStatus.DORMANT, FlowStatus.ABANDONED)


def join(source: Moment, target: Moment, *, by: Membership, status: str) -> Flow:
    """Store that one moment led, or is hoped to lead, to another."""
    flow = _between(source, target, by=by, status=status)
    check_flow(flow)
    flow.save()
    settle_still([source.pk])
    return flow


def new_flow(source: Moment, target: Moment, *, by: Membership, kind: str, field: str) -> Flow:
    """What led to a moment that nothing else touches yet; its faults go to one form field.

    It is checked but not stored: neither can it be there already, nor could it lead round.
    """
    require_no_nameless(by, source, field=field)
    flow = _between(source, target, by=by, kind=kind)
    broken = list(flow_violations(facts_of_flow(flow)))
    if broken:
        raise ValidationError({field: [violation.sentence for violation in broken]})
    return flow


def _between(
    source: Moment, target: Moment, *, by: Membership, kind: str = "", status: str = ""
) -> Flow:
    return Flow(
        space=target.space,
        source=source,
        target=target,
        kind=kind or proposed_kind(source, target),
        status=status or proposed_status(source, target),
        claimed_by=by,
    )


@transaction.atomic
def claim_flow(
    *,
    source: Moment,
    target: Moment | None,
    by: Membership,
    kind: str = "",
    status: str = "",
    due_on: dt.date | None = None,
    reason: str = "",
    note: str = "",
) -> Flow:
    """Say what a moment led to, within a story or across stories, or what stands in the way."""
    _require_readable(by, source, target)
    require_no_nameless(by, source, target)
    if not kind:
        kind = proposed_kind(source, target) if target else "forward"
    if not status:
        status = proposed_status(source, target) if target else FlowStatus.AWAITED
    flow = Flow(
        space=source.space,
        source=source,
        target=target,
        kind=kind,
        status=status,
        due_on=due_on,
        reason=reason if status in SET_ASIDE else "",
        note=note,
        claimed_by=by,
    )
    check_fields(flow, exclude=["space", "source", "target", "asked_by", "claimed_by", "extra"])
    check_flow(flow)
    with counted_if_read(stories_around(source, target), moments=_loose(source, target)):
        flow.save()
    settle_still([source.pk])
    return flow


def require_no_nameless(by: Membership, *moments: Moment | None, field: str = "") -> None:
    """What a nameless teller tells is led to or from by themselves alone.

    A refused day or place would tell everybody else more than the quarter.
    """
    ends = [moment for moment in moments if moment and moment.pk]  # one being told now is theirs
    if by.person and StoryStep.objects.of_moments(ends).nameless_to(by.person).exists():
        said = _(
            "One of the two is told without a name, so only its teller says what it led to or "
            "came from. You can ask what happened."
        )
        raise ValidationError({field: said} if field else said)


@transaction.atomic
def take_back_flow(flow: Flow, *, by: Membership) -> None:
    """What was said to lead on did not; both moments stay as they are."""
    if not may_take_back(flow, by):
        said = _("Only the one who said so, or a teller of one of the two, can take this back.")
        raise ValidationError(said)
    ends = flow.source, flow.target
    with counted_if_read(stories_around(*ends), moments=_loose(*ends)):
        flow.delete()


def hold_moment(moment: Moment) -> None:
    """Whoever else says at this moment what came of it waits, and finds what was said."""
    Moment.objects.select_for_update(no_key=True).among([moment.pk]).first()


def confirm_flows(story: Story) -> None:
    """What a collector proposed as leading on is from now on said by the story's teller."""
    if story.collector_id:
        Flow.objects.claimed_by_collector(story).update(claimed_by=story.teller)


def stories_around(*moments: Moment | None) -> list[Story]:
    """Every story one of the moments stands in."""
    found = {story for moment in moments if moment for story in Story.objects.holding(moment)}
    return sorted(found, key=lambda story: story.pk)


def _loose(*moments: Moment | None) -> list[Moment]:
    return [moment for moment in moments if moment]


def _require_readable(by: Membership, *moments: Moment | None) -> None:
    if by.person is None:
        return
    wanted = {moment.pk for moment in moments if moment}
    readable = Moment.objects.for_reader(by.space, by.person).among(wanted)
    if readable.count() != len(wanted):
        said = _("This was not found among this space's moments that you may read.")
        raise ValidationError({"target": said})


@transaction.atomic
def set_aside(
    moment: Moment,
    *,
    by: Membership,
    status: str,
    reason: str = "",
    note: str = "",
    stalled: bool = False,
    asked_on: dt.date | None = None,
    asked_by: Membership | None = None,
) -> list[Flow]:
    """Say of what a moment might lead to that it is blocked, kept for later or let go.

    `stalled` says that somebody asked and was told what stands in the way.
    """
    if status not in SET_ASIDE:
        raise ValidationError({"status": _("Choose blocked, kept for later or let go.")})
    if status == FlowStatus.ABANDONED and not (note.strip() or reason):
        raise ValidationError({"note": _("Say in a few words why it was let go.")})
    _require_readable(by, moment)
    hold_moment(moment)
    flows = _open_ways(moment, by)
    said = list(_readable_by(by).said_of(moment, status=status, reason=reason, note=note))
    if said and not flows:
        return said
    flows = flows or [Flow(space=moment.space, source=moment, target=None, claimed_by=by)]
    with counted_if_read(stories_around(moment), moments=[moment]):
        for flow in flows:
            flow.status, flow.reason, flow.note, flow.stalled = status, reason, note, stalled
            flow.asked_on = (asked_on or moment.space.today) if stalled else None
            flow.asked_by = (asked_by or by) if stalled else None
            check_fields(flow, exclude=["space", "source", "target", "asked_by", "claimed_by"])
            check_flow(flow)
            flow.save()
    settle_still([moment.pk])
    return flows


def _readable_by(by: Membership):
    return Flow.objects.for_reader(by.space, by.person) if by.person else Flow.objects.all()


def _open_ways(moment: Moment, by: Membership) -> list[Flow]:
    """The open ways out of what happened; of a hope the ways to it, where any are known."""
    mine = _readable_by(by).still_open().select_related("source", "target")
    if moment.status == MomentStatus.HOPED:
        ways = list(mine.arriving(moment))
        if ways:
            return ways
    return list(mine.leaving([moment.pk])) or list(mine.leading_nowhere(moment))


def expect(moment: Moment, *, by: Membership, due_on: dt.date) -> None:
    """Something is known to come of a moment: until that day nobody waits to hear."""
    flows = _open_ways(moment, by)
    flows = flows or [Flow(space=moment.space, source=moment, target=None, claimed_by=by)]
    with counted_if_read(stories_around(moment), moments=[moment]):
        for flow in flows:
            flow.status, flow.reason, flow.stalled = FlowStatus.AWAITED, "", False
            flow.asked_on = flow.asked_by = None
            flow.due_on = max(flow.due_on or due_on, due_on)
            check_fields(flow, exclude=["space", "source", "target", "asked_by", "claimed_by"])
            check_flow(flow)
            flow.save()
    settle_still([moment.pk])


@transaction.atomic
def take_up(moment: Moment, *, by: Membership, label: str, kind: str = UptakeKind.WORDS) -> Uptake:
    """Say that what somebody else brought was taken up: by words, an agenda item, a commitment."""
    _require_readable(by, moment)
    if moment.agent_id == by.pk or StoryStep.objects.telling(moment, by).exists():
        said = _("You brought this yourself. It is taken up when somebody else does something.")
        raise ValidationError(said)
    if moment.status != MomentStatus.ACTUAL:
        raise ValidationError(_("This is still hoped for; it can be taken up once it happened."))
    if kind not in (UptakeKind.WORDS, UptakeKind.AGENDA_ITEM, UptakeKind.COMMITMENT):
        raise ValidationError({"kind": _("Choose words, an agenda item or a commitment.")})
    if not label.strip():
        raise ValidationError({"label": _("Say in a few words how it was taken up.")})
    uptake = Uptake(
        moment=moment, kind=kind, label=label.strip(), by=by, taken_up_on=moment.space.today
    )
    check_fields(uptake, exclude=["moment", "by"])
    hold_moment(moment)
    said = Uptake.objects.of_moments([moment]).said_by(by, uptake).first()
    if said:
        return said
    with counted_if_read(stories_around(moment), moments=[moment]):
        uptake.save()
    tell_of_uptake(moment, by=by)
    return uptake
