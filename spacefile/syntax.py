"""From bytes to plain data: UTF-8, YAML or JSON, one document, nothing clever."""

import json

from django.utils.translation import gettext as _

from spacefile.faults import Faults
from spacefile.values import (
    FORBIDDEN,
    Record,
    decimal_number,
    no_number,
    whole_number,
)
from spacefile.yamltree import UnreadableYaml, read_yaml

MEGABYTE = 1_000_000
LARGEST_YAML = 8 * MEGABYTE
LARGEST_JSON = 64 * MEGABYTE
DEEPEST = 40
BOM = b"\xef\xbb\xbf"
JSON_ENDING = ".json"
NOT_JSON = object()


def parse(data: bytes, name: str, faults: Faults) -> Record | None:
    """The plain data of a file; None, with a fault noted, where there is nothing to go on."""
    text = decoded(data, faults)
    if text is None:
        return None
    found = NOT_JSON
    if is_json(name) or text.lstrip()[:1] in ("{", "["):
        found = read_json(text, name, len(data), faults)
    if found is NOT_JSON:
        found = yaml_within_limits(text, len(data), faults)
    if found is None or too_deep(found, faults):
        return None
    if not isinstance(found, Record):
        told(faults, _("This is a list or a single value, not a space."), layout())
        return None
    return found


def layout() -> str:
    """How a space file begins."""
    return _("Begin with as_of, space, participants, stories and flows, each on its own line.")


def told(faults: Faults, problem: str, mend: str, record: str = "") -> None:
    """Note a fault of the file as a whole, or of one of its lines."""
    faults.add(record or _("The file"), "", None, problem, mend)


def decoded(data: bytes, faults: Faults) -> str | None:
    """The text of the file, refused before anything is read when it is too large or not UTF-8."""
    if len(data) > LARGEST_JSON:
        too_large(faults, len(data), LARGEST_JSON, "JSON")
        return None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:4]:
        told(
            faults,
            _("It is written in UTF-16 or UTF-32, or is not a text at all (see byte 1)."),
            _("Save it as UTF-8 and try again."),
        )
        return None
    skipped = len(BOM) if data.startswith(BOM) else 0
    try:
        text = data[skipped:].decode("utf-8")
    except UnicodeDecodeError as error:
        where = {"byte": error.start + skipped + 1, "line": data.count(b"\n", 0, error.start) + 1}
        told(
            faults,
            _("It is not UTF-8: byte %(byte)s, on line %(line)s, cannot be read.") % where,
            _("Save it as UTF-8 and try again."),
        )
        return None
    if not text.strip():
        told(faults, _("It is empty."), layout())
        return None
    return None if control_character(text, faults) else text


def control_character(text: str, faults: Faults) -> bool:
    """True, and noted, if the file holds a bare control character."""
    found = FORBIDDEN.search(text.replace("\r\n", " \n"))
    if not found:
        return False
    line = text.count("\n", 0, found.start()) + 1
    told(
        faults,
        _("It holds the control character U+%(code)04X.") % {"code": ord(found[0])},
        _("Delete it; only tabs and new lines are allowed."),
        _("Line %(line)s") % {"line": line},
    )
    return True


def too_large(faults: Faults, size: int, limit: int, kind: str) -> None:
    """Say that the file was not even opened."""
    told(
        faults,
        _("It is %(size)s MB large; as %(kind)s the most is %(limit)s MB.")
        % {"size": f"{size / MEGABYTE:.1f}", "kind": kind, "limit": limit // MEGABYTE},
        _("Send it as JSON, or leave out what need not be in it.")
        if kind == "YAML"
        else _("Leave out what need not be in it."),
    )


def is_json(name: str) -> bool:
    """True for a file that says by its name that it is JSON."""
    return name.lower().endswith(JSON_ENDING)


# --- YAML ----------------------------------------------------------------------------------


def yaml_within_limits(text: str, size: int, faults: Faults):
    """What the YAML holds, or None with its faults noted."""
    if size > LARGEST_YAML:
        too_large(faults, size, LARGEST_YAML, "YAML")
        return None
    try:
        return read_yaml(text, DEEPEST, faults)
    except UnreadableYaml as error:
        where = {"line": error.line, "column": error.column}
        record = _("Line %(line)s, column %(column)s") % where if error.line else ""
        told(faults, error.problem, error.mend, record)
        return None


# --- JSON ----------------------------------------------------------------------------------


def read_json(text: str, name: str, size: int, faults: Faults):
    """What the JSON holds; None with a fault noted; NOT_JSON if it may still be YAML."""
    try:
        return json.loads(
            text,
            object_pairs_hook=Record,
            parse_int=whole_number,
            parse_float=decimal_number,
            parse_constant=no_number,
        )
    except RecursionError:
        nested_too_deep(faults)
    except ValueError as error:
        if not is_json(name) and size <= LARGEST_YAML:
            return NOT_JSON
        where = {"line": getattr(error, "lineno", 1), "column": getattr(error, "colno", 1)}
        told(
            faults,
            _("This is not JSON: %(reason)s.") % {"reason": str(getattr(error, "msg", error))},
            _("Mend the text here: a comma, a quote or a bracket is missing or too many."),
            _("Line %(line)s, column %(column)s") % where,
        )
    return None


def nested_too_deep(faults: Faults) -> None:
    """Say that lists and records lie too deep in each other."""
    told(
        faults,
        _("Lists and records lie more than %(count)s deep in each other.") % {"count": DEEPEST},
        _("Write the file as the worked example is written."),
    )


def too_deep(found, faults: Faults) -> bool:
    """True, and noted, if the data is nested deeper than anybody writes."""
    layer, depth = [found], 0
    while layer:
        layer = [
            item
            for holder in layer
            if isinstance(holder, dict | list)
            for item in (holder.values() if isinstance(holder, dict) else holder)
            if isinstance(item, dict | list)
        ]
        depth += 1
        if layer and depth >= DEEPEST:
            nested_too_deep(faults)
            return True
    return False
