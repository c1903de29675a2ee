"""Widths of words as they are drawn, read from the bundled typefaces."""

import json

import pytest
import typst

from learningspaces.lib.typefaces import FONTS, bundled, characters, text_width

SIZE = 40


def set_width(words: str, weight: int) -> float:
    """How wide typst sets a line in the bundled typefaces, with their kerning."""
    setting = f'size: {SIZE}pt, weight: {weight}, font: ("Source Sans 3", "DejaVu Sans")'
    source = f"#context [#metadata(measure(text({setting}, sys.inputs.words)).width.pt()) <wide>]"
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    found = typst.query(source.encode(), "<wide>", font_paths=fonts, sys_inputs={"words": words})
    return json.loads(found)[0]["value"]


@pytest.mark.parametrize("weight", [400, 600])
@pytest.mark.parametrize(
    "words", ["207 moments in 58 stories", "illicit filling", "MMWW@%", "Größe", "Привет мир"]
)
def test_width_is_that_of_the_letters_drawn(words, weight):
    real = set_width(words, weight)
    assert real <= text_width(words, SIZE, bold=weight > 400) <= real * 1.08


def test_marks_take_no_room_and_wide_letters_a_square():
    assert text_width("e\u0301", SIZE) == text_width("e", SIZE)
    assert text_width("\u200b", SIZE) == 0
    assert text_width("漢字", SIZE) > 1.9 * SIZE


def test_bundled_typefaces_hold_the_scripts_of_the_languages():
    for char in "aäçñéơЖΩاשּ–“":
        assert ord(char) in bundled()


def test_a_file_that_is_no_typeface_holds_nothing(tmp_path):
    path = tmp_path / "broken.ttf"
    path.write_bytes(b"not a typeface at all")
    assert characters(path) == frozenset()
