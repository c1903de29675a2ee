"""Broken rules: found beside a model, said by forms, the API and files alike."""

from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _


class Violation(NamedTuple):
    """A rule that a record breaks: at which field, what is wrong, and how to mend it."""

    field: str
    problem: str
    mend: str

    @property
    def sentence(self) -> str:
        """Both in words, as a form shows them."""
        return f"{self.problem} {self.mend}" if self.mend else self.problem


def refuse_if_broken(violations: Iterable[Violation]) -> None:
    """Raise all violations at once, each at its field."""
    faults: dict[str, list] = {}
    for broken in violations:
        faults.setdefault(broken.field, []).append(ValidationError(broken.sentence))
    if faults:
        raise ValidationError(faults)


def check_fields(row: models.Model, *, exclude=()) -> None:
    """Raise what is wrong with single fields of a row."""
    refuse_if_broken(field_violations(row, exclude=exclude))


def field_violations(row: models.Model, *, exclude=()) -> Iterable[Violation]:
    """What is wrong with single fields of a row; long texts are measured here as forms do."""
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield from (Violation(name, said, "") for said in messages)
    for field in row._meta.concrete_fields:
        most = getattr(field, "max_length", None)
        if isinstance(field, models.TextField) and most and field.name not in exclude:
            too_many = len(getattr(row, field.attname) or "") - most
            if too_many > 0:
                said = _("This is %(count)d characters too long; the most is %(most)d.")
                said %= {"count": too_many, "most": most}
                yield Violation(field.name, said, _("Shorten it."))


def carried_out(form, decide) -> bool:
    """Run a decision on a valid form; `form.outcome` is what it gave back.

    What the action refused stands beside the field where it was typed, and every word stays.
    """
    if not form.is_valid():
        return False
    try:
        form.outcome = decide(form.cleaned_data)
    except ValidationError as error:
        put_faults(form, error)
        return False
    return True


def put_faults(form, error: ValidationError) -> None:
    """Put what an action refused on a form; its `places` name the fields of columns."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    places = getattr(form, "places", {})
    for name, faults in error.error_dict.items():
        name = name if name in form.fields else places.get(name, name)
        here = name if name in form.fields and name != NON_FIELD_ERRORS else None
        form.add_error(here, faults)
