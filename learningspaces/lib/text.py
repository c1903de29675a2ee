"""What every typed text goes through: mended on its way in, then checked."""

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

MAX_TEXT = 20_000
_ALLOWED_CONTROLS = {"\n", "\t", "\r"}
# What other programs end a line with, where a browser, a file and a database know one sign for it.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# A joiner is part of a word in scripts whose letters join, and of a picture made of several.
_JOINED = (
    "[\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\uabff\ufb50-\ufdff\ufe70-\ufefe"
    "\U00010a00-\U00011fff\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff]"
)
# A blank of no width says where a line may break in scripts that put none between words.
_UNDIVIDED = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"  # of a region, spelled in invisible letters
_INVISIBLE = re.compile(
    f"({_FLAG})|(?<!{_JOINED})[\u200c\u200d]|(?<!{_UNDIVIDED})\u200b"
    "|[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u180e\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_HALF = re.compile("[\ud800-\udfff]")  # of a character: what is left of one that was cut


def with_line_feeds(text: str) -> str:
    """The text with one sign at the end of each line, whatever program it comes from."""
    return _LINE_ENDS.sub("\n", text)


def mended(text: str) -> str:
    """The text as it is stored: line feeds, composed letters, nothing that nobody can see.

    >>> mended("Cafe\u0301\r\nAn\u200ba")
    'Café\\nAna'
    """
    if text.isascii() and text.isprintable():
        return text
    whole = _HALF.sub("\N{REPLACEMENT CHARACTER}", with_line_feeds(text))
    seen = _INVISIBLE.sub(lambda found: found[1] or "", whole)
    return unicodedata.normalize("NFC", seen)


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
