"""Indicators with what was observed, now and before it was corrected."""

from evaluation.models import Indicator, Observation
from learningspaces.lib.periods import period_days
from spacefile.as_written import kept
from spacefile.schema import IndicatorRecord, SpaceFile
from spacefile.storing.stored_rows import StoredRows, in_bulk


def store_indicators(stored: StoredRows, document: SpaceFile) -> None:
    """All indicators, then all their observations."""
    rows = in_bulk([indicator_of(stored, entry) for entry in document.indicators])
    stored.signs = {row.ref: row for row in rows}
    current = in_bulk(
        [
            observation_of(stored.signs[entry.id], period, value)
            for entry in document.indicators
            for period, value in entry.obs
        ]
    )
    now = {(row.indicator_id, row.period): row for row in current}
    in_bulk(
        [
            earlier_of(stored.signs[entry.id], old, now)
            for entry in document.indicators
            for old in entry.superseded
        ]
    )


def indicator_of(stored: StoredRows, entry: IndicatorRecord) -> Indicator:
    """The indicator itself."""
    return Indicator(
        space=stored.space,
        ref=entry.id,
        cycle=entry.cycle,
        aspiration=stored.hopes.get(entry.aspiration),
        name=entry.name,
        kind=entry.kind,
        direction=entry.direction,
        unit=entry.unit,
        warns_of_harm=entry.warns_of_harm,
        counts_people=entry.counts_people,
        scale_min=entry.scale_min,
        scale_max=entry.scale_max,
        levels=as_json(entry.levels) or None,
        target=entry.target,
        target_kind=entry.target_kind,
        frequency=entry.frequency,
        steward=stored.person(entry.steward),
        source=entry.source,
        baseline=as_json(entry.baseline),
        note=entry.note,
        extra=kept(entry),
    )


def observation_of(indicator: Indicator, period: str, value) -> Observation:
    """What holds now for a period."""
    first, last = period_days(period)
    return Observation(
        indicator=indicator,
        period=period,
        period_start=first,
        period_end=last,
        value=as_json(value),
    )


def earlier_of(indicator: Indicator, entry, now: dict) -> Observation:
    """What held for a period until it was corrected."""
    row = observation_of(indicator, entry.period, entry.value)
    row.superseded_by = now[indicator.pk, entry.period]
    row.corrected_on = entry.corrected_on
    row.correction_reason = entry.reason
    row.extra = kept(entry)
    return row


def as_json(value):
    """Tuples as the lists that JSON knows."""
    return [as_json(item) for item in value] if isinstance(value, tuple) else value
