"""What holds for every moment and flow: says place, fault and mend; changes nothing."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from learningspaces.lib.dates import add_months
from spaces.presentation.days import date_words
from valuecreation.cycles import SUBTYPES, Cycle, Location, MomentStatus
from valuecreation.models import Flow, FlowKind, FlowStatus, Moment

HOPE_IN_MONTHS = 3
NOT_CLEANED = (
    "space",
    "agent",
    "for_whom",
    "other_space",
    "recorded_by",
    "ref",
    "told_on",
    "created_at",
)


def proposed_day(today):
    """The day proposed for a hope without one: three months on; it never blocks."""
    return add_months(today, HOPE_IN_MONTHS)


def check_fields(row: models.Model, *, exclude=()) -> None:
    """Raise what is wrong with single fields; long texts are measured here as forms do."""
    faults: dict[str, list] = {}
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        faults = error.update_error_dict(faults)
    for field in row._meta.concrete_fields:
        most = getattr(field, "max_length", None)
        if isinstance(field, models.TextField) and most and field.name not in exclude:
            too_many = len(getattr(row, field.attname) or "") - most
            if too_many > 0:
                said = _("This is %(count)d characters too long; the most is %(most)d. Shorten it.")
                fault = ValidationError(said % {"count": too_many, "most": most})
                faults.setdefault(field.name, []).append(fault)
    if faults:
        raise ValidationError(faults)


def check_moment(moment: Moment) -> None:
    """Raise what is wrong with a moment, each fault at its field."""
    faults: dict[str, list] = {}
    try:
        check_fields(moment, exclude=NOT_CLEANED)
    except ValidationError as error:
        faults = error.update_error_dict(faults)
    for field, fault in moment_faults(moment):
        faults.setdefault(field, []).append(ValidationError(fault))
    if faults:
        raise ValidationError(faults)


def moment_faults(moment: Moment):
    """Each fault of a moment as field and sentence."""
    yield from _date_faults(moment)
    if not moment.text.strip():
        yield "text", _("There are no words yet. Say in a sentence what happened.")
    if moment.subtype and moment.subtype not in SUBTYPES.get(moment.cycle, {}):
        cycle = dict(Cycle.choices).get(moment.cycle, moment.cycle)
        yield (
            "subtype",
            _("This finer kind does not belong to %(cycle)s value. Choose another, or none.")
            % {"cycle": str(cycle).lower()},
        )
    if (moment.location == Location.OTHER_SPACE) != bool(moment.other_space_id):
        yield (
            "other_space",
            _("Name the other space when, and only when, it happened in another space."),
        )
    for field in ("agent", "for_whom", "other_space"):
        row = getattr(moment, field)
        if row is not None and row.space_id != moment.space_id:
            yield field, _("This was not found among this space's. Choose one from the list.")


def _date_faults(moment: Moment):
    today = moment.space.today
    if moment.status == MomentStatus.HOPED:
        if moment.occurred_on:
            yield "occurred_on", _("A hope has not happened yet. Give the day you hope for it by.")
        if not moment.due_on:
            yield "due_on", _("A hope needs a day. Say by when you hope for it.")
        elif not 1900 <= moment.due_on.year <= 2199:
            yield "due_on", _("This year cannot be right. Choose one between 1900 and 2199.")
        return
    if not moment.occurred_on:
        yield "occurred_on", _("There is no day. Roughly is enough: choose a month or a year.")
        return
    if moment.due_on:
        yield "due_on", _("What has happened needs no day to hope for. Leave this empty.")
    if moment.occurred_on.year < 1900:
        yield "occurred_on", _("This year cannot be right. Choose one between 1900 and 2199.")
    elif moment.occurred_on > today:
        yield (
            "occurred_on",
            _("This day lies ahead. Choose one up to today, or say that you hope for it."),
        )
    joined = moment.agent.joined_on if moment.agent else None
    if joined and moment.known_by < joined:
        yield (
            "occurred_on",
            _("%(name)s joined on %(day)s, after this. Choose a later day or another person.")
            % {"name": moment.agent.name, "day": date_words(joined)},
        )


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


def check_flow(flow: Flow) -> None:
    """Raise what is wrong with a flow, each fault at its field."""
    faults = {}
    for field, fault in flow_faults(flow):
        faults.setdefault(field, []).append(fault)
    if not faults and flow.target:
        faults = _faults_among_others(flow)
    if faults:
        raise ValidationError(faults)


def flow_faults(flow: Flow):
    """Each fault of a flow by itself, as field and sentence."""
    source, target = flow.source, flow.target
    if flow.kind == FlowKind.REFRAMING:
        yield "kind", _("A change of the framing is told when a framing version is agreed.")
    if flow.reason == "other" and not flow.note.strip():
        yield "note", _("Something else stood in the way: say in a few words what it was.")
    if flow.stalled and not flow.reason:
        yield "reason", _("Say what stands in the way: choose one of the reasons.")
    if target is None:
        if flow.status == FlowStatus.HAPPENED:
            yield "target", _("What happened must lead somewhere. Choose the moment it led to.")
        return
    if source.space_id != target.space_id or source.space_id != flow.space_id:
        yield "target", _("This was not found among this space's. Choose one from the list.")
    if source.pk and source.pk == target.pk:
        yield "target", _("A moment cannot lead to itself. Choose another one.")
    yield from _status_faults(flow)
    yield from _place_faults(flow)
    yield from _order_faults(flow)


def _status_faults(flow: Flow):
    hopes = MomentStatus.HOPED in (flow.source.status, flow.target.status)
    if flow.status == FlowStatus.HAPPENED and hopes:
        yield (
            "status",
            _("One of the two is still hoped for. Confirm it first, or say “hoped for”."),
        )
    if flow.status == FlowStatus.AWAITED and flow.target.status == MomentStatus.ACTUAL:
        yield "status", _("What it leads to has happened already. Say that this happened, too.")


def _place_faults(flow: Flow):
    source, target = flow.source, flow.target
    if flow.kind == FlowKind.RETURN:
        if target.location != Location.IN_SPACE:
            yield "kind", _("A return lands in this space, and this moment did not happen here.")
        if source.location == Location.IN_SPACE:
            yield "kind", _("A return comes from outside, and this began in the space itself.")
    if flow.kind == FlowKind.CROSS_SPACE and target.location != Location.OTHER_SPACE:
        yield "kind", _("This did not happen in another space. Choose “led to” instead.")


def _order_faults(flow: Flow):
    begun, ended = flow.source.known_by, flow.target.known_by or flow.target.due_on
    if begun and ended and ended < begun:
        yield (
            "target",
            _(
                "This is dated %(ended)s, before the moment it is said to come from (%(begun)s). "
                "Correct one of the two days, or choose another moment."
            )
            % {"ended": date_words(ended), "begun": date_words(begun)},
        )


def _faults_among_others(flow: Flow) -> dict[str, list]:
    twin = Flow.objects.joining(flow.source, flow.target).exclude(pk=flow.pk)
    if twin.exists():
        said = _("That these two belong together has been said already. Choose another moment.")
        return {"target": [said]}
    if leads_to(flow.target, flow.source):
        said = _(
            "The one leads to the other already, so this would go round. Choose another moment."
        )
        return {"target": [said]}
    return {}


def leads_to(start: Moment, end: Moment) -> bool:
    """True if flows lead from one moment to another; only same-day moments and hopes can."""
    seen, edge = {start.pk}, {start.pk}
    while edge and end.pk not in seen:
        edge = set(Flow.objects.leaving(edge).not_after(end.known_by).target_ids()) - seen
        seen |= edge
    return end.pk in seen
