from django import forms
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text


class OtherNameForm(forms.Form):
    """What somebody is called beside their name."""

    name = forms.CharField(
        label=_("Also called"),
        max_length=120,
        validators=[plain_text],
        help_text=_("A nickname, initials, another spelling, an address."),
    )
