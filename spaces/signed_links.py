"""Links in mails that need no sign-in: each leads to one row, for one purpose, and nowhere else.

Whether it still works, and whether it was used, stands in its row. Opening one changes nothing,
since programs that look through mails open them; what it is for is done by the button behind it.
"""

from django.core import signing


def signed(purpose: str, number: int) -> str:
    """What a link carries: the number of a row, and that we wrote it for this purpose."""
    return signing.Signer(salt=purpose).sign(number)


def number_signed(purpose: str, token: str) -> int | None:
    """The number of the row that a link is for; None if we did not write it for this purpose."""
    try:
        number = signing.Signer(salt=purpose).unsign(token)
    except signing.BadSignature:
        return None
    return int(number) if number.isdecimal() else None
