"""Two people saving at once: the second is told, and loses nothing."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _


class Conflict(ValidationError):
    """Somebody else saved the row while this person was writing."""


def claim_revision(row: models.Model, seen: int) -> None:
    """Take the row's next revision, or say that it was saved by somebody else meanwhile.

    Call it inside the transaction that saves; `seen` is the revision the person's form began with.
    """
    manager = type(row)._default_manager  # type: ignore[attr-defined]
    taken = manager.filter(pk=row.pk, revision=seen).update(revision=F("revision") + 1)
    if not taken:
        raise Conflict(
            _(
                "Somebody else saved this while you were writing. Your words are still here, and "
                "theirs stand beside them. Bring the two together, then save again."
            ),
            code="conflict",
        )
    row.revision = seen + 1  # type: ignore[attr-defined]
