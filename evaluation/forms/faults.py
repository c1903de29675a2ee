"""Broken rules go where the person typed, and every word stays on the form."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


def carried_out(form, decide) -> bool:
    """Run a decision on a valid form; `form.outcome` is what it gave back."""
    if not form.is_valid():
        return False
    try:
        form.outcome = decide()
    except ValidationError as error:
        put_faults(form, error)
        return False
    return True


def put_faults(form, error: ValidationError) -> None:
    """Put what an action refused beside the field where it was typed, if the form has one."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    places = getattr(form, "places", {})
    for name, faults in error.error_dict.items():
        name = places.get(name, name)
        here = name if name in form.fields and name != NON_FIELD_ERRORS else None
        form.add_error(here, faults)
