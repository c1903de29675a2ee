"""Readable names for what a framing holds, unique in their space: A-IMM, A-STR-S, U3."""

import re

from framing.models import Aspiration, Uncertainty, Whose


def aspiration_key(space, cycle: str, whose: str) -> str:
    """The next free key of a cycle; a sponsor's hopes are told apart by an S."""
    stem = f"A-{cycle[:3].upper()}"
    if whose == Whose.SPONSOR:
        stem = f"{stem}-S"
    taken = set(Aspiration.objects.in_space(space).called_like(stem))
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}{number}", number + 1
    return key


def uncertainty_key(space) -> str:
    """The next free key of an uncertainty."""
    known = Uncertainty.objects.keys_in(space)
    numbers = [int(found[1]) for key in known if (found := re.fullmatch(r"U(\d{1,6})", key))]
    return f"U{max(numbers, default=0) + 1}"
