"""Observations: recorded for a period, and corrected by a later one that says why."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from evaluation.models import Indicator, IndicatorState, Observation
from evaluation.period_lengths import length_of, length_violation
from evaluation.rights import may_record
from evaluation.rules import cleaned
from learningspaces.lib.periods import period_days
from spaces.models import Membership
from spaces.revisions import Conflict
from spaces.stated_days import require_come
from spaces.todays import day_of, last_today

EARLIEST = 1900


@transaction.atomic
def record_observation(
    indicator: Indicator,
    *,
    by: Membership,
    period: str,
    value,
    note: str = "",
    other_influences: str = "",
    collected_on: dt.date | None = None,
    mostly_one: bool = False,
) -> Observation:
    """Record what an indicator showed in a period; None says that nothing was observed."""
    _require_may(indicator, by)
    if indicator.state == IndicatorState.RETIRED:
        raise ValidationError(_("This indicator is retired. Use it again first, then record."))
    period = period.strip().upper()
    first, last = checked_period(period, last_today(indicator.space, by))
    _require_same_length(indicator, period)
    observation = Observation(
        indicator=indicator,
        period=period,
        period_start=first,
        period_end=last,
        value=_value(indicator, value),
        note=note,
        other_influences=other_influences,
        mostly_one=mostly_one,
        collected_by=by,
        collected_on=_day(collected_on, by),
    )
    _clean(observation)
    try:
        with transaction.atomic():
            observation.save()
    except IntegrityError as error:
        raise ValidationError({"period": ValidationError(taken(period), code="taken")}) from error
    return observation


@transaction.atomic
def correct_observation(
    observation: Observation,
    *,
    by: Membership,
    value,
    reason: str,
    note: str = "",
    other_influences: str = "",
    collected_on: dt.date | None = None,
    mostly_one: bool = False,
) -> Observation:
    """Put a new observation in the place of one that was wrong; the old one is kept, with why."""
    indicator = observation.indicator
    _require_may(indicator, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the figure changes, in a few words.")})
    newer = Observation(
        indicator=indicator,
        period=observation.period,
        period_start=observation.period_start,
        period_end=observation.period_end,
        value=_value(indicator, value),
        note=note,
        other_influences=other_influences,
        mostly_one=mostly_one,
        collected_by=by,
        collected_on=_day(collected_on, by),
        superseded_by=observation,  # until the old one is out of the way, two lines below
    )
    _clean(newer)
    newer.save()
    _take_place(observation, newer, reason.strip(), indicator.space.today)
    return newer


def _take_place(older: Observation, newer: Observation, reason: str, today: dt.date) -> None:
    replaced = (
        Observation.objects.current()
        .filter(pk=older.pk)
        .update(superseded_by=newer, corrected_on=today, correction_reason=reason)
    )
    if not replaced:
        raise Conflict(
            _(
                "Somebody else corrected this while you were writing. Your words are still here, "
                "and what is recorded now stands beside them. Send again to put yours in its place."
            ),
            code="conflict",
        )
    newer.superseded_by = None
    newer.save(update_fields=["superseded_by"])


def checked_period(period: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """The days of a period that has begun, or a fault beside the field."""
    try:
        first, last = period_days(period)
    except ValueError as error:
        raise ValidationError(
            {
                "period": _(
                    "“%(period)s” is not a period. Write 2025, 2025-H1, 2025-Q1, 2025-03 or "
                    "2025-03-14."
                )
                % {"period": period[:40]}
            }
        ) from error
    if first > today:
        said = _("%(period)s has not begun yet. Record it once it has.")
        raise ValidationError({"period": said % {"period": period}})
    if first.year < EARLIEST:
        said = _("%(period)s lies too far back. Periods begin in 1900.")
        raise ValidationError({"period": said % {"period": period}})
    return first, last


def _require_same_length(indicator: Indicator, period: str) -> None:
    """A year beside quarters would be read as one of them."""
    first = indicator.observations.order_by("pk").values_list("period", flat=True)[:1]
    wrong = length_violation(period, length_of(indicator, first))
    if wrong:
        raise ValidationError({"period": " ".join(wrong)})


def taken(period: str) -> str:
    """What is said when a period has its observation already."""
    said = _("%(period)s is recorded already. Correct that observation and say why.")
    return said % {"period": period}


def _require_may(indicator: Indicator, by: Membership) -> None:
    if not (by.space_id == indicator.space_id and by.person and may_record(by.person, indicator)):
        raise PermissionDenied


def _value(indicator: Indicator, value):
    try:
        return cleaned(indicator, value)
    except ValidationError as fault:
        raise ValidationError({"value": fault.messages}) from fault


def _day(collected_on: dt.date | None, by: Membership) -> dt.date:
    require_come("collected_on", collected_on, today=last_today(by.space, by))
    return collected_on or day_of(by)


def _clean(observation: Observation) -> None:
    observation.full_clean(
        exclude=["indicator", "superseded_by", "collected_by", "value", "extra"],
        validate_unique=False,
        validate_constraints=False,
    )
