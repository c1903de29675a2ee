"""One consent as a value: to whom, named how, for what, until when."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from learningspaces.lib.dates import first_day, last_day
from valuecreation.consent.audiences import (
    AUDIENCE_FIELDS,
    NAMELESS,
    Attribution,
    Use,
    at_least_as_open,
    reached_by,
)

# The columns that say who may read and on which days.
TERMS = ("given_on", "expires_on", "withdrawn_on", *AUDIENCE_FIELDS.values())
ONE_DAY = dt.timedelta(days=1)


def terms_columns(prefix: str = "") -> list[str]:
    """The columns from which `Grant.from_terms` makes a grant, in its order."""
    return [f"{prefix}{column}" for column in TERMS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one act of consent grants; without a day on which it was given it always was.

    For example, `Grant(audience=frozenset({"organisation"}), expires_on=date(2026, 3, 1))` goes to
    the space and to the organisation until the first of March, and to nobody from the second on.
    """

    audience: frozenset[str] = frozenset()
    attribution: str = Attribution.NAMED
    uses: frozenset[str] = frozenset()
    given_on: dt.date | None = None
    expires_on: dt.date | None = None
    withdrawn_on: dt.date | None = None
    people: frozenset[int] = frozenset()

    @classmethod
    def from_row(cls, row: Any) -> "Grant":
        """From a row of the table; the people whom it names stand in a table of their own."""
        return cls(
            audience=named_in([getattr(row, column) for column in AUDIENCE_FIELDS.values()]),
            attribution=row.attribution,
            uses=frozenset(row.uses),
            given_on=row.given_on,
            expires_on=row.expires_on,
            withdrawn_on=row.withdrawn_on,
        )

    @classmethod
    def from_terms(cls, values: Sequence[Any]) -> "Grant | None":
        """From the columns that `terms_columns` names; None where there is no consent."""
        given_on, expires_on, withdrawn_on, *named = values
        if given_on is None:
            return None
        return cls(
            audience=named_in(named),
            given_on=given_on,
            expires_on=expires_on,
            withdrawn_on=withdrawn_on,
        )

    def columns(self) -> dict[str, Any]:
        """The columns of an act that grants the same from another day on."""
        return {
            **{column: code in self.audience for code, column in AUDIENCE_FIELDS.items()},
            "attribution": self.attribution,
            "uses": [use for use in Use.values if use in self.uses],
            "expires_on": self.expires_on,
        }

    def with_nobody(self) -> "Grant":
        """The same, for nobody but teller and collector."""
        return replace(self, audience=frozenset(), people=frozenset())

    def open_ended(self, on: dt.date) -> "Grant":
        """The same; a last day that is over by a day is left out."""
        return replace(self, expires_on=None) if self.has_lapsed(on) else self

    def counting_from(self, day: dt.date) -> "Grant":
        """The same, given on a day unless it says another."""
        return self if self.given_on else replace(self, given_on=day)

    def to_the_quarter(self) -> "Grant":
        """The same, from the beginning of its first quarter to the end of its last."""
        given, ends = self.given_on, self.expires_on
        return replace(
            self,
            given_on=given and first_day(given, "quarter"),
            expires_on=ends and last_day(first_day(ends, "quarter"), "quarter"),
        )

    def in_force(self, on: dt.date) -> bool:
        """Given, neither withdrawn nor lapsed on a day; on its last day it still holds."""
        return (
            (self.given_on is None or self.given_on <= on)
            and (self.withdrawn_on is None or self.withdrawn_on > on)
            and not self.has_lapsed(on)
        )

    def has_lapsed(self, on: dt.date) -> bool:
        """Whether its last day is over."""
        return self.expires_on is not None and self.expires_on < on

    def given_before(self, day: dt.date) -> bool:
        """Whether it was given before a day."""
        return self.given_on is None or self.given_on < day

    @property
    def reached(self) -> frozenset[str]:
        """Every audience that it lets in, on the days on which it is in force."""
        return reached_by(self.audience)

    def reaches(self, audience: str) -> bool:
        """Whether it lets an audience in, on the days on which it is in force."""
        return audience in self.reached

    def goes_to(self, audience: str, on: dt.date) -> bool:
        """Whether an audience may read on a day."""
        return self.reaches(audience) and self.in_force(on)

    def goes_to_member(self, membership: int, on: dt.date) -> bool:
        """Whether somebody whom the teller chose may read on a day."""
        return self.names_people and membership in self.people and self.in_force(on)

    def allows(self, use: str) -> bool:
        """Whether the teller agreed to a use."""
        return use in self.uses

    def is_within(self, other: "Grant | None", on: dt.date) -> bool:
        """Whether it lets nobody in whom another does not let in that day, for nothing more, no
        longer, and names the teller no more openly.
        """
        if not self.audience:
            return True
        if other is None or not other.in_force(on):
            return False
        lasts = other.expires_on is None or bool(
            self.expires_on and self.expires_on <= other.expires_on
        )
        return (
            self.reached <= other.reached
            and self.people <= other.people
            and self.uses <= other.uses
            and at_least_as_open(other.attribution, self.attribution)
            and lasts
        )

    @property
    def names_people(self) -> bool:
        """Whether it lets in people whom the teller chose."""
        return "named_people" in self.audience

    @property
    def was_withdrawn(self) -> bool:
        """Whether the teller has ended it, or will on a day."""
        return self.withdrawn_on is not None

    @property
    def nameless(self) -> bool:
        """Another name, or no trace: no name, place or exact day is shown."""
        return self.attribution in NAMELESS

    def days_from(self, today: dt.date) -> tuple[dt.date | None, dt.date | None] | None:
        """The first and last day from today on on which it is in force, if there are any.

        The first is None where that is today already, the last where no end is known.
        """
        first = self.given_on if self.given_on and self.given_on > today else None
        ended = self.withdrawn_on and self.withdrawn_on - ONE_DAY
        last = min(filter(None, (ended, self.expires_on)), default=None)
        return None if last and last < (first or today) else (first, last)


def named_in(flags: Iterable[bool]) -> frozenset[str]:
    """The audiences whose columns are true."""
    return frozenset(code for code, yes in zip(AUDIENCE_FIELDS, flags, strict=True) if yes)


def given_by(grants: Iterable[Grant], day: dt.date) -> list[Grant]:
    """The grants given by a day, oldest first; of one day in the order in which they came."""
    given = [grant for grant in grants if grant.given_on is None or grant.given_on <= day]
    return sorted(given, key=lambda grant: grant.given_on or dt.date.min)


def governing(grants: Iterable[Grant], day: dt.date) -> Grant | None:
    """The grant that governs a story on a day: the newest, unless the story is withdrawn."""
    given = given_by(grants, day)
    return given[-1] if given and not is_withdrawn(given, day) else None


def is_withdrawn(grants: Iterable[Grant], day: dt.date) -> bool:
    """Whether a teller has taken a story back by a day and has not given it again since."""
    given = given_by(grants, day)
    if not given:
        return False
    since = given[-1].given_on or dt.date.min
    ended = [grant for grant in given if grant.withdrawn_on and grant.withdrawn_on <= day]
    return any(grant is given[-1] or grant.withdrawn_on > since for grant in ended)
