"""Pages go out packed, and how long they are tells nobody what stands in them."""

import gzip

import pytest
from django.http import HttpResponse

from learningspaces.lib.packing import PackedText

WORDS = "What we tried, and what came of it. " * 40


def answer(rf, content_type, **headers):
    def page(request):
        return HttpResponse(WORDS, content_type=content_type)

    return PackedText(page)(rf.get("/", headers=headers))


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json", "image/svg+xml"])
def test_text_is_packed_for_whoever_can_unpack_it(rf, kind):
    packed = answer(rf, kind, accept_encoding="br, gzip")

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content).decode() == WORDS
    assert len(packed.content) < len(WORDS) / 4
    assert answer(rf, kind).content.decode() == WORDS


@pytest.mark.parametrize("kind", ["application/zip", "application/pdf", "image/png"])
def test_what_is_packed_already_is_left_alone(rf, kind):
    assert "Content-Encoding" not in answer(rf, kind, accept_encoding="gzip")


def test_the_same_page_is_never_the_same_length_for_long(rf):
    """Whoever listens cannot tell by the length whether a guessed word stood in the page."""
    lengths = {len(answer(rf, "text/html", accept_encoding="gzip").content) for _ in range(60)}

    assert len(lengths) > 20
