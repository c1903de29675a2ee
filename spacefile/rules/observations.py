"""Rules for what was observed: each value fits its indicator, each correction its period."""

from django.utils.translation import gettext as _

from spacefile.faults import shown
from spacefile.kinds import is_number
from spacefile.rules.common import has_come
from spacefile.rules.index import Book
from spacefile.rules.indicators import NOT_NEGATIVE, outside_scale


def check(book: Book, sign) -> None:
    """Baseline, observations and earlier values of one indicator."""
    if sign.kind is None:
        return
    report(book, sign.place, "baseline", sign, sign.baseline)
    for period, value in sign.obs:
        report(book, f"{sign.place}, {shown(period, 30)}", "obs", sign, value)
    periods = {period for period, __ in sign.obs}
    for earlier in sign.superseded:
        check_superseded(book, sign, earlier, periods)


def check_superseded(book: Book, sign, earlier, periods: set[str]) -> None:
    """An earlier value belongs to a period that has a current one."""
    report(book, earlier.place, "value", sign, earlier.value)
    has_come(book, earlier, "corrected_on", earlier.corrected_on)
    if earlier.period and earlier.period not in periods:
        book.fault(
            earlier,
            "period",
            earlier.period,
            _("obs has no value for this period."),
            _("Write the current value under obs, or correct the period."),
        )


def report(book: Book, place: str, name: str, sign, value) -> None:
    """Note what is wrong with a value, if anything."""
    found = None if value is None else misfit(sign, value)
    if found:
        book.faults.add_rule(place, name, value, *found)


def misfit(sign, value) -> tuple[str, str] | None:
    """The fault of a value of this indicator and how to mend it, or None."""
    if sign.kind == "ratio":
        return ratio_misfit(value)
    if sign.kind == "text":
        if isinstance(value, str):
            return None
        return _("This is not a text."), _('Put it in quotes: "%(text)s".') % {"text": shown(value)}
    if sign.kind == "yes_no":
        if isinstance(value, bool):
            return None
        return _("This is neither true nor false."), _("Write true, false or null.")
    if not is_number(value):
        problem = _("This is not a number, as an indicator of the kind %(kind)s needs.")
        return problem % {"kind": sign.kind}, _("Write a number, or null if it is missing.")
    if sign.kind in NOT_NEGATIVE and value < 0:
        return _("This is negative."), _("Write 0 or more, or null if it is missing.")
    problem = outside_scale(sign, value)
    return (problem, _("Write one that is on it, or correct the indicator.")) if problem else None


def ratio_misfit(value) -> tuple[str, str] | None:
    """What is wrong with a numerator and a denominator, if anything."""
    if not isinstance(value, tuple):
        return (
            _("A ratio needs two numbers."),
            _("Write [numerator, denominator], as in [21, 29], or null if it is missing."),
        )
    numerator, denominator = value
    if numerator < 0 or denominator < 0:
        return _("One of the two is negative."), _("Write 0 or more for both.")
    if numerator > denominator:
        return (
            _("The numerator %(above)s is larger than the denominator %(below)s.")
            % {"above": numerator, "below": denominator},
            _("Write the part first and the whole second, as in [21, 29]."),
        )
    return None
