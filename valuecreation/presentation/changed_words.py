"""Which words of a text were changed for a reader, to be underlined in a preview."""

import difflib
import re
from typing import NamedTuple


class Part(NamedTuple):
    """Some words of a text, as they were told or changed."""

    text: str
    changed: bool


def changed_parts(told: str, shown: str) -> tuple[Part, ...]:
    """The text that is shown, in parts; what does not stand so in what was told is changed."""
    before, after = re.findall(r"\s+|\w+|[^\w\s]", told), re.findall(r"\s+|\w+|[^\w\s]", shown)
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    found: list[Part] = []
    for kind, _from, _to, start, end in steps:
        text = "".join(after[start:end])
        if text:
            found.append(Part(text, kind != "equal"))
    return tuple(found)
