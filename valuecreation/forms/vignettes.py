"""A composite vignette: its words, and the stories it is drawn from."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text


class VignetteForm(forms.Form):
    """Stories are offered by title and first words, as whoever writes may read them."""

    title = forms.CharField(label=_("What it is called"), max_length=200, validators=[plain_text])
    text = forms.CharField(
        label=_("The composite"),
        max_length=20000,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("In words of your own, and without the name of anybody here."),
    )
    stories = forms.MultipleChoiceField(
        label=_("Drawn from which stories?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Three people's or more. It goes where all of them go, and no further."),
    )

    def __init__(self, *args, cards, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stories"].choices = [
            (public_id, f"{card.title}: {Truncator(card.first_words).words(10)}")
            for public_id, card in cards
        ]
