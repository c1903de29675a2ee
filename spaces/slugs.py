"""Addresses of spaces. Nobody learns from one whether another space exists."""

import secrets

RESERVED = frozenset({"new", "import"})
LONGEST_STEM = 53
LETTERS = "bcdfghjkmnpqrstvwxz23456789"  # that spell no word


def another_slug(stem: str) -> str:
    """An address that begins like one, and is taken by nobody."""
    end = "".join(secrets.choice(LETTERS) for _place in range(6))
    return f"{stem[:LONGEST_STEM]}-{end}"
