"""Agreed framing versions with what stands in them."""

from framing.models import (
    Aspiration,
    Assumption,
    FramingVersion,
    Reframing,
    Risk,
    Uncertainty,
)
from spacefile.as_written import extras_of, spelled_in
from spacefile.fetching.file_ids import FileIds, grouped, line, text
from spacefile.schema import (
    AspirationRecord,
    AssumptionRecord,
    FramingRecord,
    RiskRecord,
    UncertaintyRecord,
)


def framings(ids: FileIds) -> tuple[FramingRecord, ...]:
    """The versions in their order."""
    versions = list(FramingVersion.objects.in_space(ids.space).agreed().order_by("number"))
    ids.versions = {row.pk: row.number for row in versions}
    hopes = parts(Aspiration, ids)
    ids.hopes = {row.pk: row.key for rows in hopes.values() for row in rows}
    dropped = grouped((row.dropped_in_id, row) for rows in hopes.values() for row in rows)
    unsure = parts(Uncertainty, ids)
    assumed = parts(Assumption, ids)
    feared = parts(Risk, ids)
    return tuple(
        FramingRecord(
            number=row.number,
            agreed_on=row.agreed_on,
            event=line(row.event_words),
            difference=text(row.difference),
            reason=text(row.reason),
            uncertainties=tuple(uncertainty(said) for said in unsure.get(row.pk, ())),
            assumptions=tuple(assumption(ids, said) for said in assumed.get(row.pk, ())),
            risks=tuple(risk(ids, said) for said in feared.get(row.pk, ())),
            extras=extras_of(row),
            **hopes_of(row, place == 0, hopes.get(row.pk, ()), dropped.get(row.pk, ())),
        )
        for place, row in enumerate(versions)
    )


def parts(model, ids: FileIds) -> dict:
    """What stands in agreed versions, by version, in the order in which it was written."""
    rows = model.objects.filter(version__in=list(ids.versions)).order_by("pk")
    return grouped((row.version_id, row) for row in rows)


def hopes_of(version: FramingVersion, is_first: bool, added, dropped) -> dict:
    """The first version has hopes; a later one adds some and ends some."""
    entries = tuple(
        AspirationRecord(
            lineage=row.key,
            cycle=row.cycle,
            whose=row.whose,
            text=text(row.text),
            extras=extras_of(row),
        )
        for row in added
    )
    if is_first:
        return {"aspirations": entries}
    ended = list(dict.fromkeys(row.key for row in dropped))
    written = spelled_in(version).get("dropped", ended)
    ended = written if set(written) == set(ended) else ended
    return {"aspirations_added": entries, "aspirations_dropped": tuple(ended)}


def uncertainty(row: Uncertainty) -> UncertaintyRecord:
    """Something the space does not know."""
    return UncertaintyRecord(
        id=row.key, text=text(row.text), state=row.state, extras=extras_of(row)
    )


def assumption(ids: FileIds, row: Assumption) -> AssumptionRecord:
    """What would have to be true."""
    return AssumptionRecord(
        about=ids.hopes.get(row.aspiration_id),
        text=text(row.text),
        state=row.state,
        note=text(row.note),
        extras=extras_of(row),
    )


def risk(ids: FileIds, row: Risk) -> RiskRecord:
    """What could go wrong."""
    return RiskRecord(
        about=ids.hopes.get(row.aspiration_id),
        text=text(row.text),
        mitigation=text(row.mitigation),
        note=text(row.note),
        extras=extras_of(row),
    )


def causes(ids: FileIds) -> dict[int, tuple[str, ...]]:
    """The moments that caused each version, by its number; only moments that are in the file."""
    rows = Reframing.objects.filter(version__in=list(ids.versions)).order_by("pk")
    found = grouped(
        (ids.versions[version], ids.moments[moment])
        for version, moment in rows.values_list("version", "moment")
        if moment in ids.moments
    )
    return {number: tuple(names) for number, names in found.items()}
