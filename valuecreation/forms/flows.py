"""What led to what, what was hoped for and happened, and how it was taken up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import MAX_TEXT, plain_text
from spaces.forms.days import stated_day
from valuecreation.cycles import TURNED_OUT, Precision
from valuecreation.forms.moments import KINDS, NOT_HERE, MomentChoiceField, sentence
from valuecreation.models import BlockedReason, FlowStatus, UptakeKind

REASONS = [("", _("none")), *BlockedReason.choices]
UPTAKES = [
    (UptakeKind.WORDS, _("somebody said or did something")),
    (UptakeKind.AGENDA_ITEM, _("it is on the agenda")),
    (UptakeKind.COMMITMENT, _("somebody committed to it")),
]
DAY = {"invalid": _("This is not a day. Write it like 2026-03-14.")}


def day_field(label, **kwargs):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=DAY, **kwargs)


class ClaimFlowForm(forms.Form):
    """Says what a moment led to, or what it came from."""

    places = {"target": "other"}

    direction = forms.ChoiceField(
        label=_("What do you want to say?"),
        choices=[("to", _("It led to …")), ("from", _("It came from …"))],
        initial="to",
        widget=forms.RadioSelect,
    )
    other = MomentChoiceField(
        label=_("Which moment"),
        required=False,
        error_messages={"invalid_choice": NOT_HERE},
    )
    kind = forms.ChoiceField(label=_("How"), choices=KINDS, required=False)
    status = forms.ChoiceField(
        label=_("How does it stand?"),
        choices=lambda: [("", _("as the two moments suggest")), *sentence(FlowStatus.choices)],
        required=False,
    )
    due_on = day_field(_("Promised by"), required=False)
    reason = forms.ChoiceField(label=_("What stands in the way"), choices=REASONS, required=False)
    note = forms.CharField(
        label=_("A note"),
        max_length=MAX_TEXT,
        required=False,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, moment, sources, **kwargs):
        super().__init__(*args, **kwargs)
        self.moment = moment
        self.fields["other"].offer(sources)

    def clean(self):
        data = super().clean()
        if data.get("direction") == "from" and not data.get("other"):
            self.add_error("other", _("Choose the moment it came from."))
        return data

    def ends(self) -> dict:
        """The two moments in the direction that was said."""
        other = self.cleaned_data["other"]
        if self.cleaned_data["direction"] == "from":
            return {"source": other, "target": self.moment}
        return {"source": self.moment, "target": other}

    def said(self) -> dict:
        names = ("kind", "status", "due_on", "reason", "note")
        return {name: self.cleaned_data[name] for name in names}


class ConfirmHopeForm(forms.Form):
    """What was hoped for happened: when, and in which words."""

    places = {"occurred_on": "on", "occurred_until": "until"}

    text = forms.CharField(
        label=_("What happened in the end?"),
        max_length=MAX_TEXT,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you hoped for first is kept beside it."),
    )
    on = day_field(_("When"))
    precision = forms.ChoiceField(
        label=_("How exactly do you know the day?"), choices=lambda: sentence(Precision.choices)
    )
    until = stated_day(_("Of several days, the last"), required=False)
    polarity = forms.ChoiceField(
        label=_("How did it turn out?"),
        choices=lambda: sentence(TURNED_OUT),
        widget=forms.RadioSelect,
    )


class WhyForm(forms.Form):
    """A hope is let go, and why."""

    why = forms.CharField(
        label=_("Why is it let go?"),
        max_length=2000,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A few words help those who hope for something like it."),
    )


class TakeUpForm(forms.Form):
    """How what somebody brought back was taken up."""

    kind = forms.ChoiceField(
        label=_("How was it taken up?"),
        choices=UPTAKES,
        initial=UptakeKind.WORDS,
        widget=forms.RadioSelect,
    )
    label = forms.CharField(
        label=_("In a few words"),
        max_length=4000,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
