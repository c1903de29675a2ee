"""Says what becomes of each row of a list of people: invited, or left out with a reason."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import idna
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from spaces.address_lists import Entry, read_list

MOST_ADDRESSES = 500
LONGEST_NAME = 120
LONGEST_ADDRESS = 254
LONGEST_SHOWN = 400


@dataclass(frozen=True)
class Address:
    """One person to invite."""

    email: str
    name: str = ""

    def __str__(self):
        if not self.name:
            return self.email
        return (
            f'"{self.name}" <{self.email}>' if "," in self.name else f"{self.name} <{self.email}>"
        )


class Fate(StrEnum):
    """What becomes of a row: kept for later and to be mended are still to be done."""

    INVITED = "invited"
    LEFT_OUT = "left out"
    LATER = "later"
    TO_MEND = "to mend"


@dataclass(frozen=True)
class AddressRow:
    """One row as typed, and its fate: a person to invite, or the reason why not."""

    place: int
    typed: str
    address: Address | None
    problem: str = ""
    fate: Fate = Fate.INVITED


def read_addresses(text: str, *, taken: Iterable[str], invited: Iterable[str]) -> list[AddressRow]:
    """The fate of every row of a list: a person to invite, or the reason why not."""
    return fates(read_list(text).entries, taken=taken, invited=invited)


def fates(
    entries: Iterable[Entry], *, taken: Iterable[str], invited: Iterable[str]
) -> list[AddressRow]:
    """What becomes of each entry, given who takes part and who is invited already.

    Of two entries with one address the first is invited, with the name of whichever has one.
    """
    here = {one_spelling(email) for email in taken}
    waiting = {one_spelling(email) for email in invited}
    entries = [(entry, one_spelling(entry.email)) for entry in entries]
    names: dict[str, str] = {}
    for entry, email in entries:
        names[email] = names.get(email) or entry.name[:LONGEST_NAME].strip()
    seen: set[str] = set()
    rows = []
    for place, (entry, email) in enumerate(entries, start=1):
        fate, problem = Fate.LEFT_OUT, ""
        if not is_address(email):
            fate = Fate.TO_MEND
            problem = _("is not an e-mail address; write it like ana@example.org")
        elif email in here:
            problem = _("takes part already")
        elif email in waiting:
            problem = _("is invited already; send it again from the list")
        elif email in seen:
            problem = _("stands above already; one invitation is enough")
        elif len(seen) >= MOST_ADDRESSES:
            fate, problem = Fate.LATER, _("is one too many; invite 500 at a time")
        else:
            seen.add(email)
            fate = Fate.INVITED
        address = Address(email, names[email]) if fate == Fate.INVITED else None
        rows.append(AddressRow(place, entry.typed[:LONGEST_SHOWN], address, problem, fate))
    return rows


def one_spelling(email: str) -> str:
    """An address as it is stored and compared: small letters, the domain as mail goes there."""
    email = unicodedata.normalize("NFKC", email).strip().lower()
    user, at, domain = email.rpartition("@")
    if domain.isascii() or not at:
        return email
    try:
        return f"{user}@{idna.encode(domain, uts46=True).decode()}"
    except idna.IDNAError:
        return email


def is_address(email: str) -> bool:
    """True if mail can be sent there."""
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= LONGEST_ADDRESS and bool(re.fullmatch(r"[!-~]+", email))
