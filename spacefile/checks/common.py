"""What all checks share: rules of records said at their keys, known people, ids used once."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from learningspaces.lib.violations import Violation
from spacefile.lookups import Lookups, RecordPlace

# How the file calls what the models call otherwise.
KEYS = {
    "occurred_on": "date",
    "occurred_until": "date_until",
    "due_on": "due",
    "location": "loc",
    "for_whom": "for",
    "source": "from",
    "target": "to",
    "stalled": "confirmed",
    "named_people": "people",
}


def say(found: Lookups, spot: RecordPlace, violations: Iterable[Violation]) -> None:
    """Note the rules that a record breaks, each at its key."""
    for broken in violations:
        key = KEYS.get(broken.field, broken.field)
        found.fault(spot, key, spot.value(key) or None, broken.problem, broken.mend)


def known_person(found: Lookups, spot: RecordPlace, key: str, person: str | None) -> None:
    """A person named somewhere is in the file."""
    if person and person not in found.people:
        mend = _("Add the person under participants or outside, or correct the id.")
        found.fault(spot, key, person, _("Nobody with this id is in the file."), mend)


def has_come(found: Lookups, spot: RecordPlace, *keys: str) -> None:
    """A day on which something was done is not after the day of the file."""
    for key in keys:
        day = spot.value(key)
        if day and day > found.as_of:
            problem = _("This is after the day of the file, %(as_of)s.") % {"as_of": found.as_of}
            mend = _("Give an earlier day, or correct as_of.")
            found.fault(spot, key, day, problem, mend)


def once(found: Lookups, spots: Iterable[RecordPlace], key: str) -> None:
    """No two of the records have the same id."""
    seen = set()
    for spot in spots:
        value = spot.value(key)
        if value in seen:
            problem = _("Another record before this one has it already.")
            mend = _("Give each its own, and correct what refers to it.")
            found.fault(spot, key, value, problem, mend)
        elif value is not None:
            seen.add(value)


def rising(found: Lookups, spots: Iterable[RecordPlace], key: str) -> None:
    """Each record's value is higher than that of the one before."""
    last = None
    for spot in spots:
        value = spot.value(key)
        if value is not None and last is not None and value <= last:
            problem = _("This does not come after %(last)s, which stands before it.")
            mend = _("Put the records in order, the earliest first, and give each its own.")
            found.fault(spot, key, value, problem % {"last": last}, mend)
        last = value if last is None else max(last, value or last)
