from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from framing.models import Assumption, AssumptionState, Risk, Uncertainty


class CheckForm(forms.ModelForm):
    """What somebody observed about a part of the framing; its words are not in it."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class AssumptionCheckForm(CheckForm):
    state = forms.ChoiceField(
        label=_("Does it hold?"),
        choices=[choice for choice in AssumptionState.choices if choice[0] != "untested"],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Assumption
        fields = ("state", "checked_on", "note", "revision")
        widgets = {
            "note": forms.Textarea({"rows": 3}),
            "checked_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {"note": _("How do you know? A few words, or the number of a story.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["checked_on"] = timezone.localdate()
        self.initial["note"] = ""


class UncertaintyStateForm(CheckForm):
    class Meta:
        model = Uncertainty
        fields = ("state", "revision")
        widgets = {"state": forms.RadioSelect}


class RiskStateForm(CheckForm):
    class Meta:
        model = Risk
        fields = ("state", "note", "revision")
        widgets = {"state": forms.RadioSelect, "note": forms.Textarea({"rows": 3})}


CHECK_FORMS: dict[str, type[CheckForm]] = {
    "assumption": AssumptionCheckForm,
    "uncertainty": UncertaintyStateForm,
    "risk": RiskStateForm,
}
