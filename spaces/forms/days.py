"""Days that are typed: when a space began, since when somebody takes part."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spaces.forms.people import NO_DAY


def stated_day(label, **kwargs) -> forms.DateField:
    """A day that somebody states, which may lie long ago."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages={"invalid": NO_DAY}, **kwargs)


class JoinedForm(forms.Form):
    """Since when somebody takes part."""

    joined_on = stated_day(_("Taking part since"))
