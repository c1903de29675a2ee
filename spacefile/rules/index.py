"""What the rules look up: who and what a space file names, by id."""

from dataclasses import dataclass, field
from datetime import date

from spacefile.document import SpaceFile
from spacefile.faults import Faults
from spacefile.framed import FramingEntry
from spacefile.told import StepEntry, StoryEntry


@dataclass(frozen=True)
class Told:
    """A step with its story and its name."""

    name: str
    story: StoryEntry
    step: StepEntry


@dataclass
class Book:
    """The file under examination, its faults, and everything in it by id."""

    document: SpaceFile
    faults: Faults
    people: set[str] = field(default_factory=set)
    joined: dict[str, date] = field(default_factory=dict)
    other_spaces: set[str] = field(default_factory=set)
    framings: dict[int, FramingEntry] = field(default_factory=dict)
    aspirations: dict[str, str | None] = field(default_factory=dict)
    indicators: set[str] = field(default_factory=set)
    moments: dict[str, Told] = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        """The day of the file; one without it is examined as if it had no end."""
        return self.document.as_of or date.max

    def fault(self, entry, name: str, value, problem: str, mend: str) -> None:
        """Note that a rule is broken by a field of a record."""
        self.faults.add_rule(entry.place, name, value, problem, mend)


def open_book(document: SpaceFile, faults: Faults) -> Book:
    """The file with an index to it; of two records with one id the first counts."""
    book = Book(document, faults)
    people = (*document.participants, *document.outside)
    book.people = {person.id for person in people if person.id}
    for person in reversed(document.participants):
        if person.id and person.joined:
            book.joined[person.id] = person.joined
    book.other_spaces = {other.slug for other in document.other_spaces if other.slug}
    book.indicators = {sign.id for sign in document.indicators if sign.id}
    for version in document.framing:
        if version.number is not None:
            book.framings.setdefault(version.number, version)
        for hope in (*version.aspirations, *version.aspirations_added):
            book.aspirations.setdefault(hope.lineage, hope.cycle)
    for story in document.stories:
        for step in story.steps:
            name = step.name_in(story)
            book.moments.setdefault(name, Told(name, story, step))
    return book
