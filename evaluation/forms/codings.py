"""An analyst's reading of a moment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from valuecreation.cycles import Cycle


class ReadAsForm(forms.Form):
    """As which cycle somebody other than the teller reads a moment."""

    cycle = forms.ChoiceField(
        label=_("How do you read it?"),
        choices=[("", _("no second reading")), *Cycle.choices],
        required=False,
    )
