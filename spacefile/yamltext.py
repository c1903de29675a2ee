"""Plain data as YAML that every YAML program reads alike: block style, doubtful texts quoted."""

import json
import re
from datetime import date
from decimal import Decimal

INDENT = "  "
LONGEST_LIST_LINE = 120
# A text of these, beginning with a letter, is a text to every reader; all others are quoted.
SAFE = re.compile(r"[^\W\d_](?:[\w.'()/;!?+-]|[ ](?=[\w.'()/;!?+-])|,(?=[ ]\w))*")
SAFE_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*|[0-9]{4}-[HQ][1-4]")
RESERVED = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"])
# What cannot stand in a YAML text as it is, or that would hide or turn round what follows it.
ESCAPED = re.compile(
    "[\x00-\x1f\x7f-\xa0\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff]"
)
LONGEST_PLAIN = 1000


def yaml_text(data: dict) -> str:
    """A record as a YAML document."""
    lines: list[str] = []
    _record(data, "", lines)
    return "\n".join(lines) + "\n"


def _record(data: dict, indent: str, lines: list[str]) -> None:
    for name, value in data.items():
        _pair(f"{indent}{_key(name)}:", value, indent, lines)


def _pair(head: str, value, indent: str, lines: list[str]) -> None:
    if isinstance(value, dict) and value:
        lines.append(head)
        _record(value, indent + INDENT, lines)
    elif isinstance(value, list) and not _fits_on_a_line(value):
        lines.append(head)
        _items(value, indent + INDENT, lines)
    elif isinstance(value, str) and _is_literal(value):
        lines.append(f"{head} {'|' if value.endswith(chr(10)) else '|-'}")
        inner = indent + INDENT
        lines.extend(inner + line if line else "" for line in value.removesuffix("\n").split("\n"))
    else:
        lines.append(f"{head} {_inline(value)}")


def _items(items: list, indent: str, lines: list[str]) -> None:
    for item in items:
        if isinstance(item, dict) and item:
            start = len(lines)
            _record(item, indent + INDENT, lines)
            lines[start] = f"{indent}- {lines[start][len(indent) + len(INDENT) :]}"
        elif isinstance(item, list) and not _fits_on_a_line(item):
            lines.append(f"{indent}-")
            _items(item, indent + INDENT, lines)
        else:
            lines.append(f"{indent}- {_inline(item)}")


def _fits_on_a_line(items: list) -> bool:
    if any(isinstance(item, dict) and item for item in items):
        return False
    nested = all(_fits_on_a_line(item) for item in items if isinstance(item, list))
    return nested and len(_inline(items)) <= LONGEST_LIST_LINE


def _inline(value) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_in_list(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{}"
    return _scalar(value)


def _in_list(item) -> str:
    return _quoted(item) if isinstance(item, str) and "," in item else _inline(item)


def _scalar(value) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value if _is_plain(value) else _quoted(value)
    if isinstance(value, date):
        return value.isoformat()
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)


def _key(name: str) -> str:
    safe = SAFE_KEY.fullmatch(name) and name.lower() not in RESERVED - {"n"}
    return name if safe else _quoted(name)


def _is_plain(text: str) -> bool:
    return (
        len(text) <= LONGEST_PLAIN
        and text.lower() not in RESERVED
        and text.isprintable()
        and bool(SAFE.fullmatch(text))
    )


def _is_literal(text: str) -> bool:
    """True for a text of several lines that can stand as it is."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    return (
        len(lines) > 1
        and bool(lines[0])
        and bool(lines[-1])
        and lines[0][0] != " "
        and all(line == line.rstrip() and not ESCAPED.search(line) for line in lines)
    )


def _quoted(text: str) -> str:
    """The text in double quotes; what a reader might not see is written out."""
    quoted = json.dumps(text, ensure_ascii=False)
    return ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
