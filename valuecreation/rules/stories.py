"""What holds for every story as a whole."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from learningspaces.lib.violations import Violation


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
