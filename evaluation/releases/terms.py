"""What a release is called, and what it cannot be asked to be."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from evaluation.models import Purpose
from valuecreation.cycles import Audience

SMALL_WORDS = {"a", "an", "and", "for", "in", "of", "on", "the", "to"}


def release_label(name: str, year: int, number: int) -> str:
    """LLC-2025-2: the space's initials, the year its period ends in, and its number."""
    words = [word for word in re.findall(r"\w+", name) if word.casefold() not in SMALL_WORDS]
    initials = "".join(word[0] for word in words[:6]).upper() or "R"
    return f"{initials}-{year}-{number}"


def check_terms(space, period_start, period_end, audience, purpose, supersedes=None) -> None:
    """Say what is wrong with what a release is asked to be, if anything is."""
    faults = {}
    if period_end < period_start:
        faults["period_end"] = _("The period ends before it begins. Choose a later last day.")
    if period_start > space.today:
        faults["period_start"] = _("This period has not begun. Choose an earlier first day.")
    if audience not in Audience.values:
        faults["audience"] = _("Choose from the list whom it is for.")
    if purpose not in Purpose.values:
        faults["purpose"] = _("Choose from the list what it is for.")
    if supersedes and supersedes.space_id != space.pk:
        faults["supersedes"] = _("This dataset was not found among this space's.")
    if faults:
        raise ValidationError(faults)
