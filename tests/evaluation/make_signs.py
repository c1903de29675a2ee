"""Indicators, observations and framings for tests: plain functions with defaults."""

import datetime as dt

from evaluation.models import Indicator, MomentIndicator, Observation
from framing.models import Aspiration, FramingVersion, VersionState
from learningspaces.lib.periods import period_days
from spaces.models import Membership
from valuecreation.cycles import Cycle

AGREED = dt.date(2026, 9, 1)


def version(space, **fields):
    defaults = {"number": 1, "state": VersionState.AGREED, "difference": "Nobody waits."}
    return FramingVersion.objects.create(space=space, **defaults | {"agreed_on": AGREED} | fields)


def hope(in_version, cycle=Cycle.APPLIED, **fields):
    key = fields.pop("key", f"A-{Aspiration.objects.count()}")
    defaults = {"text": "Every ulcer is tested within 14 days.", "whose": "group"}
    return Aspiration.objects.create(version=in_version, key=key, cycle=cycle, **defaults | fields)


def indicator(space, cycle=Cycle.APPLIED, **fields):
    number = Indicator.objects.in_space(space).count() + 1
    defaults = {"ref": f"I{number}", "name": f"Sign {number}", "kind": "count", "direction": "up"}
    return Indicator.objects.create(space=space, cycle=cycle, **defaults | fields)


def observed(of, **values):
    """Observations by period: observed(sign, Q1=3, Q2=[1, 4]) in 2026."""
    rows = []
    for quarter, value in values.items():
        first, last = period_days(f"2026-{quarter}")
        rows.append(
            Observation.objects.create(
                indicator=of,
                period=f"2026-{quarter}",
                period_start=first,
                period_end=last,
                value=value,
            )
        )
    return rows


def linked(moment, to):
    return MomentIndicator.objects.create(moment=moment, indicator=to)


def here(space, person):
    """The person's membership."""
    return Membership.objects.get(space=space, person=person)
