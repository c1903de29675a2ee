"""Rules for the steps of stories: who, when, where."""

import re

from django.utils.translation import gettext as _

from spacefile import words
from spacefile.names import FRAMING
from spacefile.periods import first_day
from spacefile.rules.common import has_come, rising
from spacefile.rules.index import Book, Told

KIND_OF_PEOPLE = re.compile(r"[^\W\d_]+([ _-][^\W\d_]+)*")


def check(book: Book, story) -> None:
    """Each step of one story."""
    rising(book, story.steps, "n")
    withdrawn = any(act.withdrawn_on for act in story.acts)
    for step in story.steps:
        own_name(book, story, step)
        if not step.text.strip() and not withdrawn:
            book.fault(step, "text", None, _("This is empty."), _("Say in words what happened."))
        check_people(book, step)
        check_place(book, step)
        check_subtype(book, step)
        if step.status == "hoped":
            check_hope(book, step)
        else:
            check_actual(book, story, step)
        for number, sign in enumerate(step.indicators, start=1):
            if sign not in book.indicators:
                problem = _("No indicator has this id.")
                mend = _("Write the id of an indicator, or leave it out.")
                book.fault(step, f"indicators, {number}", sign, problem, mend)


def own_name(book: Book, story, step) -> None:
    """A step's name is its own and does not look like a framing version."""
    name = step.name_in(story)
    field = "id" if step.id else "n"
    first = book.moments.get(name)
    if name.startswith(FRAMING):
        mend = _("Choose another id, as in S1.4.")
        book.fault(step, "id", name, _("This word stands for framing versions."), mend)
    elif first and first.step is not step and not told_already(first, story, step):
        book.fault(
            step,
            field,
            name,
            _("Another step, of story %(story)s, has this name.") % {"story": first.story.id},
            _("Give each its own, and correct the flows that refer to it."),
        )


def told_already(first: Told, story, step) -> bool:
    """True if two steps share a name because of a story's id or a number noted elsewhere."""
    return not first.step.id and not step.id and first.story.id == story.id


def check_people(book: Book, step) -> None:
    """The agent is somebody of the file or a group; it may be for a kind of people, too."""
    if step.agent and step.agent not in words.GROUPS and step.agent not in book.people:
        book.fault(
            step,
            "agent",
            step.agent,
            _("Nobody with this id is in the file."),
            _("Write the id of a person, group or other_group, or add the person."),
        )
    whom = step.for_whom
    kind = whom and KIND_OF_PEOPLE.fullmatch(whom) and whom == whom.lower()
    if whom and whom not in book.people and not kind:
        book.fault(
            step,
            "for",
            whom,
            _("Nobody with this id is in the file, and it is not a word in small letters."),
            _("Write the id of a person, group, other_group, or a word such as patients."),
        )


def check_place(book: Book, step) -> None:
    """Another space is named when it happened there, and only then."""
    if step.loc is None:
        return
    if step.loc == "other_space" and not step.other_space:
        problem = _("A step in another space needs to say in which.")
        mend = _("Add other_space with the slug of one of other_spaces.")
        book.fault(step, "other_space", None, problem, mend)
    elif step.loc != "other_space" and step.other_space:
        problem = _("This step is not in another space: loc is %(loc)s.") % {"loc": step.loc}
        mend = _("Delete other_space, or write loc: other_space.")
        book.fault(step, "other_space", step.other_space, problem, mend)
    elif step.other_space and step.other_space not in book.other_spaces:
        problem = _("This space is not among other_spaces.")
        mend = _("Add it under other_spaces, or correct the slug.")
        book.fault(step, "other_space", step.other_space, problem, mend)


def check_subtype(book: Book, step) -> None:
    """The finer kinds of potential value are a closed list."""
    if step.cycle == "potential" and step.subtype not in (None, *words.POTENTIAL_SUBTYPES):
        choices = ", ".join(words.POTENTIAL_SUBTYPES)
        mend = _("Write one of: %(words)s.") % {"words": choices}
        problem = _("Potential value has no such subtype.")
        book.fault(step, "subtype", step.subtype, problem, mend)


def check_hope(book: Book, step) -> None:
    """A hope has a day by which it is hoped for and no day on which it happened."""
    if not step.due:
        problem = _("A hope needs a day by which it is hoped for.")
        mend = _("Add due, as in due: 2026-01-15, or write status: actual and a date.")
        book.fault(step, "due", None, problem, mend)
    if step.date:
        problem = _("A hope has not happened and has no date.")
        book.fault(step, "date", step.date, problem, _("Write it as due, or write status: actual."))
    if step.was_hoped:
        problem = _("It is hoped still.")
        book.fault(
            step, "was_hoped", True, problem, _("Delete was_hoped, or write status: actual.")
        )


def check_actual(book: Book, story, step) -> None:
    """What happened has a day: in its period, after its agent joined, told when it was told."""
    if step.due:
        problem = _("Only a hope has a day by which it is hoped for.")
        book.fault(step, "due", step.due, problem, _("Delete due, or write status: hoped."))
    if not step.date:
        problem = _("What happened needs a date.")
        mend = _("Add date, as in date: 2025-02-11, or write status: hoped and due.")
        book.fault(step, "date", None, problem, mend)
        return
    begins = first_day(step.date, step.date_precision)
    if begins != step.date:
        problem = _("A date known to the %(period)s is the first day of the %(period)s.")
        problem %= {"period": step.date_precision}
        mend = _("Write %(day)s, or date_precision: day.") % {"day": begins}
        book.fault(step, "date", step.date, problem, mend)
        return
    has_come(book, step, "date", step.date)
    after_joining(book, step)
    told_in_time(book, story, step)


def after_joining(book: Book, step) -> None:
    """Nobody does anything in a space before joining it."""
    joined = book.joined.get(step.agent)
    if joined and step.known_by < joined:
        book.fault(
            step,
            "date",
            step.date,
            _("%(person)s joined later, on %(day)s.") % {"person": step.agent, "day": joined},
            _("Give a later date, another agent, or correct the day of joining."),
        )


def told_in_time(book: Book, story, step) -> None:
    """A story tells what had happened when it was told or followed up."""
    told = story.followed_up_on or story.told_on
    if told and told < step.date <= book.as_of:
        book.fault(
            step,
            "date",
            step.date,
            _("This is after the story was told or followed up, on %(day)s.") % {"day": told},
            _("Give an earlier date, or say with followed_up_on when it was told."),
        )
