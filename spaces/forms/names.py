from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from spaces.presentation.names import is_also_a_word


class OtherNameForm(forms.Form):
    """What somebody is called beside their name."""

    name = forms.CharField(
        label=_("Also called"),
        max_length=120,
        validators=[plain_text],
        help_text=_("A nickname, initials, another spelling, an address."),
    )
    also_a_word = forms.BooleanField(
        label=_("It is also a word, and they go by it"),
        required=False,
        help_text=_("With a capital it gives way wherever it stands. In small letters it stays."),
    )

    def __init__(self, *args, practices=(), **kwargs):
        super().__init__(*args, **kwargs)
        typed = self["name"].value() or ""
        if not is_also_a_word(typed, practices):
            del self.fields["also_a_word"]

    def clean(self):
        """What is also a word is decided by whoever adds it."""
        data = super().clean()
        if not data.get("also_a_word", True):
            self.add_error("also_a_word", _g("This is also a word. Tick this if they go by it."))
        return data
