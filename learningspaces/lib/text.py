"""Checks on typed text that every form shares."""

import re
import unicodedata

from django.core.exceptions import ValidationError
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


def initials(name: str) -> str:
    """Up to two letters that stand for a name."""
    words = re.findall(r"\w+", name)
    return "".join(
        word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    ).upper()
