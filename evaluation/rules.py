"""What holds for every indicator and every observation, whichever way it comes in."""

import datetime as dt
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from evaluation.models import Indicator, IndicatorKind
from learningspaces.lib.text import MAX_TEXT, plain_text
from learningspaces.lib.violations import Violation

DIGITS, PLACES = 15, 12  # as many as can be kept and written exactly
NOT_NEGATIVE = (IndicatorKind.COUNT, IndicatorKind.SCALE, IndicatorKind.RATIO)
Said = tuple[str, str]  # what is wrong with a value, and how to mend it


@dataclass(frozen=True, kw_only=True)
class CheckedIndicator:
    """What the rules ask of an indicator, whether it is a row or stands in a file."""

    kind: str | None
    scale_min: float | None = None
    scale_max: float | None = None
    levels: Mapping[int, str] = field(default_factory=dict)
    counts_people: bool = False
    sensitive: bool = False


def facts_of(indicator: Indicator) -> CheckedIndicator:
    """What the rules ask of a row, saved or not."""
    return CheckedIndicator(
        kind=indicator.kind,
        scale_min=indicator.scale_min,
        scale_max=indicator.scale_max,
        levels=numbered_levels(indicator.levels, indicator.scale_min),
        counts_people=indicator.counts_people,
        sensitive=indicator.sensitive,
    )


def numbered_levels(levels, lowest: float | None) -> dict[int, str]:
    """The levels of a rubric by number; a list counts from the scale's lowest, or from 0."""
    if isinstance(levels, Mapping):
        return {int(level): str(words) for level, words in levels.items()}
    return dict(enumerate(map(str, levels or ()), start=int(lowest or 0)))


def cleaned(indicator: Indicator, value):
    """A value as it is stored (None: nothing was observed), or a fault."""
    return _checked(value_violation(facts_of(indicator), value), value)


def cleaned_target(indicator: Indicator, value):
    """A target as it is stored; a ratio's is a percentage."""
    return _checked(target_violation(facts_of(indicator), value), value)


def _checked(wrong: Said | None, value):
    if wrong:
        raise ValidationError(" ".join(wrong))
    if isinstance(value, str):
        plain_text(value)
    return as_stored(value)


def as_stored(value):
    """A value as JSON keeps it: whole numbers whole, others with as many digits as are exact."""
    if isinstance(value, list | tuple):
        return [as_stored(part) for part in value]
    if isinstance(value, Decimal | float):
        exact = round(float(f"{value:.{DIGITS}g}"), PLACES)
        return int(exact) if exact == int(exact) else exact
    return value.strip() if isinstance(value, str) else value


# --- indicators ------------------------------------------------------------------------------


def indicator_violations(indicator: CheckedIndicator) -> Iterator[Violation]:
    """Every rule the definition of an indicator breaks."""
    lowest, highest = indicator.scale_min, indicator.scale_max
    if lowest is not None and highest is not None and lowest >= highest:
        problem = _("The scale does not end above %(lowest)s, where it begins.")
        mend = _("Write the lower end first, the higher end last.")
        yield Violation("scale_max", problem % {"lowest": lowest}, mend)
    if indicator.kind == IndicatorKind.SCALE and lowest is not None and lowest < 0:
        yield Violation("scale_min", _("A scale is not negative."), _("Begin it at 0 or above."))
    if indicator.sensitive and not indicator.counts_people:
        problem = _("Only what counts people is sensitive.")
        yield Violation("sensitive", problem, _("Say that it counts people, or leave it out."))
    if indicator.levels and indicator.kind not in (None, IndicatorKind.RUBRIC):
        problem = _("Only a rubric has levels.")
        yield Violation("levels", problem, _("Say that it is a rubric, or delete the levels."))


def target_violation(indicator: CheckedIndicator, target) -> Said | None:
    """What is wrong with a target; one can be reached by what is observed."""
    if target is None or indicator.kind is None:
        return None
    if indicator.kind == IndicatorKind.TEXT:
        problem = _("Words have no target.")
        return problem, _("Say in the note what you hope to hear.")
    if indicator.kind != IndicatorKind.RATIO:
        return value_violation(indicator, target)
    wrong = number_violation(target)
    if wrong or not 0 <= target <= 100:
        problem = wrong[0] if wrong else _("A ratio’s target is a percentage.")
        return problem, _("Write a number from 0 to 100, or no target.")
    return None


# --- observations ----------------------------------------------------------------------------


def value_violation(indicator: CheckedIndicator, value) -> Said | None:
    """What is wrong with a value of an indicator; None is a gap and never wrong."""
    if value is None or indicator.kind is None:
        return None
    if indicator.kind == IndicatorKind.RATIO:
        return _ratio_violation(value)
    if indicator.kind == IndicatorKind.TEXT:
        return _text_violation(value)
    if indicator.kind == IndicatorKind.YES_NO:
        if isinstance(value, bool):
            return None
        return _("This is neither true nor false."), _("Answer yes or no (true or false).")
    wrong = number_violation(value)
    if wrong is None and indicator.kind in NOT_NEGATIVE and value < 0:
        return _("This is below zero."), _("Write 0 or more, or that nothing was observed.")
    return wrong or _off_scale(indicator, value)


def number_violation(value) -> Said | None:
    """What is wrong with a number; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return _("This is not a number."), _("Write it in figures, such as 12 or 0.5.")
    if not math.isfinite(value) or abs(value) >= 10**DIGITS:
        return _("This number is too large to be kept."), _("Choose a larger unit.")
    return None


def _text_violation(value) -> Said | None:
    if not isinstance(value, str):
        return _("This is not a text."), _("Write words, in a file in quotes.")
    if not value.strip():
        return _("There are no words."), _("Say what was observed, or that nothing was.")
    if len(value) > MAX_TEXT:
        return _("This is too long to be kept."), _("Shorten it to 20,000 characters.")
    return None


def _ratio_violation(value) -> Said | None:
    if not isinstance(value, list | tuple) or len(value) != 2:
        problem = _("A ratio needs two numbers: so many, of so many.")
        return problem, _("Write the part first and the whole second, as in [21, 29].")
    for part in value:
        if wrong := number_violation(part):
            return wrong
    if min(value) < 0:
        return _("One of the two is below zero."), _("Write 0 or more for both.")
    if value[0] > value[1]:
        said = {"part": value[0], "whole": value[1]}
        problem = _("%(part)s of %(whole)s cannot be.") % said
        return problem, _("Write the part first and the whole second, as in [21, 29].")
    return None


def _off_scale(indicator: CheckedIndicator, value) -> Said | None:
    """That a number lies outside a scale or is no level of a rubric."""
    mend = _("Choose one that is on it, or correct the indicator.")
    if indicator.kind == IndicatorKind.RUBRIC and indicator.levels:
        if value in indicator.levels:
            return None
        known = ", ".join(map(str, sorted(indicator.levels)[:12]))
        return _("This is not one of the levels: %(known)s.") % {"known": known}, mend
    if indicator.kind not in (IndicatorKind.SCALE, IndicatorKind.RUBRIC):
        return None
    low, high = indicator.scale_min, indicator.scale_max
    if low is not None and value < low:
        return _("This is below the scale’s lowest, %(end)s.") % {"end": low}, mend
    if high is not None and value > high:
        return _("This is above the scale’s highest, %(end)s.") % {"end": high}, mend
    return None


def correction_violations(
    *, period: str | None, observed: Collection[str], corrected_on: dt.date | None, today: dt.date
) -> Iterator[Violation]:
    """Every rule an earlier value breaks beside the one that holds now."""
    if corrected_on and corrected_on > today:
        problem = _("This day has not come yet.")
        yield Violation("corrected_on", problem, _("Give an earlier day."))
    if period and period not in observed:
        problem = _("Nothing is observed for this period now.")
        yield Violation("period", problem, _("Write the value that holds, or correct the period."))
