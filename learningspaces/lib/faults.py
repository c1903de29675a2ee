"""Broken rules go where the person typed, and every word stays on the form."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError


def carried_out(form: forms.Form, decide: Callable[[dict], object]) -> bool:
    """Run a decision on a valid form's data; `form.outcome` is what it gave back."""
    if not form.is_valid():
        return False
    try:
        form.outcome = decide(form.cleaned_data)  # type: ignore[attr-defined]
    except ValidationError as error:
        put_faults(form, error)
        return False
    return True


def put_faults(form: forms.Form, error: ValidationError) -> None:
    """Put what an action refused on a form, beside its field where the form has one.

    A form whose fields have other names than the columns says so in `places`.
    """
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    places = getattr(form, "places", {})
    for column, faults in error.error_dict.items():
        name = column if column in form.fields else places.get(column)
        form.add_error(name if name in form.fields else None, faults)
