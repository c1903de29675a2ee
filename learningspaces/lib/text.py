"""Checks on typed text that every form shares."""

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

MAX_TEXT = 20_000
_ALLOWED_CONTROLS = {"\n", "\t", "\r"}


def plain_text(value: str) -> None:
    """A validator: refuses control characters and says which one stands where."""
    for place, char in enumerate(value, start=1):
        if unicodedata.category(char) in ("Cc", "Cs") and char not in _ALLOWED_CONTROLS:
            raise ValidationError(
                _(
                    "The character at place %(place)d (U+%(code)04X) cannot be stored. "
                    "Delete it and send again."
                )
                % {"place": place, "code": ord(char)},
                code="control_character",
            )


def in_words(names: Iterable[object]) -> str:
    """Several names as a sentence lists them: Ana, Bo and Cem."""
    return get_text_list([str(name) for name in names], _("and"))


def labelled(label: object, words: object) -> str:
    """Words with their kind before them: "Applied: We tried the checklist"."""
    return _("%(label)s: %(words)s") % {"label": label, "words": words}


def initials(name: str) -> str:
    """Up to two letters that stand for a name."""
    words = re.findall(r"\w+", name)
    return "".join(
        word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    ).upper()
