"""Numbers as addresses, forms and files spell them."""

FITS = 18  # so many digits fit into a database's number of eight bytes


def number_in(text: str, *, digits: int = FITS) -> int | None:
    """The number that at most so many of the digits 0 to 9 spell; None for anything else.

    `str.isdigit` alone would let ² through, which `int` then refuses.
    """
    plain = text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) if plain else None
