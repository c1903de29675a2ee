from django import forms
from django.utils.translation import gettext_lazy as _

from framing.forms.drafts import named
from framing.models import Aspiration, SponsorAspiration
from spaces.forms.members import Among, MemberField, Offered, readable_members
from spaces.permissions import Role


class SponsorAspirationForm(forms.ModelForm):
    """A sponsor's hope, in their words; somebody who records it says whose it is."""

    stated_by = MemberField(label=_("Who said it"), empty_label=_("choose the sponsor"))

    class Meta:
        model = SponsorAspiration
        fields = ("text", "cycle", "stated_by")
        widgets = {"text": forms.Textarea({"rows": 3})}

    def __init__(self, *args, space, by, **kwargs):
        super().__init__(*args, **kwargs)
        if by.holds(Role.SPONSOR):
            del self.fields["stated_by"]
            return
        sponsors = readable_members(by.person, space, Among.SPONSORS)
        self.fields["stated_by"].offer(Offered(sponsors, space=space, among=Among.SPONSORS))
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
