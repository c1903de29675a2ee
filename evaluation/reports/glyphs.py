"""Which characters the typefaces at hand can print; what they cannot becomes a plain box.

A tagged PDF may hold no missing glyph, and people write in every script there is. The bundled
files cover Latin, Greek, Cyrillic, Vietnamese, Arabic and Hebrew; what the machine has installed
is used for the rest. DejaVu Sans is for the drawings: letters made of several glyphs, or from two
typefaces in one word, cannot be set in a drawing of a tagged PDF, and it holds all of them whole.
"""

import functools
import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import typst

FONTS = Path(__file__).parent / "fonts"
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
def bundled() -> frozenset[int]:
    """The characters that the typefaces in this folder hold."""
    found: set[int] = set()
    for path in sorted(FONTS.glob("*.ttf")):
        found.update(_characters(path, 0))
    return frozenset(found)


@functools.cache
def installed() -> frozenset[int]:
    """The characters that any typeface on this machine holds; read once, when first needed."""
    found: set[int] = set(bundled())
    for font in fonts().fonts():
        if font.path and FONTS not in Path(font.path).parents:
            found.update(_characters(Path(font.path), font.index))
    return frozenset(found)


def _characters(path: Path, index: int) -> Iterator[int]:
    """The character map of one font file (OpenType table cmap, formats 4 and 12)."""
    data = path.read_bytes()
    start = 0
    if data[:4] == b"ttcf":
        start = struct.unpack_from(">I", data, 12 + 4 * index)[0]
    for number in range(struct.unpack_from(">H", data, start + 4)[0]):
        tag, _check, offset, _length = struct.unpack_from(">4sIII", data, start + 12 + 16 * number)
        if tag == b"cmap":
            for table in range(struct.unpack_from(">H", data, offset + 2)[0]):
                place = offset + struct.unpack_from(">I", data, offset + 8 + 8 * table)[0]
                yield from _subtable(data, place)


def _subtable(data: bytes, place: int) -> Iterator[int]:
    kind = struct.unpack_from(">H", data, place)[0]
    if kind == 4:
        half = struct.unpack_from(">H", data, place + 6)[0] // 2
        ends = struct.unpack_from(f">{half}H", data, place + 14)
        starts = struct.unpack_from(f">{half}H", data, place + 16 + 2 * half)
        for first, last in zip(starts, ends, strict=True):
            yield from range(first, min(last, 0xFFFE) + 1)
    elif kind == 12:
        for group in range(struct.unpack_from(">I", data, place + 12)[0]):
            first, last = struct.unpack_from(">II", data, place + 16 + 12 * group)
            yield from range(first, last + 1)
