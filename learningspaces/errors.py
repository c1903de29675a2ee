"""What the API says when something is wrong: one shape, with place, fault and mend."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.exceptions import ValidationError as BrokenRule
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.views import exception_handler


def api_error(error, context):
    """A broken rule of the domain is a 400 like any other faulty wish."""
    if isinstance(error, RecursionError):
        error = exceptions.ParseError(_("This is nested too deeply to be read. Send it flatter."))
    if isinstance(error, BrokenRule):
        faults = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        renamed = {
            "non_field_errors" if name in ("", NON_FIELD_ERRORS) else name: said
            for name, said in faults.items()
        }
        error = exceptions.ValidationError(renamed)
    return exception_handler(error, context)
