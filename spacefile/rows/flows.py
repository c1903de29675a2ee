"""Flows between moments, and those that changed the framing."""

from framing.models import FramingVersion
from spacefile.columns import Columns, Links, in_bulk, spelled_in
from spacefile.fields import FRAMING
from spacefile.rows.stories import parts_of
from spacefile.schema import FlowRecord, SpaceFile
from valuecreation.models import Flow, Moment

FLOW = Columns(FlowRecord, Flow, due="due_on", apart=["confirmed"])


def store_flows(links: Links, document: SpaceFile) -> None:
    """All flows, in the order of the file."""
    for part in parts_of(document.flows):
        in_bulk(flow_row(links, entry) for entry in part)


def flow_row(links: Links, entry: FlowRecord) -> Flow:
    """One flow; a reframing leads to the number of a version."""
    number, spelled = None, {}
    if entry.target and entry.target.startswith(FRAMING):
        number = int(entry.target.removeprefix(FRAMING))
        if entry.target != f"{FRAMING}{number}":
            spelled = {"target": entry.target}
    return FLOW.to_row(
        links,
        entry,
        spelled=spelled,
        framing_number=number,
        stalled=entry.confirmed == "stalled",
    )


def flow_records(links: Links) -> tuple[FlowRecord, ...]:
    """All flows whose ends are in the file, in the order in which they were told."""
    moments, numbers = links[Moment], {None, *links[FramingVersion].values()}
    return tuple(
        flow_record(links, row)
        for row in Flow.objects.in_space(links.space).in_file_order()
        if row.source_id in moments
        and (row.target_id is None or row.target_id in moments)
        and row.framing_number in numbers
    )


def flow_record(links: Links, row: Flow) -> FlowRecord:
    """One flow."""
    said = {"confirmed": "stalled" if row.stalled else None}
    if row.framing_number:
        said["target"] = spelled_in(row).get("target", f"{FRAMING}{row.framing_number}")
    return FLOW.to_record(links, row, **said)
