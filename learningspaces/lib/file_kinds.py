"""What a file is by its first bytes, and where its content can go: for files that came astray.

Names of files end as people or programs please; what a file begins with does not.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from django.utils.translation import gettext as _

LOOKED_AT = 4096
ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP|BM.{4}\0\0\0\0|II\*\0|MM\0\*"
    rb"|.{4}ftyp(heic|heix|mif1|msf1|avif)|\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<svg",
    re.DOTALL,
)
ARCHIVES = (
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"BZh",
    b"\xfd7zXZ\0",
    b"PK\x05\x06",
)
WEB_PAGE = re.compile(rb"\s*<(!doctype html|html)", re.IGNORECASE)
XML = re.compile(rb"\s*<(\?xml|[A-Za-z][\w:.-]*[\s>/])")
CALENDAR = re.compile(rb"\s*BEGIN:VCALENDAR", re.IGNORECASE)
CARD = re.compile(rb"\s*BEGIN:VCARD", re.IGNORECASE)
SPACE_FILE = re.compile(rb"""[\s{]*["']?format["']?\s*:\s*["']?learning-space\b""")
SPACE = re.compile(rb"""(?:\A|[\n{,])\s*["']?(as_of|space)["']?\s*:""")
RELEASE = re.compile(rb"""\s*\{\s*"audience"\s*:\s*"\w+"\s*,\s*"claims"\s*:\s*\[""")
ANSWER = re.compile(rb"""\s*\{\s*"(count|next)"\s*:""")
JSON = re.compile(rb"""\s*(\{\s*["}]|\[\s*["{\[])""")


class Astray(NamedTuple):
    """What a file is, and what to do with it instead."""

    problem: str
    mend: str

    @property
    def sentence(self) -> str:
        """Both, as a form shows them."""
        return f"{self.problem} {self.mend}"


def is_space_file(content: bytes) -> bool:
    """True for a whole space as a file, YAML or JSON."""
    begins = _begins(content)
    return bool(SPACE_FILE.match(begins)) or len(set(SPACE.findall(begins))) == 2


def astray(content: bytes) -> Astray | None:
    """What is said of a file that is neither a list nor a space file; None where it may be one."""
    begins = _begins(content)
    if begins.startswith(ZIP):
        return _in_a_zip(content)
    if begins.startswith(OLD_OFFICE):
        held = "Workbook".encode("utf-16-le"), "Book".encode("utf-16-le")
        return _workbook() if any(name in content for name in held) else _written_document()
    said = next((say for found, say in _KINDS if found(begins)), None)
    return said() if said else None


def astray_among_lists(content: bytes) -> Astray | None:
    """The same where a list of addresses is awaited: a space file is not one."""
    if is_space_file(content):
        return _space_file()
    if JSON.match(_begins(content)):
        return astray(content) or _other_json()
    return astray(content)


def _begins(content: bytes) -> bytes:
    begins = content[:LOOKED_AT]
    if begins.startswith((b"\xff\xfe", b"\xfe\xff")):
        return begins.decode("utf-16", errors="ignore").encode()
    return begins.removeprefix(b"\xef\xbb\xbf")


def _in_a_zip(content: bytes) -> Astray:
    """Office programs write zips; which of them did is told by the names of what is in it."""
    if b"xl/" in content or b"opendocument.spreadsheet" in content[:LOOKED_AT]:
        return _workbook()
    if b"word/" in content or b"ppt/" in content or b"opendocument." in content[:LOOKED_AT]:
        return _written_document()
    return (
        _release() if b"datapackage.json" in content and b"moments.csv" in content else _archive()
    )


def _workbook() -> Astray:
    return Astray(
        _("This is a workbook, such as Excel and LibreOffice write."),
        _(
            "Save the sheet that is meant as “CSV UTF-8”: a list of people can then be chosen "
            "under Invite. Figures are typed at their indicator, stories told in their own words."
        ),
    )


def _written_document() -> Astray:
    return Astray(
        _("This is a document of an office program."),
        _("Copy what is meant and paste it: addresses under Invite, a story under Tell a story."),
    )


def _archive() -> Astray:
    return Astray(
        _("This is an archive of several files, such as a zip."),
        _("Unpack it and choose the one file that is meant."),
    )


def _release() -> Astray:
    return Astray(
        _("This is a release of a space, to be read and kept."),
        _(
            "It cannot be brought in again. A space comes in by its space file, which is "
            "downloaded from the settings of the space and chosen under Start a space."
        ),
    )


def _answer() -> Astray:
    return Astray(
        _("This is an answer of the programs' interface."),
        _("Programs send stories and figures there, one by one; its page says how."),
    )


def _space_file() -> Astray:
    return Astray(
        _("This is a space file, which holds a whole space."),
        _("It founds a space of its own: choose it under Start a space, Upload a space file."),
    )


def _other_json() -> Astray:
    return Astray(
        _("This is JSON, not a list of addresses."),
        _("Save the addresses as “CSV UTF-8”, or paste them one a line."),
    )


def _calendar() -> Astray:
    return Astray(
        _("This is a calendar."),
        _("Calendars are not read: type the day and the place where an event is planned."),
    )


def _card() -> Astray:
    return Astray(
        _("This is a card of a contact."),
        _("Copy the e-mail address from it and paste it under Invite."),
    )


def _pdf() -> Astray:
    return Astray(
        _("This is a PDF."),
        _("Copy what is meant and paste it: addresses under Invite, a story under Tell a story."),
    )


def _picture() -> Astray:
    return Astray(
        _("This is a picture."),
        _("Pictures are not read: type addresses under Invite, tell what it shows in a story."),
    )


def _web_page() -> Astray:
    return Astray(
        _("This is a web page, perhaps one that asked you to sign in."),
        _("Download the file itself and choose it here."),
    )


def _xml() -> Astray:
    return Astray(
        _("This is XML."),
        _(
            "XML is not read: save a list of people as “CSV UTF-8” and choose it under Invite; a "
            "space is brought as a space file, in YAML or JSON."
        ),
    )


_KINDS: list[tuple[Callable[[bytes], object], Callable[[], Astray]]] = [
    (lambda begins: begins.startswith(b"%PDF-"), _pdf),
    (PICTURES.match, _picture),
    (lambda begins: begins.startswith(ARCHIVES), _archive),
    (WEB_PAGE.match, _web_page),
    (XML.match, _xml),
    (CALENDAR.match, _calendar),
    (CARD.match, _card),
    (RELEASE.match, _release),
    (ANSWER.match, _answer),
]
