"""The typefaces of the pages: as light as they can be with everything that pages ask for."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

STATIC = Path(__file__).resolve().parent.parent / "static"
FONTS = sorted((STATIC / "fonts").glob("*.woff2"))
FACE = re.compile(r"url\(\.\./fonts/([^)]+)\).*?unicode-range:\s*([^;]+);", re.S)
ALL_THREE = 90_000


def ranges():
    """For each file the code points that a style sheet says it is for."""
    for name, said in FACE.findall((STATIC / "css/fonts.css").read_text()):
        points = set()
        for part in re.sub(r"U\+|\s", "", said).split(","):
            first, _dash, last = part.partition("-")
            points |= set(range(int(first, 16), int(last or first, 16) + 1))
        yield STATIC / "fonts" / name, points


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_a_typeface_has_the_weights_of_the_styles_and_one_size(path):
    axes = {axis.axisTag: (axis.minValue, axis.maxValue) for axis in TTFont(path)["fvar"].axes}

    assert axes == {"wght": (400, 600)}


def test_a_typeface_is_asked_only_for_letters_it_has_most_of():
    """Letters outside of these ranges are drawn with the reader's own typeface."""
    for path, points in ranges():
        held = points & set(TTFont(path).getBestCmap())
        letters = {point for point in held if chr(point).isalpha()}
        assert len(letters) > 50, path.name


def test_a_page_in_a_western_language_needs_three_light_typefaces():
    latin = [path for path in FONTS if re.search("-latin-wght-", path.name)]

    assert len(latin) == 3
    assert sum(path.stat().st_size for path in latin) < ALL_THREE
