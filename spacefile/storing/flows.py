"""Flows between moments, and those that changed the framing."""

from spacefile.document import SpaceFile
from spacefile.keeping import kept
from spacefile.names import FRAMING
from spacefile.storing.shelf import Shelf, in_bulk
from spacefile.told import FlowEntry
from valuecreation.models import Flow


def store_flows(shelf: Shelf, document: SpaceFile) -> None:
    """All flows, in the order of the file."""
    in_bulk([flow_of(shelf, entry) for entry in document.flows])


def flow_of(shelf: Shelf, entry: FlowEntry) -> Flow:
    """One flow; a reframing leads to the number of a version."""
    number, spelled = None, {}
    if entry.target and entry.target.startswith(FRAMING):
        number = int(entry.target.removeprefix(FRAMING))
        if entry.target != f"{FRAMING}{number}":
            spelled = {"target": entry.target}
    return Flow(
        space=shelf.space,
        source=shelf.moments[entry.source],
        target=shelf.moments[entry.target] if entry.target and number is None else None,
        kind=entry.kind,
        status=entry.status,
        framing_number=number,
        due_on=entry.due,
        reason=entry.reason or "",
        note=entry.note,
        stalled=entry.confirmed == "stalled",
        asked_on=entry.asked_on,
        asked_by=shelf.person(entry.asked_by),
        extra=kept(entry, **spelled),
    )
