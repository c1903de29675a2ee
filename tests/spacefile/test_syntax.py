"""Bytes that are no space file: each refused by a sentence that says where and what to do."""

import time

import pytest

from spacefile.reading import read
from spacefile.yaml_events import plain
from tests.spacefile.example import PATH

LAUGHS = b"".join(
    b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9) if n else b"lol")
    for n in range(9)
)


def sentences(data: bytes, name="space.yaml") -> list[str]:
    found, faults = read(data, name=name)
    assert found is None
    return [fault.sentence for fault in faults]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "It is empty"),
        (b" \n\n", "It is empty"),
        ("space: é".encode("latin-1"), "byte 8, on line 1"),
        ("as_of: 1\nspace: é".encode("latin-1"), "byte 17, on line 2"),
        (b"\xef\xbb\xbfspace: \xe9", "byte 11, on line 1"),
        ("as_of: 2025-12-31".encode("utf-16"), "UTF-16"),
        ("as_of: 2025-12-31".encode("utf-16-be"), "UTF-16"),
        ("as_of: 2025-12-31".encode("utf-32"), "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This is a picture. Pictures are not read"),
        (b"PK\x03\x04\x14\x00", "This is an archive of several files"),
        (b"\x80\x00\x00\x00", "UTF-16"),
        (b"\x80\x81\x82\x83", "not UTF-8: byte 1"),
        (b"a: b\nc: \x07d", "Line 2: It holds the control character U+0007"),
        (b"a: b\rc: d", "control character U+000D"),
        ("a: \u0085".encode(), "control character U+0085"),
        (b"a: [1\nb: 2", "Line 2"),
        (b"a: b\n\tc: d", "Line 2"),
        (b"a: 1\n---\nb: 2", "Line 2, column 1: A second document begins here"),
        (b"a: &anchor 1", "Line 1: The anchor &anchor is not read"),
        (b"a: !!python/object/apply:os.system ['ls']", "The tag tag:yaml.org,2002:python"),
        (b"a: !secret 1", "The tag !secret is not read"),
        (b"%TAG ! tag:example.org,2000:\n---\na: !x 1", "is not read"),
        (b"a: 1\n<<: {b: 2}", "Line 2: The merge key << is not read"),
        (b"? [a, b]\n: 1", "A key must be a single word"),
        (b"? *a\n: 1", "A key must be a single word"),
        (b"- a\n- b", "not a space"),
        (b"just words", "not a space"),
        (b"[" * 100, "more than 40 deep"),
        (b"[" * 100_000, "more than 40 deep"),
        (b'{"a":' * 50_000, "more than 40 deep"),
        (b"a:\n" + b"".join(b" " * n + b"- \n" for n in range(1, 60)), "more than 40 deep"),
        (b"- " * 5_000, "more than 40 deep"),
        (b"x" * 64_000_001, "the most is 64 MB"),
        (b"# only a comment\n", "nothing but comments"),
    ],
)
def test_unreadable_bytes_are_refused_by_a_sentence(data, said):
    started = time.monotonic()

    assert said in sentences(data)[0]

    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"a": 1,}', "Line 1, column 9: This is not JSON"),
        (b"as_of: 2025-12-31", "This is not JSON"),
        (b'{"as_of": NaN}', "The file, as_of, “NaN”: This is not a number"),
        (b'{"as_of": -Infinity}', "The file, as_of, “-Infinity”: This is not a number"),
        (b'{"as_of": ' + b"9" * 100_000 + b"}", "more than 15 digits"),
        (b'{"as_of": 1e999999999999}', "more than 15 digits"),
        (b'{"as_of": 1, "as_of": 2}', "The file, as_of: This key stands here more than once"),
        (b'{"x-a": {"b": 1, "b": 2}}', "The file, x-a, “b”: This key stands here more than once"),
        (b'{"x-a": "\\ud800"}', "control character U+D800"),
        (b'{"x-a": ["\\u0000"]}', "control character U+0000"),
        (b'{"x-a": "' + b"x" * 20_001 + b'"}', "20001 characters"),
        (b'{"as_of": "2025-12-31"}', "The file, space: This is missing"),
    ],
)
def test_unfit_json_is_refused_by_a_sentence(data, said):
    assert any(said in sentence for sentence in sentences(data, name="space.json"))


def test_aliases_are_never_followed():
    started = time.monotonic()
    faults = sentences(LAUGHS + b"space: *a8\n")

    assert time.monotonic() - started < 2
    assert any("space, “*a8”: Aliases are not read." in sentence for sentence in faults)


def test_large_json_is_refused_without_being_parsed_and_smaller_is_read():
    data = b'{"x-note": [' + b'"' + b"x" * 8_000_000 + b'"]}'

    assert any("20000" in sentence for sentence in sentences(data))


def test_json_may_be_nested_forty_deep():
    fits = b'{"x-a": ' + b"[" * 39 + b"]" * 39 + b"}"
    too_deep = b'{"x-a": ' + b"[" * 40 + b"]" * 40 + b"}"

    assert not any("deep" in sentence for sentence in sentences(fits))
    assert "deep" in sentences(too_deep)[0]
    assert not any("deep" in sentence for sentence in sentences(fits.replace(b'"', b"")))
    assert "deep" in sentences(too_deep.replace(b'"', b""))[0]


@pytest.mark.parametrize(
    ("typed", "mend"),
    [
        (b"no", 'Put it in quotes: "no"'),
        (b"On", 'Put it in quotes: "On"'),
        (b"true", 'Put it in quotes: "true"'),
        (b"2025-01-01", 'Put it in quotes: "2025-01-01"'),
        (b"2025-13-01", "Write a day such as"),
        (b"12", 'Put it in quotes: "12"'),
        (b"12:30", 'Put it in quotes if it is a text: "12:30"'),
        (b"0x1F", "Put it in quotes if it is a text"),
        (b"1_000", "Put it in quotes if it is a text"),
        (b"017", "Put it in quotes if it is a text"),
        (b".inf", "write null for what is not known"),
        (b"[a, b]", "instead of a list"),
    ],
)
def test_unquoted_words_that_yaml_misreads_are_told_with_their_mend(typed, mend):
    data = PATH.read_bytes().replace(b"title: Nobody ordered it", b"title: " + typed)

    found, [fault] = read(data)

    assert found is None
    assert (fault.record, fault.field) == ("story S2", "title")
    assert mend in fault.mend


def test_unquoted_scalars_mean_what_they_look_like():
    assert plain("~") is None
    assert plain("-12") == -12
    assert plain("+1.50") == 1.5
    assert plain("2.0") == 2
    assert isinstance(plain("2.0"), int)
    assert plain(".5") == 0.5
    assert plain("1e3") == 1000
    assert plain("2025-02-11").isoformat() == "2025-02-11"
    assert plain("2025-Q1") == "2025-Q1"
    assert plain("+44 1632 960001") == "+44 1632 960001"
    assert plain("nobody") == "nobody"


def test_byte_order_mark_and_windows_line_ends_are_read():
    data = b"\xef\xbb\xbf" + PATH.read_bytes().replace(b"\n", b"\r\n")

    assert read(data)[0] == read(PATH.read_bytes())[0]


def test_json_is_known_by_its_first_character_whatever_its_name():
    assert "space: This is missing" in sentences(b'{"as_of": "2025-12-31"}', name="upload")[0]


def test_duplicate_keys_are_told_with_all_other_faults():
    data = PATH.read_bytes().replace(b"title: Nobody ordered it", b"kind: ground\n    tilte: x")

    fields = {(fault.record, fault.field) for fault in read(data)[1]}

    assert fields == {("story S2", "kind"), ("story S2", "tilte"), ("story S2", "title")}
