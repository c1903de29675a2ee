"""Framing versions with what stands in them, and what caused them."""

from framing.models import (
    Aspiration,
    Assumption,
    FramingVersion,
    Reframing,
    Risk,
    Uncertainty,
    VersionState,
)
from spacefile.as_written import kept
from spacefile.fields import FRAMING
from spacefile.schema import FramingRecord, SpaceFile
from spacefile.storing.stored_rows import StoredRows, in_bulk
from valuecreation.models import Uptake, UptakeKind


def store_framing(stored: StoredRows, document: SpaceFile) -> None:
    """Every version, agreed on its day, the later ones superseding the earlier."""
    before = None
    for entry in document.framing:
        before = store_version(stored, entry, before)
        stored.versions[entry.number] = before


def store_version(stored: StoredRows, entry: FramingRecord, before) -> FramingVersion:
    """One version with its parts; hopes that end here are closed where they were last worded."""
    spelled = {"dropped": list(entry.aspirations_dropped)} if entry.aspirations_dropped else {}
    version = FramingVersion.objects.create(
        space=stored.space,
        number=entry.number,
        state=VersionState.AGREED,
        agreed_on=entry.agreed_on,
        event_words=entry.event,
        difference=entry.difference,
        reason=entry.reason,
        supersedes=before,
        extra=kept(entry, **spelled),
    )
    in_bulk(
        [
            Uncertainty(
                version=version, key=said.id, text=said.text, state=said.state, extra=kept(said)
            )
            for said in entry.uncertainties
        ]
    )
    ended = [stored.hopes[key] for key in entry.aspirations_dropped]
    for row in store_hopes(version, entry):
        stored.hopes[row.key] = row
    for row in {*ended, *(stored.hopes[key] for key in entry.aspirations_dropped)}:
        row.dropped_in = version
        row.save(update_fields=["dropped_in"])
    store_doubts(stored, version, entry)
    return version


def store_hopes(version: FramingVersion, entry: FramingRecord) -> list[Aspiration]:
    """What this version hopes for beside what it inherits."""
    return in_bulk(
        [
            Aspiration(
                version=version,
                key=hope.lineage,
                cycle=hope.cycle,
                whose=hope.whose,
                text=hope.text,
                extra=kept(hope),
            )
            for hope in (*entry.aspirations, *entry.aspirations_added)
        ]
    )


def store_doubts(stored: StoredRows, version: FramingVersion, entry: FramingRecord) -> None:
    """What would have to be true, and what could go wrong."""
    in_bulk(
        [
            Assumption(
                version=version,
                aspiration=stored.hopes.get(said.about),
                text=said.text,
                state=said.state,
                note=said.note,
                extra=kept(said),
            )
            for said in entry.assumptions
        ]
    )
    in_bulk(
        [
            Risk(
                version=version,
                aspiration=stored.hopes.get(said.about),
                text=said.text,
                mitigation=said.mitigation,
                note=said.note,
                extra=kept(said),
            )
            for said in entry.risks
        ]
    )


def store_causes(stored: StoredRows, document: SpaceFile) -> None:
    """The moments that caused a version: it took them up."""
    led = {(flow.source, flow.target) for flow in document.flows if flow.status == "happened"}
    causes, uptakes = [], []
    for entry in document.framing:
        label = f"{FRAMING}{entry.number}"
        for name in entry.caused_by:
            moment = stored.moments[name]
            causes.append(
                Reframing(
                    version=stored.versions[entry.number],
                    moment_id=moment,
                    led_here=(name, label) in led,
                )
            )
            uptakes.append(
                Uptake(
                    moment_id=moment,
                    kind=UptakeKind.FRAMING_VERSION,
                    label=label,
                    taken_up_on=entry.agreed_on,
                    framing_number=entry.number,
                )
            )
    in_bulk(causes)
    in_bulk(uptakes)
