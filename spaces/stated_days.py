"""Days that people state: they may lie before the page, and never ahead."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIRST_YEAR = 1900


def require_come(field: str, day: dt.date | None, *, today: dt.date) -> None:
    """A day that is stated has come; what is wrong with it stands beside its field."""
    if day and day > today:
        said = _("This day lies ahead. Choose today or an earlier one.")
        raise ValidationError({field: said})
    if day and day.year < FIRST_YEAR:
        said = _("This year cannot be right. Choose a day from 1900 on.")
        raise ValidationError({field: said})
