"""What holds for every act of consent."""

import datetime as dt
from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from learningspaces.lib.violations import Violation


def consent_violations(
    *,
    audience: Collection[str],
    names_people: bool,
    given_on: dt.date | None,
    expires_on: dt.date | None = None,
    withdrawn_on: dt.date | None = None,
) -> Iterator[Violation]:
    """Every rule an act of consent breaks."""
    if "named_people" in audience and not names_people:
        problem = _("It is not said who the named people are.")
        mend = _("Choose at least one person, or take named people out of the audience.")
        yield Violation("named_people", problem, mend)
    if names_people and audience and "named_people" not in audience:
        problem = _("People are listed, but named people are not in the audience.")
        mend = _("Add named people to the audience, or list nobody.")
        yield Violation("named_people", problem, mend)
    for name, day in (("expires_on", expires_on), ("withdrawn_on", withdrawn_on)):
        if day and given_on and day < given_on:
            problem = _("This day has passed when the consent is given.")
            yield Violation(name, problem, _("Choose that day or a later one."))
