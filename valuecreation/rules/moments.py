"""What holds for every moment, told in the browser, sent to the API or read from a file."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from learningspaces.lib.dates import add_months, first_day, last_day
from learningspaces.lib.violations import Violation, field_violations, refuse_if_broken
from spaces.presentation.days import date_words
from spaces.todays import last_today
from valuecreation.cycles import (
    GROUP,
    OTHER_GROUP,
    SUBTYPES,
    Cycle,
    Location,
    MomentStatus,
    Precision,
)
from valuecreation.models import Moment

HOPE_IN_MONTHS = 3
FIRST_YEAR, LAST_YEAR = 1900, 2199
GROUPS = (GROUP, OTHER_GROUP)
KIND_OF_PEOPLE = re.compile(r"[^\W\d_]+([ _'’-][^\W\d_]+)*")
SUBTYPE = re.compile(r"[a-z][a-z0-9_]*")
NOT_CLEANED = (
    "space",
    "agent",
    "for_whom",
    "other_space",
    "recorded_by",
    "ref",
    "told_on",
    "created_at",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedMoment:
    """What the rules ask of a moment, whether it is a row, typed in a form or read from a file."""

    name: str = ""
    cycle: str | None
    subtype: str = ""
    status: str
    occurred_on: dt.date | None = None
    precision: str = "day"
    occurred_until: dt.date | None = None
    told_on: dt.date | None = None
    due_on: dt.date | None = None
    was_hoped: bool = False
    location: str | None
    other_space: str = ""
    agent_word: str = ""
    for_word: str = ""
    agent_name: str = ""
    agent_joined: dt.date | None = None
    text: str = ""

    @property
    def known_by(self) -> dt.date | None:
        """The day by which it had happened: the last of the period its date is known to."""
        if self.status == MomentStatus.HOPED:
            return None
        if self.occurred_until:
            return self.occurred_until
        if self.precision == Precision.AFTER:
            return max(filter(None, (self.told_on, self.occurred_on)), default=None)
        if not self.occurred_on:
            return self.told_on if self.precision == Precision.UNKNOWN else None
        return last_day(self.occurred_on, self.precision)

    @property
    def begun_on(self) -> dt.date | None:
        """The first day on which it may have happened; of what has no date, any."""
        return dt.date.min if self.precision == Precision.UNKNOWN else self.occurred_on


def facts_of(moment: Moment) -> CheckedMoment:
    """What the rules ask of a row, saved or not."""
    agent, elsewhere = moment.agent, moment.other_space
    return CheckedMoment(
        name=moment.ref,
        cycle=moment.cycle,
        subtype=moment.subtype,
        status=moment.status,
        occurred_on=moment.occurred_on,
        precision=moment.precision,
        occurred_until=moment.occurred_until,
        told_on=moment.told_on,
        due_on=moment.due_on,
        was_hoped=moment.was_hoped,
        location=moment.location,
        other_space=elsewhere.slug if elsewhere else "",
        agent_word=moment.agent_word,
        for_word=moment.for_word,
        agent_name=agent.name if agent else "",
        agent_joined=agent.joined_on if agent else None,
        text=moment.text,
    )


def proposed_day(today):
    """The day proposed for a hope without one: three months on; it never blocks."""
    return add_months(today, HOPE_IN_MONTHS)


def check_moment(moment: Moment) -> None:
    """Raise what is wrong with a moment, each violation at its field."""
    space = moment.space
    broken = list(field_violations(moment, exclude=NOT_CLEANED))
    unreadable = {violation.field for violation in broken}
    horizon = max(last_today(space, moment.recorded_by), space.file_as_of or space.today)
    for violation in moment_violations(facts_of(moment), horizon):
        if violation.field not in unreadable:
            broken.append(violation)
    for field in ("agent", "for_whom", "other_space"):
        row = getattr(moment, field)
        if row is not None and row.space_id != moment.space_id:
            problem = _("This was not found among this space's.")
            broken.append(Violation(field, problem, _("Choose one from the list.")))
    refuse_if_broken(broken)


def moment_violations(
    moment: CheckedMoment, horizon: dt.date, *, wordless: bool = False
) -> Iterator[Violation]:
    """Every rule a moment breaks; `horizon` is the last day that has come.

    `wordless` moments are those of a withdrawn story: their words are gone.
    """
    if moment.status == MomentStatus.HOPED:
        yield from _hope_violations(moment)
    else:
        yield from _date_violations(moment, horizon)
    if not wordless and not moment.text.strip():
        problem, mend = _("There are no words yet."), _("Say in a sentence what happened.")
        yield Violation("text", problem, mend)
    yield from _word_violations(moment)
    if moment.location and (moment.location == Location.OTHER_SPACE) != bool(moment.other_space):
        problem = _("Name the other space when, and only when, it happened in another space.")
        mend = _("Say which space it was, or that it happened elsewhere.")
        yield Violation("other_space", problem, mend)


def _word_violations(moment: CheckedMoment) -> Iterator[Violation]:
    """Finer kinds, and words for groups and kinds of people.

    Those of potential value are a closed list; in other cycles people may have kinds of their own.
    """
    closed = SUBTYPES[Cycle.POTENTIAL] if moment.cycle == Cycle.POTENTIAL else None
    if moment.subtype and closed and moment.subtype not in closed:
        problem = _("Potential value has no such finer kind.")
        mend = _("Choose one of these, or none: %(codes)s.") % {"codes": ", ".join(closed)}
        yield Violation("subtype", problem, mend)
    elif moment.subtype and not SUBTYPE.fullmatch(moment.subtype):
        problem = _("This cannot be the code of a finer kind.")
        yield Violation("subtype", problem, _("Write small letters, as in being_heard."))
    if moment.agent_word and moment.agent_word not in GROUPS:
        problem = _("This is nobody in this space.")
        mend = _("Choose a person, the group, or people of another space.")
        yield Violation("agent", problem, mend)
    if moment.for_word and not is_kind_of_people(moment.for_word):
        problem = _("This is nobody in this space, and no word in small letters.")
        mend = _("Choose a person or a group, or use letters only, as in patients or night staff.")
        yield Violation("for_whom", problem, mend)


def is_kind_of_people(word: str) -> bool:
    """True for a group, and for a word in small letters such as patients."""
    return word in GROUPS or (word == word.lower() and bool(KIND_OF_PEOPLE.fullmatch(word)))


def _hope_violations(moment: CheckedMoment) -> Iterator[Violation]:
    if moment.occurred_on:
        problem = _("A hope has not happened yet.")
        mend = _("Give the day you hope for it by, or say that it happened.")
        yield Violation("occurred_on", problem, mend)
    if not moment.due_on:
        problem, mend = _("A hope needs a day."), _("Say by when you hope for it.")
        yield Violation("due_on", problem, mend)
    elif not FIRST_YEAR <= moment.due_on.year <= LAST_YEAR:
        yield Violation("due_on", *_wrong_year())
    if moment.was_hoped:
        problem, mend = _("It is hoped for still."), _("Say that it was hoped once it happened.")
        yield Violation("was_hoped", problem, mend)


def _date_violations(moment: CheckedMoment, horizon: dt.date) -> Iterator[Violation]:
    day = moment.occurred_on
    if moment.due_on:
        problem = _("What has happened needs no day to hope for.")
        yield Violation("due_on", problem, _("Leave this empty, or say that you hope for it."))
    if not day and moment.precision == Precision.UNKNOWN:
        return
    if not day:
        problem = _("There is no day.")
        mend = _("Roughly is enough: choose a month or a year. Or say that you hope for it.")
        yield Violation("occurred_on", problem, mend)
        return
    if day.year < FIRST_YEAR:
        yield Violation("occurred_on", *_wrong_year())
    elif day > horizon:
        problem = _("This day lies ahead.")
        mend = _("Choose one up to %(day)s, or say that you hope for it.")
        yield Violation("occurred_on", problem, mend % {"day": date_words(horizon)})
    yield from _period_violations(moment, day, horizon)
    begins = first_day(day, moment.precision)
    if begins != day:
        problem = _("A date known to a period is the first day of that period.")
        mend = _("Write %(day)s, or that you know the day.") % {"day": begins.isoformat()}
        yield Violation("occurred_on", problem, mend)
    elif joined_later(moment):
        said = {"name": moment.agent_name, "day": date_words(moment.agent_joined)}
        problem = _("%(name)s joined on %(day)s, after this.") % said
        mend = _("Choose a later day or another person.")
        yield Violation("occurred_on", problem, mend)


def _period_violations(
    moment: CheckedMoment, day: dt.date, horizon: dt.date
) -> Iterator[Violation]:
    until, several = moment.occurred_until, moment.precision == Precision.DAYS
    if several and not until:
        problem = _("The last of these days is not said.")
        yield Violation("occurred_until", problem, _("Add it, or say that it was one day."))
    elif until and until < day:
        problem = _("The last day is before the first.")
        yield Violation("occurred_until", problem, _("Correct one of the two."))
    elif until and until > horizon:
        problem = _("This day lies ahead.")
        mend = _("Choose one up to %(day)s.") % {"day": date_words(horizon)}
        yield Violation("occurred_until", problem, mend)
    elif until and moment.precision not in (Precision.DAYS, Precision.AFTER):
        problem = _("There is a last day, but it is not said that it took several days.")
        yield Violation("occurred_until", problem, _("Leave it empty, or say so."))


def joined_later(moment: CheckedMoment) -> bool:
    """True if somebody acts in the space before joining it; elsewhere it may be older."""
    here = moment.location == Location.IN_SPACE
    return bool(here and moment.agent_joined and moment.known_by < moment.agent_joined)


def _wrong_year() -> tuple[str, str]:
    return _("This year cannot be right."), _("Choose one between 1900 and 2199.")
