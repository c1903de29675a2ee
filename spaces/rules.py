"""Rules of a space that every door and every action asks."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spaces.models import Space

CLOSED = _(
    "This space is closed. What was told in it can be read, corrected by those who told it, and "
    "evaluated. Before anything new is begun, a convener can reopen it."
)


def require_open(space: Space) -> None:
    """Nothing new is begun, and nobody joins, in a space that was closed."""
    if not space.is_open_for_work:
        raise ValidationError(CLOSED, code="closed")
