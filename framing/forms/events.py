from django import forms
from django.utils.translation import gettext_lazy as _

from framing.agenda import STEPS
from framing.models import BoardNote, BoardNoteKind, FramingEvent, FramingStep
from learningspaces.lib.text import plain_text
from spaces.forms.members import Among, MemberField, MembersField, Offered, readable_members
from valuecreation.cycles import Cycle


class EventForm(forms.ModelForm):
    """When and where a framing event is, and who is asked to come."""

    facilitator = MemberField(
        label=_("Who facilitates"),
        help_text=_("Not the sponsor."),
        empty_label=_("choose somebody"),
    )
    people = MembersField(
        label=_("Who is invited"),
        help_text=_("A sponsor reads the board only at the steps marked for it."),
        required=False,
        select=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = FramingEvent
        fields = ("title", "starts_at", "place", "facilitator", "people")
        widgets = {
            "starts_at": forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        }

    def __init__(self, *args, space, person, **kwargs):
        super().__init__(*args, **kwargs)
        for name, among in (("people", Among.CURRENT), ("facilitator", Among.INSIDE)):
            here = readable_members(person, space, among)
            self.fields[name].offer(Offered(here, space=space, among=among))
        self.fields["starts_at"].help_text = _("In your time zone, %(zone)s.") % {
            "zone": person.time_zone.replace("_", " ")
        }
        if self.instance.pk:
            self.fields["revision"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=self.instance.revision
            )


class EventStepForm(forms.Form):
    """One line of the agenda; an empty line is no step."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Step"), max_length=120, required=False, validators=[plain_text]
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600, required=False)
    order = forms.IntegerField(label=_("Place"), min_value=1, max_value=99, required=False)
    prompt = forms.CharField(
        label=_("What to ask"), max_length=300, required=False, validators=[plain_text]
    )
    with_sponsor = forms.BooleanField(label=_("The sponsor takes part"), required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("title") and not cleaned.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", _("Say how many minutes this step takes."))
        return cleaned


StepFormSet = forms.formset_factory(EventStepForm, extra=2, max_num=30, absolute_max=40)


def steps_of(event: FramingEvent | None) -> list[dict]:
    """What the agenda's lines begin with: the event's own steps, or the field's."""
    names = ("title", "minutes", "prompt", "with_sponsor")
    lines = list(event.steps.all()) if event else list(STEPS)
    return [
        {name: getattr(line, name) for name in names}
        | {"order": order, "pk": line.pk if isinstance(line, FramingStep) else None}
        for order, line in enumerate(lines, start=1)
    ]


def agenda(formset) -> list[dict]:
    """The lines that were filled in, in the order of their places."""
    lines = [form.cleaned_data for form in formset.forms if form.cleaned_data.get("title")]
    places = {id(line): place for place, line in enumerate(lines)}
    return sorted(lines, key=lambda line: (line.get("order") or 99, places[id(line)]))


class ComingForm(forms.Form):
    """The answer to an invitation."""

    coming = forms.TypedChoiceField(
        choices=[("yes", _("I am coming")), ("no", _("Not this time"))],
        coerce=lambda answer: answer == "yes",
    )


class NoteForm(forms.ModelForm):
    """A hope or a doubt in one column of the board."""

    kind = forms.ChoiceField(
        label=_("This is"),
        choices=BoardNoteKind,
        widget=forms.RadioSelect,
        initial=BoardNoteKind.HOPE,
    )

    class Meta:
        model = BoardNote
        fields = ("text", "kind")
        widgets = {"text": forms.Textarea({"rows": 2, "data-focus": ""})}
        labels = {"text": _("In your own words")}


class ChangeNoteForm(NoteForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta(NoteForm.Meta):
        fields = ("text", "kind", "cycle", "revision")


class QuestionForm(forms.Form):
    """Has our question changed? Two minutes inside a session."""

    unsure = forms.CharField(
        label=_("What are we unsure of now?"),
        max_length=20000,
        required=False,
        validators=[plain_text],
        widget=forms.Textarea({"rows": 2}),
    )
    aspiration = forms.CharField(
        label=_("What do we hope for that the framing does not say?"),
        max_length=20000,
        required=False,
        validators=[plain_text],
        widget=forms.Textarea({"rows": 2}),
    )
    cycle = forms.ChoiceField(label=_("The cycle of that hope"), choices=Cycle)
