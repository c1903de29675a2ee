"""What may be told of an error: its kind, where it came about, and nobody's words.

Databases quote the row they refuse, checks the value that was typed; neither belongs in a log.
"""

import re
import traceback

from django.core.exceptions import ValidationError
from django.db import Error as DatabaseError
from rest_framework.exceptions import ValidationError as Refusal

QUOTED = re.compile(r"([\"'`“‘«]).*[\"'`”’»]", re.DOTALL)
CUT = r"\1…\1"
DRIVERS = ("psycopg", "psycopg2", "sqlite3")
PLACES = ("constraint_name", "table_name", "column_name")  # as a database calls its own


def told(error: BaseException) -> str:
    """An error with the way to it and the errors that led to it, the first of all first."""
    parts: list[str] = []
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        way = "".join(traceback.format_tb(cause.__traceback__))
        parts.append(f"Traceback (most recent call last):\n{way}{said(cause)}")
        before = None if cause.__suppress_context__ else cause.__context__
        cause = cause.__cause__ or before
    return "\n\nwhich led to:\n\n".join(reversed(parts))


def said(error: BaseException) -> str:
    """The kind of an error and, where it holds nobody's words, its message."""
    kind = type(error)
    name = kind.__qualname__
    if kind.__module__ != "builtins":
        name = f"{kind.__module__}.{name}"
    words = _message(error)
    return f"{name}: {words}" if words else name


def _message(error: BaseException) -> str:
    if isinstance(error, ValidationError | Refusal):
        return _fields(error)
    if isinstance(error, DatabaseError) or type(error).__module__.partition(".")[0] in DRIVERS:
        return _of_database(error)
    if isinstance(error, ValueError | LookupError):
        return QUOTED.sub(CUT, str(error))
    return str(error)


def _fields(error: ValidationError | Refusal) -> str:
    """The fields that were refused, without what was wrong with them."""
    held = getattr(error, "error_dict", None) or getattr(error, "detail", None)
    return ", ".join(map(str, held)) if isinstance(held, dict) else ""


def _of_database(error: BaseException) -> str:
    """The code of what a database refuses, and which of its rules, or all it says."""
    refused = getattr(error, "diag", None) or getattr(error.__cause__, "diag", None)
    code = getattr(refused, "sqlstate", None)
    if code:
        return " ".join([code, *filter(None, (getattr(refused, place) for place in PLACES))])
    return str(error).partition("\n")[0]
