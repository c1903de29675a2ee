"""Bringing a space from a file: upload it, look at what it holds, then found it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.models import Import, WorkState
from spacefile import tasks
from spaces.models import Person


@transaction.atomic
def upload_space_file(*, by: Person, name: str, content: bytes) -> Import:
    """Hand a space file to a worker, who says what it holds or everything that is wrong with it."""
    name = "".join(letter for letter in name if letter.isprintable())[:200]
    imported = Import.objects.create(asked_by=by, name=name, content=content)
    tasks.run_import.delay_on_commit(imported.pk)
    return imported


@transaction.atomic
def found_from_file(imported: Import, *, by: Person, claims: str = "") -> None:
    """Found the space of a file that was found good; whoever uploaded it becomes its convener."""
    people = {person["id"] for person in imported.preview.get("people", ())}
    if claims and claims not in people:
        said = _("Choose one of the people of the file, or say that you are none of them.")
        raise ValidationError({"claims": said})
    asked = Import.objects.for_user(by).to_be_wanted(imported.pk)
    if not asked.update(
        wanted=True,
        claims=claims,
        state=WorkState.WAITING,
        progress=0,
        tries=0,
        asked_at=timezone.now(),
    ):
        raise ValidationError(_("This file was used already, or something is wrong with it."))
    tasks.run_import.delay_on_commit(imported.pk)
