"""How a teller is named when they share by one tap for the first time in a space; a name for it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from valuecreation.consent import Attribution

FIRST_TIME = [
    (Attribution.NAMED, _("With my name")),
    (Attribution.ROLE, _("By what I do")),
    (Attribution.ANONYMOUS, _("Without a trace of me")),
]


class ShareForm(forms.Form):
    """Nothing is chosen beforehand; later shares are named as the last one was."""

    attribution = forms.ChoiceField(
        label=_("How do you want to be named?"),
        choices=FIRST_TIME,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("In this space it is asked once. You can change it for each story."),
    )

    as_said = forms.ChoiceField(
        choices=Attribution.choices, required=False, widget=forms.HiddenInput
    )

    def named(self) -> str:
        """How the teller chose to be named, or how the page they pressed on said they would be."""
        return self.cleaned_data["attribution"] or self.cleaned_data["as_said"]


class StoryNameForm(forms.Form):
    """A name for a story."""

    title = forms.CharField(label=_("A name for it"), max_length=200, validators=[plain_text])
