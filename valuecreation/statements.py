"""The link that leads whoever is asked to one story, to say what they say to it."""

from spaces import signed_links
from valuecreation.models import Statement

LINK = "what somebody says to a story"


def signed(asked: Statement) -> str:
    """What the link in the mail carries: this one question, and that we wrote it."""
    return signed_links.signed(LINK, asked.pk)


def statement_signed(token: str) -> Statement | None:
    """The question that a link is for, if we wrote the link and it is still asked."""
    pk = signed_links.number_signed(LINK, token)
    return Statement.objects.with_all().numbered(pk).first() if pk else None


def stands_apart(asked: Statement) -> bool:
    """True for somebody who takes no part in the space: nobody inside is independent of it."""
    return asked.member is None or asked.member.outside
