from django import forms
from django.utils.translation import gettext_lazy as _

from framing.forms.drafts import named
from framing.models import Aspiration, SponsorAspiration
from spaces.models import Membership
from spaces.permissions import Role


class SponsorAspirationForm(forms.ModelForm):
    """A sponsor's hope, in their words; somebody who records it says whose it is."""

    class Meta:
        model = SponsorAspiration
        fields = ("text", "cycle", "stated_by")
        widgets = {"text": forms.Textarea({"rows": 3})}

    def __init__(self, *args, space, by, **kwargs):
        super().__init__(*args, **kwargs)
        if by.holds(Role.SPONSOR):
            del self.fields["stated_by"]
            return
        field = self.fields["stated_by"]
        field.queryset = Membership.objects.in_space(space).sponsoring().by_name()
        field.label, field.empty_label = _("Who said it"), _("choose the sponsor")
        self.fields["text"].label = _("What they hope for, in their words")


class TieForm(forms.Form):
    """A hope of the framing that a moment speaks to."""

    aspiration = forms.ModelChoiceField(
        queryset=Aspiration.objects.none(),
        label=_("A hope this speaks to"),
        empty_label=_("choose a hope"),
    )

    def __init__(self, *args, aspirations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["aspiration"].queryset = aspirations
        self.fields["aspiration"].label_from_instance = named
