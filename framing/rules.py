"""What holds for every agreed version of the framing, whichever way it comes in."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from learningspaces.lib.violations import Violation
from spaces.presentation.days import date_words
from valuecreation.cycles import MomentStatus


def order_violations(agreed_on: dt.date | None, before: dt.date | None) -> Iterator[Violation]:
    """A version is not agreed before the one it follows; two may be agreed on one day."""
    if agreed_on and before and agreed_on < before:
        problem = _("The version before this one was agreed later, on %(day)s.")
        mend = _("Put the versions in order, the earliest first, or correct a day.")
        yield Violation("agreed_on", problem % {"day": date_words(before)}, mend)


def same_cycle_violations(before: str | None, now: str | None) -> Iterator[Violation]:
    """An aspiration that is worded anew under its key stays in its cycle."""
    if before and now and before != now:
        problem = _("This aspiration is in the cycle %(cycle)s in an earlier version.")
        mend = _("Keep the cycle, or give this aspiration a key of its own.")
        yield Violation("cycle", problem % {"cycle": before}, mend)


def cause_violations(
    status: str, occurred_on: dt.date | None, agreed_on: dt.date | None
) -> Iterator[Violation]:
    """What caused a version is a moment that had happened by then."""
    if status == MomentStatus.HOPED:
        problem = _("This is a hope; it has not happened.")
        yield Violation("moment", problem, _("Name what happened, or leave it out."))
    elif occurred_on and agreed_on and occurred_on > agreed_on:
        problem = _("This happened on %(day)s, after the version was agreed.")
        mend = _("Correct one of the two days, or leave it out.")
        yield Violation("moment", problem % {"day": date_words(occurred_on)}, mend)
