"""Rules for stories as a whole."""

from django.utils.translation import gettext as _

from spacefile.names import FRAMING
from spacefile.rules.common import has_come, known_person, not_before, once
from spacefile.rules.index import Book
from spacefile.told import ThirdPartyEntry


def check_ids(book: Book) -> None:
    """Each story and each step can be told from every other by name."""
    stories = book.document.stories
    once(book, stories, "id")
    for story in stories:
        if story.id and f"{story.id}-".upper() == FRAMING:
            problem = _("This word stands for framing versions.")
            book.fault(story, "id", story.id, problem, _("Choose another id, as in S1."))


def check(book: Book, story) -> None:
    """Who told it to whom, when, under which framing, and who else is in it."""
    known_person(book, story, "teller", story.teller)
    known_person(book, story, "collector", story.collector)
    if story.teller and story.teller == story.collector:
        book.fault(
            story,
            "collector",
            story.collector,
            _("Teller and collector are the same person."),
            _("Name somebody else, or delete collector if the teller wrote it."),
        )
    has_come(book, story, "told_on", story.told_on)
    has_come(book, story, "followed_up_on", story.followed_up_on)
    not_before(
        book,
        story,
        "followed_up_on",
        story.followed_up_on,
        story.told_on,
        _("the day the story was told"),
    )
    check_framing(book, story)
    if not isinstance(story.third_parties, str):
        for other in story.third_parties:
            check_third_party(book, story, other)


def check_framing(book: Book, story) -> None:
    """A story is told under a framing version that was agreed by then."""
    if story.framing_version is None:
        return
    version = book.framings.get(story.framing_version)
    if version is None:
        book.fault(
            story,
            "framing_version",
            story.framing_version,
            _("The framing has no version with this number."),
            _("Write the number of a version, or leave it out."),
        )
    elif version.agreed_on and story.told_on and version.agreed_on > story.told_on:
        book.fault(
            story,
            "framing_version",
            story.framing_version,
            _("This version was agreed on %(day)s, after the story was told.")
            % {"day": version.agreed_on},
            _("Write the number of an earlier version, or correct told_on."),
        )


def check_third_party(book: Book, story, other: ThirdPartyEntry) -> None:
    """Somebody who agreed to be named is known, and so are the steps."""
    known_person(book, other, "person", other.person)
    has_come(book, other, "agreed_on", other.agreed_on)
    names = {step.n for step in story.steps} | {step.name_in(story) for step in story.steps}
    for number, step in enumerate(other.steps, start=1):
        if step not in names:
            book.fault(
                other,
                f"steps, {number}",
                step,
                _("The story has no such step."),
                _("Write the number of one of its steps, or leave it out."),
            )
