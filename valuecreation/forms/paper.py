"""The code of a paper as somebody types it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PaperCodeForm(forms.Form):
    """Spaces, dashes and capitals do not matter."""

    code = forms.CharField(
        label=_("The code on your paper"),
        max_length=80,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "class": "code", "spellcheck": "false"}
        ),
        help_text=_("Twenty letters and figures. Spaces, dashes and capitals do not matter."),
    )
