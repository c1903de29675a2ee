"""What a picture, a recording or a document is by its content, and pictures without their place.

Names of files end as people please, and a browser says what it likes: only the content counts.
"""

import io
from typing import NamedTuple

import puremagic
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

LOOKED_AT = 65_536
PICTURES = {"image/jpeg", "image/png", "image/gif", "image/webp"}
SOUNDS = {
    "audio/mpeg": "audio/mpeg",
    "audio/mp4": "audio/mp4",
    "audio/ogg": "audio/ogg",
    "application/ogg": "audio/ogg",
    "video/webm": "audio/webm",  # browsers record sound alone in it
    "audio/wave": "audio/wav",
    "audio/x-wav": "audio/wav",
    "audio/wav": "audio/wav",
    "audio/aac": "audio/aac",
}
OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
}
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/ogg": ".ogg",
    "audio/webm": ".webm",
    "audio/wav": ".wav",
    "audio/aac": ".aac",
    **{content_type: ending for ending, content_type in OFFICE.items()},
}
ZIP = b"PK\x03\x04"
PLACE_MARKS = (b"\xa9xyz", b"com.apple.quicktime.location", b"com.android.capture.location")
LONGEST_SIDE = 2400
MOST_POINTS = 60_000_000
Image.MAX_IMAGE_PIXELS = None  # the bound above is asked before anything is unpacked


class Media(NamedTuple):
    """What a file is: its kind (`picture`, `sound`, `document`) and its type on the web."""

    kind: str
    content_type: str


class NotTaken(ValueError):
    """A file that is not taken; its words say why, and how to mend it."""


def media_of(begins: bytes, name: str) -> Media:
    """What a file is, by its first bytes; what is none of the three is refused in words."""
    found = _types(begins)
    if found & PICTURES:
        return Media("picture", next(iter(found & PICTURES)))
    if "image/heif" in found or begins[4:12] in (b"ftypheic", b"ftypmif1", b"ftypheix"):
        raise NotTaken(
            _("This photograph is in Apple's HEIC form. Save it as JPEG, and choose that.")
        )
    if "application/pdf" in found:
        return Media("document", "application/pdf")
    if begins.startswith(ZIP):
        return _office(name)
    if sounds := [SOUNDS[one] for one in found if one in SOUNDS]:
        return Media("sound", min(sounds))
    if begins[4:8] == b"ftyp":
        return Media("sound", "audio/mp4")
    if not found and _is_text(begins):
        return Media("document", "text/plain")
    raise NotTaken(_other())


def _types(begins: bytes) -> set[str]:
    try:
        found = puremagic.magic_string(begins)
    except (puremagic.PureError, ValueError):
        return set()
    surest = max(one.confidence for one in found)
    return {one.mime_type for one in found if one.confidence == surest} - {""}


def _office(name: str) -> Media:
    ending = next((ending for ending in OFFICE if name.lower().endswith(ending)), None)
    if ending is None:
        raise NotTaken(_other())
    return Media("document", OFFICE[ending])


def _is_text(begins: bytes) -> bool:
    try:
        begins.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(begins) - 4 and b"\0" not in begins  # a letter cut in half
    return b"\0" not in begins


def _other() -> str:
    return _(
        "This is neither a picture (JPEG, PNG, GIF, WebP), nor a recording (MP3, M4A, Ogg, WebM, "
        "WAV), nor a document (PDF, text, Word, Excel, PowerPoint, LibreOffice). Save it as one "
        "of these, and choose that."
    )


def says_where(content: bytes) -> bool:
    """True for a recording that says where it was made."""
    return any(mark in content for mark in PLACE_MARKS)


def drawn_anew(content: bytes) -> tuple[bytes, str]:
    """A picture with nothing but what can be seen: no place, no camera, no day; and its type.

    Raises `NotTaken` for what cannot be read as a picture, or is too large to unpack.
    """
    try:
        with Image.open(io.BytesIO(content)) as opened:
            if opened.width * opened.height > MOST_POINTS:
                raise NotTaken(_("This picture has too many points. Save it smaller."))
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _written(picture)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if isinstance(error, NotTaken):
            raise
        raise NotTaken(_("This picture cannot be read. Save it anew, and choose that.")) from error


def _written(picture: Image.Image) -> tuple[bytes, str]:
    into = io.BytesIO()
    if picture.mode in ("RGBA", "LA", "P", "PA", "1"):
        clean = picture.convert("RGBA")
        plain = Image.new("RGBA", clean.size)
        plain.paste(clean)
        plain.save(into, "PNG", optimize=True)
        return into.getvalue(), "image/png"
    clean = picture.convert("RGB")
    plain = Image.new("RGB", clean.size)
    plain.paste(clean)
    plain.save(into, "JPEG", quality=85, optimize=True, progressive=True)
    return into.getvalue(), "image/jpeg"
