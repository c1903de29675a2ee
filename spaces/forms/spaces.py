from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from spaces.forms.days import stated_day
from spaces.forms.zones import ZoneField
from spaces.models import QUIET_AFTER, Governance, Space, StructureKind
from spaces.space_templates import GAP


class SpaceForm(forms.ModelForm):
    """What a space says about itself; the same form founds and edits."""

    structure_kind = forms.MultipleChoiceField(
        label=_("Kind of structure"),
        choices=StructureKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Describes the space; several may be true, and it may change."),
    )
    governance = forms.ChoiceField(
        label=_("Governance"), choices=Governance, widget=forms.RadioSelect
    )
    founded_on = stated_day(
        _("When did it begin?"),
        required=False,
        help_text=_("It may have begun long before this page. Empty means today."),
    )
    time_zone = ZoneField(proposes=False)

    class Meta:
        model = Space
        fields = (
            "name",
            "purpose",
            "unsure_of",
            "attention",
            "structure_kind",
            "governance",
            "boundary_policy",
            "confidentiality_note",
            "legal_basis",
            "rhythm",
            "founded_on",
            "time_zone",
            "min_group_size",
        )
        widgets = {
            "purpose": forms.Textarea({"rows": 3}),
            "unsure_of": forms.Textarea({"rows": 3}),
            "attention": forms.Textarea({"rows": 2}),
            "confidentiality_note": forms.Textarea({"rows": 2}),
            "boundary_policy": forms.RadioSelect,
        }
        help_texts = {
            "purpose": _("One sentence. What will be better, and for whom?"),
            "unsure_of": _("What nobody here knows yet. A space works on its uncertainties."),
            "attention": _("How will you look at what happens when somebody tries something?"),
            "boundary_policy": _("Who may come in."),
            "confidentiality_note": _("What must not leave the room."),
            "legal_basis": _(
                "On what the law lets you keep what people tell, as agreed with whoever answers "
                "for data protection. It is not the same as a teller's own consent."
            ),
            "rhythm": _("For example: second Tuesday of the month, 75 minutes."),
            "min_group_size": _("Figures about fewer people than this are not shown."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        periods = dict(QUIET_AFTER) | (self.instance.stall_after_days or {})
        words = {
            "potential": _("Quiet after so many days: something taken away"),
            "applied": _("Quiet after so many days: something tried"),
            "realized": _("Quiet after so many days: a difference made"),
            "strategic": _("Quiet after so many days: a talk with a stakeholder"),
        }
        for cycle, label in words.items():
            self.fields[f"quiet_{cycle}"] = forms.IntegerField(
                label=label,
                min_value=1,
                max_value=3650,
                initial=self.initial.get(f"quiet_{cycle}", periods[cycle]),
            )

    def clean(self):
        cleaned = super().clean()
        cleaned["stall_after_days"] = (self.instance.stall_after_days or {}) | {
            cycle: cleaned.pop(f"quiet_{cycle}", days) for cycle, days in QUIET_AFTER.items()
        }
        return cleaned


class FoundingForm(SpaceForm):
    time_zone = ZoneField()

    def clean_purpose(self):
        """The sentence a template begins has gaps, which only its people can fill."""
        purpose = self.cleaned_data["purpose"]
        if f" {GAP}" in f" {purpose}":
            raise forms.ValidationError(
                _g("This sentence has a gap still. Put your own words where the dots are.")
            )
        return purpose


class EditSpaceForm(SpaceForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta(SpaceForm.Meta):
        fields = (*SpaceForm.Meta.fields, "revision")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["founded_on"].help_text = _("It may have begun long before this page.")

    def clean_founded_on(self):
        """Left empty, it stays as it was."""
        return self.cleaned_data["founded_on"] or self.initial["founded_on"]


class ClosingForm(forms.Form):
    reflection = forms.CharField(
        label=_("Closing reflection"),
        help_text=_(
            "What has changed, what has not, and what did you learn about learning together? "
            "Everybody in the space can read it."
        ),
        max_length=20000,
        validators=[plain_text],
        widget=forms.Textarea({"rows": 8}),
    )
