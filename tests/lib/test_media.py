import io

import pytest
from PIL import Image

from learningspaces.lib import media
from tests.brought import picture, recording, written


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (picture("JPEG"), "a.jpg", "picture"),
        (picture("PNG"), "without-an-ending", "picture"),
        (picture("GIF"), "a.pdf", "picture"),
        (picture("WEBP"), "a.webp", "picture"),
        (recording(), "a.wav", "sound"),
        (b"OggS\0\2" + b"\0" * 22 + b"\x01\x13OpusHead" + b"\0" * 100, "a.ogg", "sound"),
        (b"\0\0\0\x20ftypiso5\0\0\0\0iso5iso6mp41" + b"\0" * 99, "recording.mp4", "sound"),
        (written("word/document.xml"), "Notes.DOCX", "document"),
        (b"%PDF-1.7\n%%EOF", "a.pdf", "document"),
        ("Größe, 大きさ\n".encode(), "a.txt", "document"),
    ],
)
def test_file_is_told_by_its_content(content, name, kind):
    assert media.media_of(content, name).kind == kind


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<!doctype html><script>alert(1)</script>", "a.jpg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a.png"),
        (b"MZ" + b"\0" * 100, "a.pdf"),
        (written("x/y"), "a.zip"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100, "a.jpg"),
        (b"\0\1\2\3 nothing known", "a.txt"),
    ],
)
def test_other_files_are_refused_in_words(content, name):
    with pytest.raises(media.NotTaken, match=r"Save it as"):
        media.media_of(content, name)


def test_picture_drawn_anew_says_nothing_of_place_day_or_camera():
    taken = picture("JPEG", place=True)
    assert Image.open(io.BytesIO(taken)).getexif()
    drawn, content_type = media.drawn_anew(taken)
    clean = Image.open(io.BytesIO(drawn))
    assert content_type == "image/jpeg"
    assert not clean.getexif()
    assert b"Exif" not in drawn
    assert b"Larch Close" not in drawn


def test_picture_stands_as_it_was_held_and_is_no_larger_than_needed():
    wide = picture("JPEG", size=(3000, 1000), turned=True)
    drawn, _type = media.drawn_anew(wide)
    assert Image.open(io.BytesIO(drawn)).size == (800, 2400)


@pytest.mark.parametrize(
    "content", [picture("JPEG")[:300], picture("PNG")[:40], b"\x89PNG\r\n\x1a\n"]
)
def test_broken_picture_is_refused_in_words(content):
    with pytest.raises(media.NotTaken, match="Save it anew"):
        media.drawn_anew(content)


def test_picture_that_would_fill_the_memory_is_not_unpacked():
    bomb = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(bomb, "PNG")
    with pytest.raises(media.NotTaken, match="too many points"):
        media.drawn_anew(bomb.getvalue())
