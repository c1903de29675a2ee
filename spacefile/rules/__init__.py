"""What must hold between the records of a space file, one module for each kind of record."""

from spacefile.document import SpaceFile
from spacefile.faults import Faults
from spacefile.rules import (
    consents,
    flows,
    framing,
    indicators,
    observations,
    people,
    steps,
    stories,
)
from spacefile.rules.index import open_book


def check(document: SpaceFile, faults: Faults) -> None:
    """Note everything in the file that contradicts the domain or itself, in the file's order."""
    book = open_book(document, faults)
    people.check(book)
    framing.check(book)
    for indicator in document.indicators:
        indicators.check(book, indicator)
        observations.check(book, indicator)
    indicators.check_ids(book)
    stories.check_ids(book)
    for story in document.stories:
        stories.check(book, story)
        consents.check(book, story)
        steps.check(book, story)
    flows.check(book)
