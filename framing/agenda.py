"""What a framing event goes through, condensed from the field's own agenda."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class ProposedStep:
    """A step as a new event begins with it; every word of it may be changed."""

    title: str
    minutes: int
    prompt: str
    with_sponsor: bool = False


STEPS = (
    ProposedStep(
        _("Who cares, and why"),
        10,
        _("A round: the difference I care about, and what brought us here."),
        with_sponsor=True,
    ),
    ProposedStep(
        _("What we are unsure of"),
        15,
        _("In threes: what do we not know yet? Write doubts where they belong."),
    ),
    ProposedStep(
        _("Aspirations in each cycle"),
        25,
        _("Work backwards from the difference: for whom will what be better, and what before?"),
    ),
    ProposedStep(
        _("Conditions and risks"),
        15,
        _("What would have to be true? What could go wrong, and what do we do about it?"),
    ),
    ProposedStep(
        _("How we will notice"),
        15,
        _("What would we see, hear or count? What would warn us?"),
    ),
    ProposedStep(
        _("Who does what"),
        10,
        _("Expectations both ways, what each takes on, and when we look again."),
        with_sponsor=True,
    ),
)
