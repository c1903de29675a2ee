"""How well a story is borne out: by what its teller can show, and by what others say themselves."""

from collections.abc import Iterable

from valuecreation.models import BEARS_OUT, Statement, Strength

ORDER = ("", *Strength.values)  # from told by one person to somebody knowledgeable and independent
BY_THE_TELLER = (Strength.ASSERTED, Strength.DOCUMENTED)  # what no other person has to say


def strength_of(told: str, statements: Iterable[Statement], wording: str) -> str:
    """The most that holds: what is known without anybody's statement, and what others have said.

    A statement counts for the wording that its writer was shown.
    """
    said = [one for one in statements if one.said_on and one.kind in BEARS_OUT]
    reached = [told, *(borne_out_by(one) for one in said if one.about == wording)]
    return max(reached, key=ORDER.index)


def borne_out_by(statement: Statement) -> str:
    """What one person's word makes of a story."""
    return Strength.SUBSTANTIATED if statement.independent else Strength.CORROBORATED
