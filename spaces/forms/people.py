from django import forms
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text


class NameForm(forms.Form):
    """What sign-up asks besides e-mail and password."""

    name = forms.CharField(label=_("Your name"), max_length=120, validators=[plain_text])

    def signup(self, request, person):
        """Called by allauth once the account exists."""
        person.name = self.cleaned_data["name"]
        person.save(update_fields=["name"])
