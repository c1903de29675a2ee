"""Broken rules go where the person typed, and every word stays on the form."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

ALIASES = {"occurred_on": "on", "due_on": "on", "status": "status"}


def put_faults(form, error: ValidationError) -> None:
    """Put what an action refused on a form, beside its field where the form has one."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, faults in error.error_dict.items():
        name = field if field in form.fields else ALIASES.get(field, "")
        here = name if name in form.fields and field != NON_FIELD_ERRORS else None
        form.add_error(here, faults)


def carried_out(form, decide) -> bool:
    """Run a decision on a valid form's data; `form.outcome` is what it gave back."""
    if not form.is_valid():
        return False
    try:
        form.outcome = decide(form.cleaned_data)
    except ValidationError as error:
        put_faults(form, error)
        return False
    return True
