"""Moving a space file in time: all its dates by whole quarters of 13 weeks, periods with them."""

from datetime import date

from spacefile.document import SpaceFile
from spacefile.entries import shifted_entry
from spacefile.periods import quarters_between


def shift(document: SpaceFile, today: date) -> SpaceFile:
    """The same space with its last day at most a quarter before `today`; words stay as they are."""
    return shifted_entry(document, quarters_between(document.as_of, today))
