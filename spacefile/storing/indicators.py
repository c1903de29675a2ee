"""Indicators with what was observed, now and before it was corrected."""

from evaluation.models import Indicator, Observation
from spacefile.document import SpaceFile
from spacefile.framed import IndicatorEntry
from spacefile.keeping import kept
from spacefile.periods import days_of
from spacefile.storing.shelf import Shelf, in_bulk


def store_indicators(shelf: Shelf, document: SpaceFile) -> None:
    """All indicators, then all their observations."""
    rows = in_bulk([indicator_of(shelf, entry) for entry in document.indicators])
    shelf.signs = {row.ref: row for row in rows}
    current = in_bulk(
        [
            observation_of(shelf.signs[entry.id], period, value)
            for entry in document.indicators
            for period, value in entry.obs
        ]
    )
    now = {(row.indicator_id, row.period): row for row in current}
    in_bulk(
        [
            earlier_of(shelf.signs[entry.id], old, now)
            for entry in document.indicators
            for old in entry.superseded
        ]
    )


def indicator_of(shelf: Shelf, entry: IndicatorEntry) -> Indicator:
    """The indicator itself."""
    return Indicator(
        space=shelf.space,
        ref=entry.id,
        cycle=entry.cycle,
        aspiration=shelf.hopes.get(entry.aspiration),
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
        steward=shelf.person(entry.steward),
        source=entry.source,
        baseline=as_json(entry.baseline),
        note=entry.note,
        extra=kept(entry),
    )


def observation_of(indicator: Indicator, period: str, value) -> Observation:
    """What holds now for a period."""
    first, last = days_of(period)
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
