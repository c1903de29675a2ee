"""Words as they are stored: one sign a line end, composed letters, nothing that nobody sees."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learningspaces.lib.text import mended, plain_text

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Cafe\u0301 Zu\u0308rich", "Caf\xe9 Z\xfcrich"),
        ("First line\x0bSecond line", "First line\nSecond line"),
        (
            "one\r\ntwo\rthree\u2028four\u2029five\x85six\x0cseven",
            "one\ntwo\nthree\nfour\nfive\nsix\nseven",
        ),
        ("a\x00b\x07c\x7f\x9fd", "abcd"),
        ("\ufeffA\u200bn\u200da\u2060 \xadAl\u200cves", "Ana Alves"),
        ("\u202eturned\u202c", "turned"),
        ("\U000e0041\U000e006ea", "a"),
        ("half \ud83d", "half \N{REPLACEMENT CHARACTER}"),
    ],
)
def test_what_nobody_sees_is_mended(typed, stored):
    assert mended(typed) == stored


@pytest.mark.parametrize(
    "words",
    [
        "two\nlines\tand a tab",
        FAMILY,
        WALES,
        "\u2764\ufe0f\u200d\U0001f525",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian: I want
        "\u0d28\u0d4d\u200d",  # Malayalam, as it was written before its letter had a sign
        "\u0e20\u0e32\u0e29\u0e32\u200b\u0e44\u0e17\u0e22",  # Thai, where a line may break
        "\u200fשלום\u200e \u2066kept\u2069",
    ],
)
def test_what_scripts_and_pictures_need_stays(words):
    assert mended(words) == words


@given(st.text(st.characters(max_codepoint=0xFFFF) | st.sampled_from(FAMILY + WALES)))
def test_whatever_is_typed_can_be_stored_once_it_is_mended(typed):
    stored = mended(typed)
    plain_text(stored)
    assert unicodedata.is_normalized("NFC", stored)
    assert mended(stored) == stored
    assert "\r" not in stored
