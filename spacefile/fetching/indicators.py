"""Indicators with what was observed, now and before it was corrected."""

from evaluation.models import Indicator, Observation
from spacefile.as_written import extras_of
from spacefile.fetching.file_ids import FileIds, grouped, line, text
from spacefile.schema import IndicatorRecord, SupersededRecord


def indicators(ids: FileIds) -> tuple[IndicatorRecord, ...]:
    """All indicators, in the order in which they were made."""
    rows = list(Indicator.objects.in_space(ids.space).order_by("pk"))
    ids.signs = {row.pk: row.ref for row in rows}
    seen = Observation.objects.filter(indicator__space=ids.space).order_by("pk")
    observed = grouped((row.indicator_id, row) for row in seen)
    return tuple(indicator_entry(ids, row, observed.get(row.pk, [])) for row in rows)


def indicator_entry(ids: FileIds, row: Indicator, observed: list[Observation]) -> IndicatorRecord:
    """One indicator; a period stands where it was first observed."""
    places: dict[str, int] = {}
    for seen in observed:
        places.setdefault(seen.period, len(places))
    current = [seen for seen in observed if seen.superseded_by_id is None]
    current.sort(key=lambda seen: places[seen.period])
    return IndicatorRecord(
        id=row.ref,
        cycle=row.cycle,
        aspiration=ids.hopes.get(row.aspiration_id),
        name=line(row.name),
        kind=row.kind,
        direction=row.direction,
        unit=line(row.unit),
        warns_of_harm=row.warns_of_harm,
        counts_people=row.counts_people,
        scale_min=row.scale_min,
        scale_max=row.scale_max,
        levels=as_record(row.levels) or (),
        target=row.target,
        target_kind=row.target_kind,
        frequency=line(row.frequency),
        steward=ids.people.get(row.steward_id),
        source=line(row.source),
        baseline=as_record(row.baseline),
        obs=tuple((seen.period, as_record(seen.value)) for seen in current),
        superseded=tuple(earlier(seen) for seen in observed if seen.superseded_by_id),
        note=text(row.note),
        extras=extras_of(row),
    )


def earlier(row: Observation) -> SupersededRecord:
    """What held for a period until it was corrected."""
    return SupersededRecord(
        period=row.period,
        value=as_record(row.value),
        corrected_on=row.corrected_on or row.created_at.date(),
        reason=text(row.correction_reason),
        extras=extras_of(row),
    )


def as_record(value):
    """The lists of JSON as the tuples of records; words as the file writes them."""
    if isinstance(value, list):
        return tuple(as_record(item) for item in value)
    return text(value) if isinstance(value, str) else value
