"""A text in its sentences, so that one of them can be marked."""

import hashlib
import re

ENDS = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+|(?<=[。！？])|\n+")


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order.

    >>> sentences("It worked. Who knew?")
    ['It worked.', 'Who knew?']
    """
    return [part.strip() for part in ENDS.split(text) if part.strip()]


def mark_of(sentence: str) -> str:
    """What stands for a sentence without a word of it."""
    return hashlib.sha256(sentence.encode()).hexdigest()
