"""The canonical JSON of records: UTF-8, sorted keys, no spaces, the same on any machine.

It is written piece by piece, so that a large release is never held twice.
"""

import dataclasses
import datetime as dt
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping

LEVEL = 3  # a third of the time of zlib's default, and hardly larger


def written(fields: Mapping[str, object]) -> Iterator[bytes | bytearray]:
    """One record in pieces; a field that is made of bytes is JSON already."""
    mark = b"{"
    for name in sorted(fields):
        yield mark + encoded(name) + b":"
        value = fields[name]
        yield value if isinstance(value, bytearray) else encoded(value)
        mark = b","
    yield b"}\n"


def array_of(records: Iterable[object]) -> bytearray:
    """Records as a JSON array; each is let go as soon as it is written."""
    text = bytearray(b"[")
    for record in records:
        text += encoded(record)
        text += b","
    text[max(1, len(text) - 1) :] = b"]"
    return text


def packed(pieces: Iterable[bytes | bytearray]) -> tuple[bytes, str]:
    """A text as it is kept, compressed, and the SHA-256 of the text itself."""
    whole, shrinking, content = hashlib.sha256(), zlib.compressobj(LEVEL), bytearray()
    for piece in pieces:
        whole.update(piece)
        content += shrinking.compress(piece)
    return bytes(content + shrinking.flush()), whole.hexdigest()


def unpacked(content: bytes) -> bytes:
    """The text that was packed."""
    return zlib.decompress(content)


def encoded(value: object) -> bytes:
    """A value as JSON; a number that JSON does not know is refused."""
    return _ENCODER.encode(value).encode()


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return vars(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    raise TypeError(f"A release cannot hold {type(value).__name__}.")


_ENCODER = json.JSONEncoder(
    default=_plain, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
)
