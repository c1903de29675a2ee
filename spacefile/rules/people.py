"""Rules for the space, its neighbours and its people."""

from django.utils.translation import gettext as _

from spacefile.rules.common import has_come, known_person, once
from spacefile.rules.index import Book


def check(book: Book) -> None:
    """Ids used once, neighbours that are neighbours, levels in order."""
    document = book.document
    once(book, (*document.participants, *document.outside), "id")
    once(book, document.other_spaces, "slug")
    for other in document.other_spaces:
        check_neighbour(book, other)
    for person in document.participants:
        has_come(book, person, "joined", person.joined)
        check_levels(book, person)


def check_neighbour(book: Book, other) -> None:
    """Another space is not this one, and is reached through people of this one."""
    if book.document.space and other.slug and other.slug == book.document.space.slug:
        book.fault(
            other,
            "slug",
            other.slug,
            _("This is the space of the file itself."),
            _("Name another space, or delete the record."),
        )
    for number, person in enumerate(other.link_via, start=1):
        known_person(book, other, f"link_via, {number}", person)


def check_levels(book: Book, person) -> None:
    """The levels of one person are dated one after the other."""
    last = None
    for number, (day, level) in enumerate(person.levels, start=1):
        if last and day <= last:
            book.fault(
                person,
                f"levels, {number}",
                [day, level],
                _("This does not come after %(last)s, which stands before it.") % {"last": last},
                _("Put the levels in order, the earliest first, one a day."),
            )
        last = max(day, last) if last else day
