"""Random ids for addresses: they tell neither how many rows there are nor which came first."""

import re
import secrets

from django.db import models

ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"  # nothing that is read as something else, and no words
LENGTH = 12


def new_public_id() -> str:
    """A fresh id; two that are alike are not to be expected among a hundred million."""
    number, letters = secrets.randbelow(len(ALPHABET) ** LENGTH), []
    for _place in range(LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def is_public_id(text: str) -> bool:
    """True if a text from outside could be such an id, and may be looked for."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET)


def public_id_in(address: str) -> str:
    """The id that the address of a page names, the last one if there are several; else nothing.

    >>> public_id_in("https://example.org/spaces/feet/stories/2b4c6d8f3g5h/")
    '2b4c6d8f3g5h'
    """
    return next(filter(is_public_id, reversed(re.split(r"[/#?&=-]", address))), "")


class PublicIdField(models.CharField):
    """The name of a row in addresses, pages and the API."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", LENGTH)
        kwargs.setdefault("default", new_public_id)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)
