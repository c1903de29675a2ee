"""The bundled typefaces: which characters they hold, and how wide each is.

They cover Latin, Greek, Cyrillic, Vietnamese, Arabic and Hebrew. A drawing is laid out by their
widths wherever it is shown: the page, the PDF and the picture file use the same families.
"""

import unicodedata
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

FONTS = Path(__file__).parent / "fonts"
OF_DRAWINGS = ("NotoSansArabic-Regular", "NotoSansHebrew-Regular", "DejaVuSans")
SQUARE = 1.0  # the width, in sizes, of what stands in no bundled typeface and is written wide
OTHER = 0.65
SPARE = 1.02  # browsers round
SPARE_BOLD = 1.05  # the heaviest weight on pages is heavier than the semibold at hand


def characters(path: Path, number: int = -1) -> frozenset[int]:
    """The characters one font file holds; `number` tells the font within a collection."""
    try:
        with TTFont(BytesIO(path.read_bytes()), fontNumber=number, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except TTLibError:  # a machine may have files that are no typefaces
        return frozenset()


@cache
def bundled() -> frozenset[int]:
    """The characters that the bundled typefaces hold."""
    return frozenset().union(*(characters(path) for path in sorted(FONTS.glob("*.ttf"))))


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """How wide a line in a drawing is, with a little to spare."""
    advances = _advances(bold=bold)
    wide = sum(advances[char] if char in advances else _unknown(char) for char in words)
    return wide * size * (SPARE_BOLD if bold else SPARE)


@cache
def _advances(*, bold: bool) -> dict[str, float]:
    """The width of each character in sizes, from the first typeface that holds it."""
    first = "SourceSans3-Semibold" if bold else "SourceSans3-Regular"
    known: dict[str, float] = {}
    for name in (first, *OF_DRAWINGS):
        with TTFont(FONTS / f"{name}.ttf", lazy=True) as font:
            units, widths = font["head"].unitsPerEm, font["hmtx"]
            for code, glyph in font.getBestCmap().items():
                known.setdefault(chr(code), _drawn(chr(code), widths[glyph][0] / units))
    return known


def _drawn(char: str, width: float) -> float:
    """A mark upon another letter, or one that only steers the text, takes no room."""
    return 0.0 if unicodedata.category(char) in ("Cf", "Mn", "Me") else width


def _unknown(char: str) -> float:
    if unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0.0
    return SQUARE if unicodedata.east_asian_width(char) in "WF" else OTHER
