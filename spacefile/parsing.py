"""From bytes to plain data, piece by piece: UTF-8, YAML or JSON, one document, nothing clever."""

import json
import re
from collections.abc import Iterator
from json.decoder import WHITESPACE, scanstring

from django.utils.translation import gettext as _

from learningspaces.lib.file_kinds import astray
from spacefile.faults import Faults
from spacefile.plain import (
    DEEPEST,
    FORBIDDEN,
    Piece,
    Unparsable,
    decimal_number,
    layout,
    no_number,
    not_a_space,
    place,
    record,
    too_deep,
    whole_number,
)
from spacefile.schema import LISTS
from spacefile.yaml_events import yaml_pieces

MEGABYTE = 1_000_000
LARGEST = 64 * MEGABYTE
LARGEST_DOUBTFUL = MEGABYTE  # what is neither named nor written like JSON may still be YAML
BOM = b"\xef\xbb\xbf"
JSON_ENDING = ".json"
BARE_CONTROL = re.compile(f"(?!\r\n){FORBIDDEN.pattern}")


def pieces(data: bytes, name: str, faults: Faults) -> Iterator[Piece]:
    """The keys of the file with what they hold; long lists come record by record."""
    text = decoded(data)
    named_json = name.lower().endswith(JSON_ENDING)
    looks_like_json = text.lstrip()[:1] in ("{", "[")
    if named_json or (looks_like_json and (len(data) > LARGEST_DOUBTFUL or is_json(text))):
        del data
        yield from json_pieces(text)
        return
    del text
    yield from yaml_pieces(data, faults)


def is_json(text: str) -> bool:
    """True unless a small file that begins like JSON turns out to be something else."""
    try:
        json.loads(text)
    except RecursionError:
        return True
    except ValueError:
        return False
    return True


def decoded(data: bytes) -> str:
    """The text of the file, refused before anything is read when it is too large or not UTF-8."""
    if len(data) > LARGEST:
        said = {"size": f"{len(data) / MEGABYTE:.1f}", "limit": LARGEST // MEGABYTE}
        problem = _("It is %(size)s MB large; the most is %(limit)s MB.") % said
        raise Unparsable(problem, _("Leave out what need not be in it."))
    if gone_astray := astray(data):
        raise Unparsable(*gone_astray)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:4]:
        problem = _("It is written in UTF-16 or UTF-32, or is not a text at all (see byte 1).")
        raise Unparsable(problem, _("Save it as UTF-8 and try again."))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        where = {"byte": error.start + 1, "line": data.count(b"\n", 0, error.start) + 1}
        problem = _("It is not UTF-8: byte %(byte)s, on line %(line)s, cannot be read.") % where
        raise Unparsable(problem, _("Save it as UTF-8 and try again.")) from error
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise Unparsable(_("It is empty."), layout())
    if found := BARE_CONTROL.search(text):
        line = _("Line %(line)s") % {"line": text.count("\n", 0, found.start()) + 1}
        problem = _("It holds the control character U+%(code)04X.") % {"code": ord(found[0])}
        raise Unparsable(problem, _("Delete it; only tabs and new lines are allowed."), line)
    return text


# --- JSON ----------------------------------------------------------------------------------


def json_pieces(text: str) -> Iterator[Piece]:
    """What the JSON holds, each record let go once it was read."""
    try:
        yield from _members(text)
    except RecursionError as error:
        raise too_deep() from error
    except json.JSONDecodeError as error:
        problem = _("This is not JSON: %(reason)s.") % {"reason": error.msg}
        mend = _("Mend the text here: a comma, a quote or a bracket is missing or too many.")
        raise Unparsable(problem, mend, place(error.lineno, error.colno)) from error


def _members(text: str) -> Iterator[Piece]:
    at = _begins(text, 0)
    if text[at : at + 1] != "{":
        value, at = _value(text, at, 0)
        if not isinstance(value, dict) and _begins(text, at) == len(text):
            raise not_a_space()
        raise json.JSONDecodeError("Extra data", text, _begins(text, at))
    seen: set[str] = set()
    at = _begins(text, at + 1)
    while text[at : at + 1] != "}":
        if text[at : at + 1] != '"':
            said = "Expecting property name enclosed in double quotes"
            raise json.JSONDecodeError(said, text, at)
        key, at = scanstring(text, at + 1, True)
        at = _begins(text, _expected(text, at, ":"))
        if key in seen:
            value, at = _value(text, at, 1)
            yield key, 0, record([(key, 1), (key, 2)])[key]
        elif key in LISTS and text[at : at + 1] == "[":
            at = yield from _items(text, at, key)
        else:
            value, at = _value(text, at, 1)
            yield key, 0, value
        seen.add(key)
        at = _next(text, at, "}")
    if _begins(text, at + 1) != len(text):
        raise json.JSONDecodeError("Extra data", text, _begins(text, at + 1))


def _items(text: str, at: int, key: str):
    number, at = 0, _begins(text, at + 1)
    while text[at : at + 1] != "]":
        value, at = _value(text, at, 2)
        number += 1
        yield key, number, value
        at = _next(text, at, "]")
    return at + 1


def _begins(text: str, at: int) -> int:
    return WHITESPACE.match(text, at).end()


def _expected(text: str, at: int, sign: str) -> int:
    at = _begins(text, at)
    if text[at : at + 1] != sign:
        raise json.JSONDecodeError(f"Expecting '{sign}' delimiter", text, at)
    return at + 1


def _next(text: str, at: int, end: str) -> int:
    """Where the next item begins, or the end stands."""
    at = _begins(text, at)
    if text[at : at + 1] == end:
        return at
    after = _begins(text, _expected(text, at, ","))
    if text[after : after + 1] == end:
        raise json.JSONDecodeError("Expecting value", text, after)
    return after


def _value(text: str, at: int, depth: int):
    decoder = json.JSONDecoder(
        object_pairs_hook=record,
        parse_int=whole_number,
        parse_float=decimal_number,
        parse_constant=no_number,
    )
    try:
        value, at = decoder.scan_once(text, at)
    except StopIteration as error:
        raise json.JSONDecodeError("Expecting value", text, error.value) from None
    if isinstance(value, dict | list):
        _measure(value, depth)
    return value, at


def _measure(found, depth: int) -> None:
    layer = [found]
    while layer:
        depth += 1
        if depth > DEEPEST:
            raise too_deep()
        layer = [
            item
            for holder in layer
            for item in (holder.values() if isinstance(holder, dict) else holder)
            if isinstance(item, dict | list)
        ]
