"""Rules for acts of consent."""

from django.utils.translation import gettext as _

from spacefile.rules.common import known_person, not_before
from spacefile.rules.index import Book


def check(book: Book, story) -> None:
    """The acts of one story, oldest first."""
    if story.consent and story.consents:
        book.fault(
            story,
            "consents",
            None,
            _("The story has both consent and consents."),
            _("Write all acts under consents, the oldest first, and delete consent."),
        )
    last = None
    for act in (*((story.consent,) if story.consent else ()), *story.consents):
        given = act.given_on or story.told_on
        check_act(book, act, given)
        not_before(book, act, "given_on", given, last, _("the day of the act before it"))
        last = given if last is None or (given and given > last) else last


def check_act(book: Book, act, given) -> None:
    """One act: to whom, for how long."""
    known_person(book, act, "given_by", act.given_by)
    for number, person in enumerate(act.people, start=1):
        known_person(book, act, f"people, {number}", person)
    if "named_people" in act.audience and not act.people:
        book.fault(
            act,
            "people",
            None,
            _("The audience named_people needs to know who they are."),
            _("Add people: with their ids, as in [X1, P03]."),
        )
    if act.people and act.audience and "named_people" not in act.audience:
        book.fault(
            act,
            "people",
            act.people,
            _("People are listed, but named_people is not in the audience."),
            _("Add named_people to the audience, or delete people."),
        )
    day = _("the day the consent was given")
    not_before(book, act, "expires_on", act.expires_on, given, day)
    not_before(book, act, "withdrawn_on", act.withdrawn_on, given, day)
