"""What may be stored as a value of an indicator, by its kind; faults are said in a sentence."""

import math
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from evaluation.models import Indicator, IndicatorKind
from evaluation.presentation.indicator_words import levels_of
from learningspaces.lib.text import MAX_TEXT, plain_text

MOST = 10**12


def cleaned(indicator: Indicator, value):
    """A value as it is stored (None: nothing was observed), or a fault."""
    if value is None:
        return None
    return CLEANERS[indicator.kind](indicator, value)


def cleaned_target(indicator: Indicator, value):
    """A target as it is stored; a ratio's is a percentage."""
    if value is None:
        return None
    if indicator.kind == IndicatorKind.TEXT:
        raise ValidationError(_("Words have no target. Say in the note what you hope to hear."))
    if indicator.kind != IndicatorKind.RATIO:
        return CLEANERS[indicator.kind](indicator, value)
    share = a_number(value)
    if share > 100:
        raise ValidationError(_("A ratio’s target is a percentage: a number from 0 to 100."))
    return share


def a_number(value) -> int | float:
    """A number of ordinary size, not negative, kept whole where it is whole."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValidationError(_("This is not a number. Write it in figures, such as 12 or 0.5."))
    if not math.isfinite(value) or value > MOST:
        raise ValidationError(_("This number is too large to be kept. Choose a larger unit."))
    if value < 0:
        raise ValidationError(_("This number is below zero. Counts and scales begin at zero."))
    return int(value) if value == int(value) else float(value)


def a_ratio(indicator: Indicator, value) -> list:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise ValidationError(_("A ratio needs two numbers: so many, of so many."))
    part, whole = (a_number(number) for number in value)
    if part > whole:
        raise ValidationError(
            _("%(part)s of %(whole)s cannot be. The first number is at most the second.")
            % {"part": part, "whole": whole}
        )
    return [part, whole]


def on_scale(indicator: Indicator, value) -> int | float:
    number = a_number(value)
    low, high = indicator.scale_min, indicator.scale_max
    if (low is not None and number < low) or (high is not None and number > high):
        raise ValidationError(
            _("%(value)s lies outside the scale, which runs from %(low)s to %(high)s.")
            % {"value": number, "low": 0 if low is None else low, "high": high}
        )
    return number


def a_level(indicator: Indicator, value) -> int:
    levels = levels_of(indicator)
    if isinstance(value, bool) or not isinstance(value, int) or (levels and value not in levels):
        known = ", ".join(f"{level} {words}" for level, words in sorted(levels.items()))
        raise ValidationError(
            _("This is not one of the levels. Choose one: %(known)s.") % {"known": known}
        )
    if value < 0:
        raise ValidationError(_("Levels begin at zero."))
    return value


def some_words(indicator: Indicator, value) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValidationError(_("Say in words what was observed, or that nothing was."))
    if len(value) > MAX_TEXT:
        raise ValidationError(_("This is too long to be kept. Shorten it to 20,000 characters."))
    plain_text(value)
    return value.strip()


def yes_or_no(indicator: Indicator, value) -> bool:
    if not isinstance(value, bool):
        raise ValidationError(_("Answer yes or no."))
    return value


CLEANERS = {
    IndicatorKind.COUNT: lambda indicator, value: a_number(value),
    IndicatorKind.RATIO: a_ratio,
    IndicatorKind.SCALE: on_scale,
    IndicatorKind.RUBRIC: a_level,
    IndicatorKind.TEXT: some_words,
    IndicatorKind.YES_NO: yes_or_no,
}
