"""Rules for indicators: whose sign they are, and what they can aim at."""

from django.utils.translation import gettext as _

from spacefile.kinds import is_number
from spacefile.rules.common import known_person, once
from spacefile.rules.index import Book

NOT_NEGATIVE = ("count", "scale", "ratio")


def check_ids(book: Book) -> None:
    """Each indicator has an id of its own."""
    once(book, book.document.indicators, "id")


def check(book: Book, sign) -> None:
    """One indicator's aspiration, steward, scale and target."""
    known_person(book, sign, "steward", sign.steward)
    check_aspiration(book, sign)
    check_scale(book, sign)
    check_target(book, sign)


def check_aspiration(book: Book, sign) -> None:
    """The aspiration is in the framing, in the same cycle."""
    if not sign.aspiration:
        return
    if sign.aspiration not in book.aspirations:
        book.fault(
            sign,
            "aspiration",
            sign.aspiration,
            _("No aspiration of the framing has this key."),
            _("Write the key of an aspiration, or leave it out."),
        )
        return
    cycle = book.aspirations[sign.aspiration]
    if cycle and sign.cycle and cycle != sign.cycle:
        book.fault(
            sign,
            "cycle",
            sign.cycle,
            _("Its aspiration %(key)s is in the cycle %(cycle)s.")
            % {"key": sign.aspiration, "cycle": cycle},
            _("Write %(cycle)s, or name another aspiration.") % {"cycle": cycle},
        )


def check_scale(book: Book, sign) -> None:
    """A scale runs from lower to higher and is not negative."""
    lowest, highest = sign.scale_min, sign.scale_max
    if lowest is not None and highest is not None and lowest >= highest:
        book.fault(
            sign,
            "scale_max",
            highest,
            _("This is not above scale_min, %(lowest)s.") % {"lowest": lowest},
            _("Write the lower end as scale_min, the higher as scale_max."),
        )
    if sign.kind == "scale" and lowest is not None and lowest < 0:
        book.fault(
            sign,
            "scale_min",
            lowest,
            _("A scale is not negative."),
            _("Begin the scale at 0 or above."),
        )
    if sign.levels and sign.kind and sign.kind != "rubric":
        book.fault(
            sign,
            "levels",
            None,
            _("Only a rubric has levels; this is of the kind %(kind)s.") % {"kind": sign.kind},
            _("Write kind: rubric, or delete the levels."),
        )


def check_target(book: Book, sign) -> None:
    """A target can be reached by what is observed; a ratio's is a percentage."""
    if sign.target is None or sign.kind is None:
        return
    problem = target_problem(sign)
    if problem:
        mend = _("Write a number that can be reached, or null for no target.")
        if sign.kind == "ratio":
            mend = _("Write a percentage from 0 to 100, or null for no target.")
        book.fault(sign, "target", sign.target, problem, mend)


def target_problem(sign) -> str:
    """What is wrong with a target, or nothing."""
    if sign.kind == "text":
        return _("An indicator in words has no target.")
    if sign.kind == "yes_no":
        return "" if isinstance(sign.target, bool) else _("This is neither true nor false.")
    if not is_number(sign.target):
        return _("This is not a number.")
    if sign.kind == "ratio" and not 0 <= sign.target <= 100:
        return _("A ratio's target is a percentage.")
    if sign.kind in NOT_NEGATIVE and sign.target < 0:
        return _("This is negative.")
    return outside_scale(sign, sign.target)


def outside_scale(sign, value: int | float) -> str:
    """That a number lies outside a scale or is no level of a rubric, or nothing."""
    if sign.kind == "rubric" and sign.wordings and value not in sign.wordings:
        levels = ", ".join(str(level) for level in list(sign.wordings)[:12])
        return _("This is not a level of the rubric: %(levels)s.") % {"levels": levels}
    if sign.kind not in ("scale", "rubric"):
        return ""
    if sign.scale_min is not None and value < sign.scale_min:
        return _("This is below the scale's lowest, %(end)s.") % {"end": sign.scale_min}
    if sign.scale_max is not None and value > sign.scale_max:
        return _("This is above the scale's highest, %(end)s.") % {"end": sign.scale_max}
    return ""
