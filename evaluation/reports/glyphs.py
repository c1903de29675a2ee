"""Which characters the typefaces at hand can print; what they cannot becomes a plain box.

A tagged PDF may hold no missing glyph, and people write in every script there is. The bundled
files cover Latin, Greek, Cyrillic, Vietnamese, Arabic and Hebrew; what the machine has installed
is used for the rest. DejaVu Sans is for the drawings: letters made of several glyphs, or from two
typefaces in one word, cannot be set in a drawing of a tagged PDF, and it holds all of them whole.
"""

import functools
import unicodedata
from pathlib import Path

import typst

from learningspaces.lib.typefaces import FONTS, bundled, characters

BOX = "\N{WHITE SQUARE}"
NEVER = {"\ufeff", "\ufffe", "\uffff", "\0"}  # a tagged PDF may not hold these at all
TURNING = set("\u202a\u202b\u202c\u202d\u202e")  # would turn the words around them, too
INVISIBLE = {"Cf", "Zs", "Zl", "Zp", "Mn", "Me"}


@functools.cache
def fonts(*, bundled_only: bool = False) -> typst.Fonts:
    """The bundled typefaces first, then the machine's own."""
    return typst.Fonts(
        include_system_fonts=not bundled_only,
        include_embedded_fonts=False,
        font_paths=[str(FONTS)],
    )


class Printer:
    """Makes text printable and remembers whether anything had to be replaced."""

    def __init__(self, *, bundled_only: bool = False) -> None:
        self.known = bundled() if bundled_only else None
        self.replaced = False

    def text(self, text: str) -> str:
        """The text without control characters, and with a box for what no typeface holds."""
        if text.isascii() and text.isprintable():
            return text
        return "".join(map(self._char, text))

    def value(self, data: object) -> object:
        """Lists and dictionaries of texts, made printable throughout."""
        if isinstance(data, str):
            return self.text(data)
        if isinstance(data, dict):
            return {key: self.value(item) for key, item in data.items()}
        if isinstance(data, list | tuple):
            return [self.value(item) for item in data]
        return data

    def _char(self, char: str) -> str:
        code = ord(char)
        if char in NEVER or char in TURNING:
            return ""
        if code in bundled() or char in "\n\t":
            return char
        kind = unicodedata.category(char)
        if kind == "Cc":
            return ""
        if self.known is None and (kind in INVISIBLE or code in installed()):
            return char
        self.replaced = True
        return BOX


@functools.cache
def installed() -> frozenset[int]:
    """The characters that any typeface on this machine holds; read once, when first needed."""
    found: set[int] = set(bundled())
    for font in fonts().fonts():
        if font.path and FONTS not in Path(font.path).parents:
            found.update(characters(Path(font.path), font.index))
    return frozenset(found)
