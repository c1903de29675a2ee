"""Flows between moments of the file, and those that changed the framing."""

from spacefile.as_written import extras_of, spelled_in
from spacefile.fetching.file_ids import FileIds, text
from spacefile.fields import FRAMING
from spacefile.schema import FlowRecord
from valuecreation.models import Flow


def flows(ids: FileIds) -> tuple[FlowRecord, ...]:
    """All flows whose ends are in the file, in the order in which they were told."""
    rows = Flow.objects.in_space(ids.space).in_file_order()
    return tuple(flow_entry(ids, row) for row in rows if is_in_file(ids, row))


def is_in_file(ids: FileIds, row: Flow) -> bool:
    """True if every end the flow has is in the file."""
    if row.framing_number and row.framing_number not in ids.versions.values():
        return False
    return row.source_id in ids.moments and (row.target_id is None or row.target_id in ids.moments)


def flow_entry(ids: FileIds, row: Flow) -> FlowRecord:
    """One flow."""
    target = ids.moments.get(row.target_id)
    if row.framing_number:
        target = spelled_in(row).get("target", f"{FRAMING}{row.framing_number}")
    return FlowRecord(
        source=ids.moments[row.source_id],
        target=target,
        kind=row.kind,
        status=row.status,
        due=row.due_on,
        reason=row.reason or None,
        asked_on=row.asked_on,
        asked_by=ids.people.get(row.asked_by_id),
        confirmed="stalled" if row.stalled else None,
        note=text(row.note),
        extras=extras_of(row),
    )
