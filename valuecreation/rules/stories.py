"""What holds for every story as a whole."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from learningspaces.lib.violations import Violation
from spaces.presentation.days import date_words
from valuecreation.cycles import MomentStatus, is_unsaid


def sharing_violations(moments: Iterable[tuple[str, str, str, str]]) -> Iterator[Violation]:
    """What must be said before others read a story, of (status, cycle, polarity, words) of each."""
    for status, cycle, polarity, text in moments:
        if is_unsaid(cycle, polarity, hoped=status == MomentStatus.HOPED):
            problem = _(
                "Of “%(words)s” it is not said yet what kind of thing it was and how it turned out."
            ) % {"words": Truncator(text).words(9)}
            mend = _("Say both, then share it. Of the kind, “I am not sure” is an answer.")
            yield Violation("audience", problem, mend)


def story_violations(
    *, told_on: dt.date | None, followed_up_on: dt.date | None, same_person: bool
) -> Iterator[Violation]:
    """Every rule a story breaks; `same_person` says that its teller would collect it, too."""
    if same_person:
        problem = _("Teller and collector are the same person.")
        mend = _("Name somebody else, or nobody if the teller wrote it.")
        yield Violation("collector", problem, mend)
    if told_on and followed_up_on and followed_up_on < told_on:
        problem = _("A story cannot be followed up before it was told.")
        mend = _("Give the day it was told or a later one.")
        yield Violation("followed_up_on", problem, mend)


def told_violations(told_on: dt.date, days: Iterable[dt.date]) -> Iterator[Violation]:
    """A story tells of what had happened by the day it was told; `days` are its moments’."""
    last = max(days, default=None)
    if last and last > told_on:
        problem = _("Something in this story happened on %(day)s, after that.")
        mend = _("Choose that day or a later one, or correct when it happened.")
        yield Violation("told_on", problem % {"day": date_words(last)}, mend)
