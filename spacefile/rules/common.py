"""Rules that records of every kind share: known people, days that have come, ids used once."""

from django.utils.translation import gettext as _

from spacefile.rules.index import Book


def known_person(book: Book, entry, name: str, person: str | None) -> None:
    """A person named somewhere is in the file."""
    if person and person not in book.people:
        book.fault(
            entry,
            name,
            person,
            _("Nobody with this id is in the file."),
            _("Add the person under participants or outside, or correct the id."),
        )


def has_come(book: Book, entry, name: str, day) -> None:
    """A day on which something was done is not after the day of the file."""
    if day and day > book.as_of:
        book.fault(
            entry,
            name,
            day,
            _("This is after the day of the file, %(as_of)s.") % {"as_of": book.as_of},
            _("Give an earlier day, or correct as_of."),
        )


def not_before(book: Book, entry, name: str, day, first, what: str) -> None:
    """A day is not earlier than another; `what` says which day the other one is."""
    if day and first and day < first:
        book.fault(
            entry,
            name,
            day,
            _("This is before %(day)s, %(what)s.") % {"day": first, "what": what},
            _("Give %(day)s or a later day, or correct the other day.") % {"day": first},
        )


def once(book: Book, entries, name: str, attribute: str = "") -> None:
    """No two of the records have the same id."""
    seen = set()
    for entry in entries:
        value = getattr(entry, attribute or name)
        if value in seen:
            book.fault(
                entry,
                name,
                value,
                _("Another record before this one has it already."),
                _("Give each its own, and correct what refers to it."),
            )
        elif value is not None:
            seen.add(value)


def rising(book: Book, entries, name: str, *, or_same: bool = False) -> None:
    """Each record's value is higher than that of the one before, or at least as high."""
    last = None
    for entry in entries:
        value = getattr(entry, name)
        if value is None:
            continue
        if last is not None and (value < last or (value == last and not or_same)):
            book.fault(
                entry,
                name,
                value,
                _("This does not come after %(last)s, which stands before it.") % {"last": last},
                _("Put the records in order, the earliest first, and give each its own."),
            )
        last = value if last is None else max(last, value)
