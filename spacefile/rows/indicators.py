"""Indicators with what was observed, now and before it was corrected."""

from evaluation.models import Indicator, Observation
from learningspaces.lib.periods import period_days
from spacefile.columns import Columns, Links, as_json, as_record, grouped, in_bulk
from spacefile.schema import IndicatorRecord, SpaceFile, SupersededRecord

INDICATOR = Columns(IndicatorRecord, Indicator, id="ref", apart=["obs", "superseded", "mostly_one"])
SUPERSEDED = Columns(SupersededRecord, Observation, reason="correction_reason")


def store_indicators(links: Links, document: SpaceFile) -> None:
    """All indicators, then all their observations."""
    rows = in_bulk(INDICATOR.to_row(links, entry) for entry in document.indicators)
    links[Indicator] = {row.ref: row.pk for row in rows}
    told = list(zip(rows, document.indicators, strict=True))
    current = in_bulk(
        Observation(
            indicator=row,
            period=period,
            value=as_json(value),
            mostly_one=period in entry.mostly_one,
            **days_of(period),
        )
        for row, entry in told
        for period, value in entry.obs
    )
    now = {(row.indicator_id, row.period): row for row in current}
    in_bulk(
        SUPERSEDED.to_row(
            links,
            old,
            indicator=row,
            superseded_by=now[row.pk, old.period],
            mostly_one=old.period in entry.mostly_one,
            **days_of(old.period),
        )
        for row, entry in told
        for old in entry.superseded
    )


def days_of(period: str) -> dict:
    """The first and the last day of a period, as an observation keeps them."""
    first, last = period_days(period)
    return {"period_start": first, "period_end": last}


def indicator_records(links: Links) -> tuple[IndicatorRecord, ...]:
    """All indicators, in the order in which they were made."""
    rows = list(Indicator.objects.in_space(links.space).order_by("pk"))
    links[Indicator] = {row.pk: row.ref for row in rows}
    seen = Observation.objects.filter(indicator__space=links.space).order_by("pk")
    observed = grouped((row.indicator_id, row) for row in seen)
    return tuple(indicator_record(links, row, observed.get(row.pk, [])) for row in rows)


def indicator_record(links: Links, row: Indicator, observed: list[Observation]) -> IndicatorRecord:
    """One indicator; a period stands where it was first observed."""
    mostly_one = dict.fromkeys(seen.period for seen in observed if seen.mostly_one)
    current: dict = dict.fromkeys(seen.period for seen in observed)
    current |= {seen.period: seen for seen in observed if seen.superseded_by_id is None}
    return INDICATOR.to_record(
        links,
        row,
        obs=tuple((period, as_record(seen.value)) for period, seen in current.items() if seen),
        mostly_one=tuple(mostly_one),
        superseded=tuple(
            SUPERSEDED.to_record(
                links, seen, corrected_on=seen.corrected_on or seen.created_at.date()
            )
            for seen in observed
            if seen.superseded_by_id
        ),
    )
