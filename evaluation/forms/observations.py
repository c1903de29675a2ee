"""What was observed in a period; the fields follow the indicator's kind."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.forms.kinds import as_answer, number_field
from evaluation.models import Indicator, IndicatorKind, Observation
from evaluation.period_lengths import WRITTEN, length_of
from evaluation.presentation.indicator_words import levels_of
from evaluation.rules import cleaned
from learningspaces.lib.periods import next_period, period_days, period_of
from learningspaces.lib.text import MAX_TEXT, plain_text


def proposed_period(indicator: Indicator, today) -> str:
    """The first period that has begun and is not recorded yet; empty when all of them are."""
    current = [seen for seen in indicator.observations.all() if not seen.superseded_by_id]
    if not current:
        return period_of(today, length_of(indicator, ()) or "Q")
    last = max(current, key=lambda seen: seen.period_end).period
    due = next_period(last)
    return due if period_days(due)[0] <= today else ""


class ObservationForm(forms.Form):
    """One observation, or that nothing was observed."""

    period = forms.CharField(
        label=gettext_lazy("Period"),
        max_length=10,
        help_text=gettext_lazy("2025, 2025-H1, 2025-Q1, 2025-03 or 2025-03-14"),
        validators=[plain_text],
    )
    missing = forms.BooleanField(
        label=gettext_lazy("Nothing was observed in this period"),
        required=False,
        help_text=gettext_lazy("It is drawn as a gap, never as zero."),
    )
    mostly_one = forms.BooleanField(
        label=gettext_lazy("One person makes more than nine tenths of it"),
        required=False,
        help_text=gettext_lazy("It is then kept, and shown to nobody."),
    )
    collected_on = forms.DateField(
        label=gettext_lazy("Collected on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label=gettext_lazy("What to know about this figure"),
        max_length=MAX_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 2, "class": "plain"}),
        validators=[plain_text],
    )
    other_influences = forms.CharField(
        label=gettext_lazy("What else may have moved it"),
        max_length=MAX_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 2, "class": "plain"}),
        validators=[plain_text],
    )

    def __init__(self, *args, indicator: Indicator, **kwargs):
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        periods = [seen.period for seen in indicator.observations.all()]
        if length := length_of(indicator, periods):
            like = _("Like %(written)s: each figure of this indicator covers as long a period.")
            self.fields["period"].help_text = like % {"written": WRITTEN[length]}
        self.fields |= value_fields(indicator)
        if not may_be_mostly_one(indicator):
            del self.fields["mostly_one"]
        first = ["period", *value_fields(indicator), "mostly_one", "missing"]
        self.order_fields([*first, "collected_on", "note", "other_influences"])

    def clean(self):
        data = super().clean()
        names = list(value_fields(self.indicator))
        if any(name in self._errors for name in names) and not data.get("missing"):
            return data
        given = [data.get(name) for name in names]
        if data.get("missing"):
            self._leave_out(names, given)
            data["value"] = None
        elif all(value in (None, "") for value in given):
            self.add_error(names[0], _("Write what was observed, or say that nothing was."))
        else:
            self._check(names, given, data)
        return data

    def _leave_out(self, names, given):
        for name in names:
            self._errors.pop(name, None)
        if any(value not in (None, "") for value in given):
            self.add_error("missing", _("You wrote a figure as well. Keep one of the two."))

    def _check(self, names, given, data):
        try:
            data["value"] = cleaned(self.indicator, as_stored(self.indicator.kind, given))
        except ValidationError as fault:
            self.add_error(names[-1], fault)

    @property
    def period_typed(self) -> str:
        """The period as it would be stored, also when the form was refused."""
        return str(self.data.get(self.add_prefix("period"), "")).strip().upper()

    @property
    def observed(self) -> dict:
        """What the action takes."""
        names = ("period", "value", "mostly_one", "collected_on", "note", "other_influences")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def may_be_mostly_one(indicator: Indicator) -> bool:
    """Whether it is asked if one person makes nearly all of it: of sensitive sums and means."""
    return indicator.sensitive and indicator.kind in (IndicatorKind.COUNT, IndicatorKind.SCALE)


class CorrectionForm(ObservationForm):
    """A corrected figure for the same period, with why."""

    reason = forms.CharField(
        label=gettext_lazy("Why it changes"),
        max_length=MAX_TEXT,
        widget=forms.Textarea({"rows": 2, "class": "plain"}),
        validators=[plain_text],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["period"]


def value_fields(indicator: Indicator) -> dict[str, forms.Field]:
    """The fields in which a value of this kind is written."""
    if indicator.kind == "ratio":
        part = capfirst(indicator.numerator_def) or _("So many")
        whole = capfirst(indicator.denominator_def) or _("Of so many")
        return {"part": number_field(part), "whole": number_field(whole)}
    return {"value": VALUE_FIELDS[indicator.kind](indicator)}


def level_field(indicator: Indicator) -> forms.Field:
    """One of the rubric's levels, in its words; a number where no levels are worded."""
    levels = sorted(levels_of(indicator).items())
    if not levels:
        return number_field(_("Level"))
    choices = [(str(level), f"{level} {words}") for level, words in levels]
    return forms.ChoiceField(
        label=_("Level"), choices=choices, required=False, widget=forms.RadioSelect
    )


VALUE_FIELDS = {
    "count": lambda indicator: number_field(_("How many")),
    "scale": lambda indicator: number_field(
        _("From %(low)s to %(high)s") % {"low": indicator.scale_min, "high": indicator.scale_max}
        if indicator.scale_max is not None
        else _("On the scale")
    ),
    "rubric": level_field,
    "text": lambda indicator: forms.CharField(
        label=_("What was observed"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea({"rows": 4}),
        validators=[plain_text],
    ),
    "yes_no": lambda indicator: forms.ChoiceField(
        label=_("Yes or no"),
        required=False,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    ),
}


def as_stored(kind: str, given: list):
    """What was typed, in the form in which values of this kind are kept."""
    if kind == "ratio":
        return given
    if kind == "rubric":
        return int(given[0])
    return as_answer(given[0]) if kind == "yes_no" else given[0]


def typed(observation: Observation) -> dict:
    """A stored observation, back in the fields."""
    kind, value = observation.indicator.kind, observation.value
    filled = {"missing": value is None, "note": observation.note}
    filled["other_influences"] = observation.other_influences
    filled["mostly_one"] = observation.mostly_one
    filled["collected_on"] = observation.collected_on
    if value is None:
        return filled
    if kind == "ratio":
        return filled | {"part": value[0], "whole": value[1]}
    answers = {True: "yes", False: "no"}
    return filled | {"value": answers[value] if isinstance(value, bool) else value}
