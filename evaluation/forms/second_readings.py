from django import forms
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text

BY = "instead-of-"


class SettlingForm(forms.Form):
    """Every word that still stands, with what is to stand in its place."""

    def __init__(self, *args, standing: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        for word, place in standing.items():
            self.fields[f"{BY}{word}"] = forms.CharField(
                label=word,
                help_text=place,
                required=False,
                max_length=200,
                validators=[plain_text],
                widget=forms.TextInput({"placeholder": _("leave it")}),
            )

    @property
    def settled(self) -> dict[str, str]:
        """What stands in the place of each word; nothing where it stays."""
        return {name.removeprefix(BY): value for name, value in self.cleaned_data.items()}
