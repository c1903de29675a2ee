"""What holds between the day somebody joined and what they did in the space."""

import datetime as dt
from collections.abc import Iterable

from valuecreation.models import Moment


def first_deed(moments: Iterable[Moment]) -> dt.date | None:
    """The day by which the first of some moments had happened, as far as a list may tell it.

    What is known to a period had happened by its last day. Of a nameless teller the first day of
    the quarter counts, so that asking for every day tells no more than that.
    """
    return min(
        (moment.day if moment.nameless else moment.known_by for moment in moments),
        default=None,
    )
