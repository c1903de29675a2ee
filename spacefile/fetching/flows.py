"""Flows between moments of the file, and those that changed the framing."""

from spacefile.fetching.index import Index, text
from spacefile.keeping import extras_of, spelled_in
from spacefile.names import FRAMING
from spacefile.told import FlowEntry
from valuecreation.models import Flow


def flows(index: Index) -> tuple[FlowEntry, ...]:
    """All flows whose ends are in the file, in the order in which they were told."""
    rows = Flow.objects.in_space(index.space).in_file_order()
    return tuple(flow_entry(index, row) for row in rows if is_in_file(index, row))


def is_in_file(index: Index, row: Flow) -> bool:
    """True if every end the flow has is in the file."""
    if row.framing_number and row.framing_number not in index.versions.values():
        return False
    return row.source_id in index.moments and (
        row.target_id is None or row.target_id in index.moments
    )


def flow_entry(index: Index, row: Flow) -> FlowEntry:
    """One flow."""
    target = index.moments.get(row.target_id)
    if row.framing_number:
        target = spelled_in(row).get("target", f"{FRAMING}{row.framing_number}")
    return FlowEntry(
        source=index.moments[row.source_id],
        target=target,
        kind=row.kind,
        status=row.status,
        due=row.due_on,
        reason=row.reason or None,
        asked_on=row.asked_on,
        asked_by=index.people.get(row.asked_by_id),
        confirmed="stalled" if row.stalled else None,
        note=text(row.note),
        extras=extras_of(row),
    )
