"""Moving a space file in time: all its dates by whole quarters of 13 weeks, periods with them."""

import datetime as dt
from dataclasses import replace

from learningspaces.lib.dates import add_months
from learningspaces.lib.periods import grain, period_days, period_of
from spacefile.records import Record, keys_of
from spacefile.schema import SpaceFile, StepRecord

QUARTER = dt.timedelta(weeks=13)
MONTHS = {"month": 1, "quarter": 3, "Q": 3, "H": 6, "year": 12}


def shift(document: SpaceFile, today: dt.date) -> SpaceFile:
    """The same space with its last day at most a quarter before `today`; words stay as they are."""
    return _shifted(document, (today - document.as_of) // QUARTER)


def _shifted(value, quarters: int, name: str = ""):
    if isinstance(value, Record):
        return _shifted_record(value, quarters)
    if isinstance(value, dt.date):
        return value + quarters * QUARTER
    if name == "period" and value:
        return shifted_period(value, quarters)
    if name == "obs":
        return tuple((shifted_period(period, quarters), seen) for period, seen in value)
    if isinstance(value, tuple):
        return tuple(_shifted(item, quarters) for item in value)
    return value


def _shifted_record(entry: Record, quarters: int) -> Record:
    changes = {
        spec.attribute: _shifted(getattr(entry, spec.attribute), quarters, name)
        for name, spec in keys_of(type(entry)).items()
    }
    if isinstance(entry, StepRecord) and entry.date and entry.date_precision in MONTHS:
        changes["date"] = shifted_start(entry.date, entry.date_precision, quarters)
    return replace(entry, **changes)


def shifted_period(period: str, quarters: int) -> str:
    """The period so many quarters on, in the same notation."""
    length = grain(period)
    return period_of(shifted_start(period_days(period)[0], length, quarters), length)


def shifted_start(first: dt.date, length: str, quarters: int) -> dt.date:
    """A period's first day, so many quarters on; a longer period moves when it is whole."""
    if length == "day":
        return first + quarters * QUARTER
    months = MONTHS[length]
    return add_months(first, quarters * 3 // months * months)
