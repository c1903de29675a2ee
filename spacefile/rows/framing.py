"""Agreed framing versions with what stands in them, and what caused them."""

from framing.models import (
    Aspiration,
    Assumption,
    FramingVersion,
    Reframing,
    Risk,
    Uncertainty,
    VersionState,
)
from spacefile.columns import Columns, Links, grouped, in_bulk, spelled_in
from spacefile.fields import FRAMING
from spacefile.schema import (
    AspirationRecord,
    AssumptionRecord,
    FramingRecord,
    RiskRecord,
    SpaceFile,
    UncertaintyRecord,
)
from valuecreation.models import Moment, Uptake, UptakeKind

HOPE = Columns(AspirationRecord, Aspiration, lineage="key")
PARTS = {
    "uncertainties": Columns(UncertaintyRecord, Uncertainty, id="key"),
    "assumptions": Columns(AssumptionRecord, Assumption, about="aspiration"),
    "risks": Columns(RiskRecord, Risk, about="aspiration"),
}
HOPES = ("aspirations", "aspirations_added", "aspirations_dropped")
VERSION = Columns(
    FramingRecord, FramingVersion, event="event_words", apart=["caused_by", *HOPES, *PARTS]
)


def store_framing(links: Links, document: SpaceFile) -> None:
    """Every version, agreed on its day, the later ones superseding the earlier."""
    before = None
    for entry in document.framing:
        before = store_version(links, entry, before)
        links[FramingVersion][entry.number] = before.pk


def store_version(links: Links, entry: FramingRecord, before) -> FramingVersion:
    """One version with its parts; hopes that end here are closed where they were last worded."""
    dropped, newest = entry.aspirations_dropped, links[Aspiration]
    version = VERSION.to_row(
        links,
        entry,
        spelled={"dropped": list(dropped)} if dropped else {},
        state=VersionState.AGREED,
        supersedes=before,
    )
    version.save()
    ended = {newest[key] for key in dropped}
    hopes = in_bulk(HOPE.to_row(links, hope, version=version) for hope in entry.worded)
    newest |= {row.key: row.pk for row in hopes}
    ended |= {newest[key] for key in dropped}
    Aspiration.objects.filter(pk__in=ended).update(dropped_in=version)
    for name, columns in PARTS.items():
        in_bulk(columns.to_row(links, said, version=version) for said in getattr(entry, name))
    return version


def framing_records(links: Links) -> tuple[FramingRecord, ...]:
    """The versions in their order, without their causes."""
    versions = list(FramingVersion.objects.in_space(links.space).agreed().order_by("number"))
    links[FramingVersion] = {row.pk: row.number for row in versions}
    hopes = by_version(links, HOPE)
    links[Aspiration] = {row.pk: row.key for rows in hopes.values() for row in rows}
    dropped = grouped((row.dropped_in_id, row.key) for rows in hopes.values() for row in rows)
    parts = {name: by_version(links, columns) for name, columns in PARTS.items()}
    found = []
    for row in versions:
        said = {
            name: tuple(PARTS[name].to_record(links, part) for part in rows.get(row.pk, ()))
            for name, rows in parts.items()
        }
        worded = tuple(HOPE.to_record(links, hope) for hope in hopes.get(row.pk, ()))
        if found:
            ended = dropped_in(row, dropped.get(row.pk, ()))
            said |= {"aspirations_added": worded, "aspirations_dropped": ended}
        else:
            said["aspirations"] = worded
        found.append(VERSION.to_record(links, row, **said))
    return tuple(found)


def by_version(links: Links, columns: Columns) -> dict:
    """What stands in agreed versions, by version, in the order in which it was written."""
    rows = columns.model.objects.filter(version__in=list(links[FramingVersion])).order_by("pk")
    return grouped((row.version_id, row) for row in rows)


def dropped_in(version: FramingVersion, keys) -> tuple[str, ...]:
    """The hopes that end in a version, in the order in which they were written."""
    ended = tuple(dict.fromkeys(keys))
    written = tuple(spelled_in(version).get("dropped", ended))
    return written if set(written) == set(ended) else ended


def store_causes(links: Links, document: SpaceFile) -> None:
    """The moments that caused a version: it took them up."""
    led = {(flow.source, flow.target) for flow in document.flows if flow.status == "happened"}
    causes, uptakes = [], []
    for entry in document.framing:
        label = f"{FRAMING}{entry.number}"
        for name in entry.caused_by:
            moment = links[Moment][name]
            causes.append(
                Reframing(
                    version_id=links[FramingVersion][entry.number],
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


def causes_of(links: Links) -> dict[int, list[str]]:
    """The moments that caused each version, by its number; only moments that are in the file."""
    versions, moments = links[FramingVersion], links[Moment]
    rows = Reframing.objects.filter(version__in=list(versions)).order_by("pk")
    return grouped(
        (versions[version], moments[moment])
        for version, moment in rows.values_list("version", "moment")
        if moment in moments
    )
