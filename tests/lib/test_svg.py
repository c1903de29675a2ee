import pytest
from hypothesis import given
from hypothesis import strategies as st

from learningspaces.lib import svg
from learningspaces.lib.typefaces import text_width
from tests.drawn import each, read

HOSTILE = "</text><script>alert('x')</script> & \"q\" \x00\x0b\ud800 ]]>"


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def over_white(colour, opacity):
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(part * opacity + 255 * (1 - opacity)):02x}" for part in parts)


@pytest.mark.parametrize("cycle", svg.TONES)
def test_tones_can_be_seen_and_read(cycle):
    tone = svg.TONES[cycle]
    assert contrast(tone.text, tone.tint) >= 4.5
    assert contrast(tone.text, svg.SURFACE) >= 4.5
    assert contrast(svg.SURFACE, tone.solid) >= 4.5
    assert contrast(tone.hue, svg.SURFACE) >= 3
    assert contrast(tone.hue, svg.mixed(tone.tint, svg.SURFACE)) >= 3
    assert contrast(over_white(tone.hue, 0.9), svg.SURFACE) >= 3


def test_tag_escapes_what_people_wrote():
    root = read(svg.tag("text", HOSTILE, aria_label=HOSTILE))
    assert root.tag == "text"
    assert list(root) == []
    assert root.text == "</text><script>alert('x')</script> & \"q\"  ]]>"
    assert root.get("aria-label") == root.text


@given(st.text())
def test_tag_is_well_formed_whatever_is_written(words):
    read(svg.tag("g", svg.tag("title", words), id=svg.safe_id(words), data_said=words))


@pytest.mark.parametrize("name", ["style", "onclick", "onLoad", "a b", "x='1'", ""])
def test_tag_refuses_attributes_that_a_drawing_never_has(name):
    with pytest.raises(ValueError):
        svg.tag("g", **{name: "1"})


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", " javascript:x"])
def test_tag_leads_to_no_script(address):
    with pytest.raises(ValueError):
        svg.tag("a", href=address)
    assert 'href="/stories/1/"' in svg.tag("a", href="/stories/1/")


@pytest.mark.parametrize(
    ("value", "written"),
    [(1.0, "1"), (-0.001, "0"), (0.126, "0.13"), (10, "10"), (100.50, "100.5")],
)
def test_num_is_short_and_never_minus_zero(value, written):
    assert svg.num(value) == written


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_num_refuses_what_is_no_place(value):
    with pytest.raises(ValueError):
        svg.num(value)


def test_drawing_has_a_name_and_a_ground_of_its_own():
    root = read(svg.drawing(100, 50, prefix="p q", title="A & B", desc="C"))
    named = root.get("aria-labelledby").split()
    assert [element.get("id") for element in list(root)[:2]] == named == ["p-q-title", "p-q-desc"]
    assert root.get("role") == "img"
    assert root.get("direction") == "ltr"
    assert each(root, "rect")[0].get("fill") == "#ffffff"
    assert (root.get("width"), root.get("height")) == (None, None)


def test_static_drawing_has_a_size():
    root = read(svg.drawing(100, 50, prefix="p", title="A", static=True))
    assert (root.get("width"), root.get("height")) == ("100", "50")


@given(st.text(), st.integers(20, 300))
def test_shorten_keeps_within_the_width(words, width):
    assert text_width(svg.shorten(words, 13, width), 13) <= width


@given(st.text(), st.integers(20, 300))
def test_wrap_keeps_every_row_within_the_width(words, width):
    rows = svg.wrap(words, 13, width)
    assert len(rows) <= 2
    assert all(text_width(row, 13) <= width for row in rows)


def test_masthead_lines_belong_to_the_space():
    first, again, other = map(svg.masthead_lines, ("circle", "circle", "valley"))
    assert first == again != other
    assert len(each(read(first), "path")) == 16
    assert read(first).get("aria-hidden") == "true"


def test_to_png_is_a_picture_twice_as_large_and_the_same_each_time():
    drawing = svg.drawing(100, 50, svg.text(5, 20, "Grüße"), prefix="p", title="A", static=True)
    picture = svg.to_png(drawing, 2)
    assert picture == svg.to_png(drawing, 2)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(picture[16:20], "big") == 200
