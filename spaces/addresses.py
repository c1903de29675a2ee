"""Reads pasted or uploaded e-mail addresses and says what becomes of each row."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

MOST_ADDRESSES = 500


@dataclass(frozen=True)
class Address:
    """One person to invite."""

    email: str
    name: str = ""


@dataclass(frozen=True)
class AddressRow:
    """One line as typed, and its fate: a person to invite, or the reason why not."""

    place: int
    typed: str
    address: Address | None
    problem: str = ""


def read_addresses(text: str, *, taken: Iterable[str], invited: Iterable[str]) -> list[AddressRow]:
    """The fate of every line: invited, folded as a duplicate, or left out with a reason.

    Lines hold one address each, several divided by semicolons or commas, `Name <address>`, or CSV
    with the columns name and e-mail in any order.
    """
    here = {email.lower() for email in taken}
    waiting = {email.lower() for email in invited}
    seen: set[str] = set()
    rows = []
    for place, typed in enumerate(_cells(text), start=1):
        address, problem = _read(typed)
        if address and address.email in here:
            address, problem = None, _("takes part already")
        elif address and address.email in waiting:
            address, problem = None, _("is invited already; send it again from the list")
        elif address and address.email in seen:
            address, problem = None, _("stands above already; one invitation is enough")
        elif address and len(seen) >= MOST_ADDRESSES:
            address, problem = None, _("is one too many; invite 500 at a time")
        if address:
            seen.add(address.email)
        rows.append(AddressRow(place, typed[:200], address, problem))
    return rows


def _cells(text: str) -> list[str]:
    cells = []
    for line in text.replace("\r", "\n").split("\n"):
        try:
            fields = next(csv.reader(io.StringIO(line), skipinitialspace=True), [])
        except csv.Error:  # far too long to be columns
            fields = [line]
        if sum("@" in cell for cell in fields) == 1 and len(fields) > 1 and "<" not in line:
            email = next(cell for cell in fields if "@" in cell)
            name = " ".join(cell.strip() for cell in fields if "@" not in cell and cell.strip())
            cells.append(f"{name} <{email.strip()}>" if name else email.strip())
        elif {cell.strip().lower() for cell in fields} & {"email", "e-mail"}:
            continue
        else:
            cells.extend(part.strip() for part in re.split(r"[;,]", line) if part.strip())
    return cells


def _read(typed: str) -> tuple[Address | None, str]:
    name, email = parseaddr(typed)
    if "<" in typed:
        email = typed[typed.rfind("<") + 1 :].rstrip("> ")
        name = typed[: typed.rfind("<")].strip(' "')
    email = (email or typed).strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        return None, _("is not an e-mail address; write it like ana@example.org")
    if any(ord(char) < 32 for char in name):
        return None, _("has a character in the name that cannot be stored; type the name again")
    return Address(email, name[:120]), ""
