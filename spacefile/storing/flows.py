"""Flows between moments, and those that changed the framing."""

from spacefile.as_written import kept
from spacefile.fields import FRAMING
from spacefile.schema import FlowRecord, SpaceFile
from spacefile.storing.stored_rows import StoredRows, in_bulk, parts_of
from valuecreation.models import Flow


def store_flows(stored: StoredRows, document: SpaceFile) -> None:
    """All flows, in the order of the file."""
    for part in parts_of(document.flows):
        in_bulk([flow_of(stored, entry) for entry in part])


def flow_of(stored: StoredRows, entry: FlowRecord) -> Flow:
    """One flow; a reframing leads to the number of a version."""
    number, spelled = None, {}
    if entry.target and entry.target.startswith(FRAMING):
        number = int(entry.target.removeprefix(FRAMING))
        if entry.target != f"{FRAMING}{number}":
            spelled = {"target": entry.target}
    return Flow(
        space=stored.space,
        source_id=stored.moments[entry.source],
        target_id=stored.moments[entry.target] if entry.target and number is None else None,
        kind=entry.kind,
        status=entry.status,
        framing_number=number,
        due_on=entry.due,
        reason=entry.reason or "",
        note=entry.note,
        stalled=entry.confirmed == "stalled",
        asked_on=entry.asked_on,
        asked_by=stored.person(entry.asked_by),
        extra=kept(entry, **spelled),
    )
