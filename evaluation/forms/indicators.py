"""A new indicator in one step: the fields of every kind stand on the form, those of one count."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.forms.kinds import (
    KIND_FIELDS,
    OF_KINDS,
    baseline_given,
    definition_of,
    levels_written,
    target_given,
)
from evaluation.models import Direction, Indicator, IndicatorKind, PeriodLength, TargetKind
from evaluation.people_words import reads_like_people
from framing.forms.drafts import named
from framing.models import Aspiration
from learningspaces.lib.text import plain_text
from spaces.forms.members import Among, MemberField, Offered
from spaces.models import Membership
from valuecreation.cycles import Cycle

KNOWN, NOT_KNOWN = "known", "not_known"


def sentence(choices):
    """The choices, each with a capital: they stand alone on a form."""
    return [(code, capfirst(str(words))) for code, words in choices]


def words(label, *, most=300, help_text="", required=False, rows=0):
    """A field for words, one line or several."""
    widget = forms.Textarea({"rows": rows, "class": "plain"}) if rows else None
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=help_text,
        required=required,
        widget=widget,
        validators=[plain_text],
    )


class EditableFields(forms.Form):
    """Who looks after an indicator, how, and what is hoped for: these may change."""

    frequency = words(gettext_lazy("How often"), most=120)
    source = words(gettext_lazy("Where the figure comes from"))
    steward = MemberField(
        label=gettext_lazy("Who looks after it"),
        required=False,
        empty_label=gettext_lazy("nobody yet"),
        help_text=gettext_lazy("The steward may record what is observed."),
    )
    burden_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes it takes each time"),
        min_value=0,
        max_value=100_000,
        required=False,
    )
    note = words(
        gettext_lazy("What to show beside the line"),
        most=20000,
        rows=2,
        help_text=gettext_lazy("What else moved it, what the figure hides."),
    )
    lag_note = words(gettext_lazy("How late it reacts"), most=4000, rows=2)
    proxy_note = words(
        gettext_lazy("If it stands in for something else: for what, and why you think so"),
        most=4000,
        rows=2,
    )

    def __init__(self, *args, space, **kwargs):
        super().__init__(*args, **kwargs)
        self.space = space
        people = Membership.objects.current().in_space(space)
        self.fields["steward"].offer(Offered(people, space=space, among=Among.CURRENT))


class TargetFields(forms.Form):
    """What one hopes to reach, and who agreed to it."""

    target_kind = forms.ChoiceField(
        label=gettext_lazy("What kind of target it is"),
        choices=lambda: sentence(TargetKind.choices),
    )
    target_on = forms.DateField(
        label=gettext_lazy("To be reached by"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
    )


class DeriveForm(TargetFields, EditableFields):
    """What would be different on an ordinary Tuesday, as a sign that can be watched."""

    aspiration = forms.ModelChoiceField(
        label=gettext_lazy("The hope it is a sign of"),
        queryset=Aspiration.objects.none(),
        required=False,
        empty_label=gettext_lazy("none of these"),
    )
    cycle = forms.ChoiceField(
        label=gettext_lazy("Cycle"),
        choices=[("", gettext_lazy("that of the hope")), *Cycle.choices],
        required=False,
        help_text=gettext_lazy("Only where it is a sign of no hope in the framing."),
    )
    name = words(gettext_lazy("Name"), most=200, required=True)
    question = words(gettext_lazy("The question it answers"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of sign it is"),
        choices=lambda: sentence(IndicatorKind.choices),
        widget=forms.RadioSelect,
    )
    unit = words(gettext_lazy("Unit, in words"), help_text=gettext_lazy("Of what, among whom."))
    direction = forms.ChoiceField(
        label=gettext_lazy("Which way you hope it moves"),
        choices=lambda: sentence(Direction.choices),
    )
    baseline_known = forms.ChoiceField(
        label=gettext_lazy("How it was before"),
        choices=[
            (KNOWN, gettext_lazy("Known: written with the kind, above")),
            (NOT_KNOWN, gettext_lazy("Not known")),
        ],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("No baseline is fine. Saying so is part of the figure."),
    )
    baseline_on = forms.DateField(
        label=gettext_lazy("Baseline taken on"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
    )
    period_length = forms.ChoiceField(
        label=gettext_lazy("Each figure covers"),
        choices=[("", gettext_lazy("as long a period as the first one")), *PeriodLength.choices],
        required=False,
        help_text=gettext_lazy("A target is one for this length; figures of another are refused."),
    )
    method = words(gettext_lazy("How it is worked out"), most=4000, rows=2)
    warns_of_harm = forms.BooleanField(
        label=gettext_lazy("It would warn us of harm"), required=False
    )
    counts_people = forms.BooleanField(
        label=gettext_lazy("It counts people"),
        required=False,
        help_text=gettext_lazy("Figures about very few people are then shown to nobody."),
    )
    sensitive = forms.ChoiceField(
        label=gettext_lazy("If it counts people: is it sensitive?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        widget=forms.RadioSelect,
        required=False,
        help_text=gettext_lazy(
            "Where it is, figures that tell nearly everybody’s answer (6 of 6, 0 of 6) or that one "
            "person makes almost alone are shown to nobody either."
        ),
    )
    people_proposed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, version=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= {name: make() for name, make in KIND_FIELDS.items()}
        if version:
            aspirations = Aspiration.objects.in_version(version)
            self.fields["aspiration"].queryset = aspirations
        self.fields["aspiration"].label_from_instance = named

    def groups(self):
        """The fields of each kind, for the page to put in a fieldset of its own."""
        return [
            (kind, str(IndicatorKind(kind).label), [self[name] for name in names])
            for kind, names in OF_KINDS.items()
        ]

    def clean(self):
        """Only the fields of the chosen kind matter; what stands in the others is left alone."""
        data = super().clean()
        kind = data.get("kind")
        own = OF_KINDS.get(kind, ())
        for name in KIND_FIELDS.keys() - set(own):
            self._errors.pop(name, None)
            data.pop(name, None)
        if not data.get("aspiration") and not data.get("cycle") and "aspiration" in self.fields:
            self.add_error("aspiration", _("Choose a hope, or else a cycle."))
        if kind and not any(name in self._errors for name in own):
            self._check_kind(kind, data)
        self._ask_about_people(data)
        return data

    def _ask_about_people(self, data):
        """A unit that reads like people proposes once that it counts them; a person decides."""
        texts = ("unit", "numerator_def", "denominator_def")
        word = reads_like_people(*(data.get(name) for name in texts))
        proposed = data.pop("people_proposed", False)
        sensitive = data.pop("sensitive", "")
        if word and not data.get("counts_people") and not proposed:
            self.data = self.data.copy()
            self.data[self.add_prefix("counts_people")] = "on"
            self.data[self.add_prefix("people_proposed")] = "on"
            said = _(
                "“%(word)s” reads like people, so this is ticked as a proposal. Say whether it is "
                "sensitive, or take the tick away if it does not count people, and send again."
            )
            self.add_error("counts_people", said % {"word": word})
        elif data.get("counts_people") and not sensitive:
            self.add_error("sensitive", _("Say whether it is sensitive: it counts people."))
        data["sensitive"] = sensitive == "yes" and bool(data.get("counts_people"))

    def _check_kind(self, kind, data):
        try:
            data["levels"] = levels_written(data.get("rubric_levels")) if kind == "rubric" else None
        except ValidationError as fault:
            self.add_error("rubric_levels", fault)
            return
        self._ask_what_a_new_one_needs(kind, data)
        data["baseline"] = baseline_given(kind, data)
        data["target"] = target_given(kind, data)
        known = data.get("baseline_known")
        if known == KNOWN and data["baseline"] is None:
            self.add_error(f"{kind}_baseline", _("Write the figure, or say that it is not known."))
        if known == NOT_KNOWN and data["baseline"] is not None:
            self.add_error("baseline_known", _("You wrote a figure. Say that it is known."))
        if data["target"] is None and data.get("target_kind") not in (None, TargetKind.NONE):
            self.add_error("target_kind", _("Write the target, or choose “No target”."))

    def _ask_what_a_new_one_needs(self, kind, data):
        """Whoever makes a scale or a rubric is asked for its ends or levels."""
        if kind == "scale" and None in (data.get("scale_min"), data.get("scale_max")):
            self.add_error("scale_max", _("Say where the scale begins and where it ends."))
        if kind == "rubric" and len(data["levels"]) < 2:
            said = _("A rubric needs at least two levels, each with its wording.")
            self.add_error("rubric_levels", said)

    @property
    def places(self) -> dict:
        """Where the faults of columns stand on this form."""
        kind = self.cleaned_data.get("kind", "")
        there = {"baseline": f"{kind}_baseline", "target": f"{kind}_target"}
        return there | {"levels": "rubric_levels"}

    @property
    def definition(self) -> dict:
        """The fields of the indicator, as the action takes them."""
        return definition_of(self.cleaned_data)


class RedefineForm(DeriveForm):
    """A changed definition: the hope stays, everything else may be said anew."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["aspiration"], self.fields["cycle"]


class EditIndicatorForm(TargetFields, EditableFields):
    """What may change without changing what an indicator means."""

    places = {"target": "target_value"}

    def __init__(self, *args, indicator: Indicator, **kwargs):
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        name = f"{indicator.kind}_target"
        if name in KIND_FIELDS:
            self.fields["target_value"] = KIND_FIELDS[name]()
        else:
            del self.fields["target_kind"], self.fields["target_on"]

    def clean(self):
        data = super().clean()
        if "target_value" in self.fields:
            value = data.pop("target_value", None)
            data["target"] = target_given(
                self.indicator.kind, {f"{self.indicator.kind}_target": value}
            )
        return data
