"""What leads to what, and that nothing leads back in time."""

from datetime import date

from django.utils.translation import gettext as _

from spacefile.checks.circles import circles
from spacefile.checks.common import has_come, known_person, say
from spacefile.faults import shown
from spacefile.fields import FRAMING
from spacefile.lookups import Lookups, RecordPlace
from valuecreation.rules.flows import (
    CheckedFlow,
    flow_violations,
    obstacle_violations,
    out_of_order,
    said_already,
)
from valuecreation.rules.moments import CheckedMoment


def check_flows(found: Lookups) -> None:
    """Every flow of the file, and all of them together."""
    seen: set = set()
    links = []
    for spot in found.spots("flows"):
        flow = spot.thing
        known_person(found, spot, "asked_by", flow.asked_by)
        has_come(found, spot, "asked_on")
        ends = flow.source, flow.target
        if flow.target and ends in seen:
            found.fault(spot, "to", flow.target, said_already(), _("Keep one of the two."))
        seen.add(ends)
        source = end_of(found, spot, "from", flow.source)
        if flow.target and flow.target.startswith(FRAMING):
            say(found, spot, obstacle_violations(flow_facts(flow, source, None)))
            check_reframing(found, spot, source)
            continue
        target = end_of(found, spot, "to", flow.target)
        say(found, spot, flow_violations(flow_facts(flow, source, target)))
        if source and target:
            links.append((flow.source, flow.target, spot))
    report_circles(found, links)


def end_of(found: Lookups, spot: RecordPlace, key: str, name: str | None) -> CheckedMoment | None:
    """The moment at one end of a flow."""
    if name is None or name in found.moments:
        return found.moments.get(name)
    mend = _("Write a story's id and a step's number, as in S1.4.")
    found.fault(spot, key, name, _("No step of a story has this name."), mend)
    return None


def flow_facts(flow, source: CheckedMoment | None, target: CheckedMoment | None) -> CheckedFlow:
    """What the rules ask of a flow of the file."""
    return CheckedFlow(
        kind=flow.kind,
        status=flow.status,
        source=source,
        target=target,
        names_target=bool(flow.target),
        reason=flow.reason or "",
        note=flow.note,
        stalled=bool(flow.confirmed),
        asked_on=flow.asked_on,
        asked_by=bool(flow.asked_by),
    )


def check_reframing(found: Lookups, spot: RecordPlace, source: CheckedMoment | None) -> None:
    """A reframing comes from what happened and leads to a version agreed afterwards."""
    flow = spot.thing
    number = flow.target.removeprefix(FRAMING)
    known = number.isdecimal() and len(number) < 6 and int(number) in found.versions
    agreed_on = found.versions[int(number)] if known else None
    if flow.kind and flow.kind != "reframing":
        problem = _("Only a reframing leads to a version of the framing.")
        mend = _("Write kind: reframing, or the name of a step.")
        found.fault(spot, "kind", flow.kind, problem, mend)
    if not known:
        problem = _("The framing has no version with this number.")
        mend = _("Write FRAMING- and the number of a version.")
        found.fault(spot, "to", flow.target, problem, mend)
        return
    if source and source.status == "hoped" and flow.status == "happened":
        problem = _("The flow happened, but %(name)s is a hope.") % {"name": flow.source}
        found.fault(spot, "from", flow.source, problem, _("Name a step that happened."))
    if flow.status == "awaited":
        problem = _("The flow is awaited, but %(name)s has been agreed.") % {"name": flow.target}
        mend = _("Write status: happened, or leave out to.")
        found.fault(spot, "to", flow.target, problem, mend)
    begun: date | None = source.occurred_on if source else None
    if begun and agreed_on and agreed_on < begun:
        found.fault(spot, "to", flow.target, *out_of_order(begun, agreed_on))


def report_circles(found: Lookups, links: list) -> None:
    """Name each flow that closes a circle, with the way round."""
    for spot, way in circles(links):
        names = way if len(way) < 9 else [*way[:4], "…", *way[-4:]]
        problem = _("The flows go round in a circle: %(way)s.")
        problem %= {"way": shown(" → ".join(names), 200)}
        mend = _("Delete this flow, or turn one of them round; a return is a new, later moment.")
        found.fault(spot, "to", spot.thing.target, problem, mend)
