from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from framing.models import (
    Answer,
    Aspiration,
    FramingVersion,
    Risk,
    SignToWatch,
    Uncertainty,
    VersionAnswer,
    Whose,
)
from framing.models.parts import Assumption
from framing.moments import line, recent
from learningspaces.lib.public_ids import is_public_id, public_id_in
from learningspaces.lib.text import labelled, plain_text
from spaces.forms.days import stated_day
from spaces.forms.members import Among, MemberField, Offered, readable_members
from valuecreation.models import Moment, Story


def rows(lines: int) -> forms.Textarea:
    return forms.Textarea({"rows": lines})


class CausesForm(forms.Form):
    """The moments that brought a change of the framing about."""

    moments = forms.MultipleChoiceField(
        label=_("Moments that brought this about"),
        help_text=_(
            "What happened lately, as far as you may read it. Choose any that made you ask."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    addresses = forms.CharField(
        label=_("Others, by their story's address"),
        help_text=_(
            "Copy the address of a story's page, one a line. Its last moment that happened is "
            "meant."
        ),
        max_length=2000,
        required=False,
        validators=[plain_text],
    )

    def __init__(self, *args, space, person, also=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.space, self.person = space, person
        picked = self.data.getlist("moments") if hasattr(self.data, "getlist") else []
        also = (*also, *filter(is_public_id, picked))
        self.fields["moments"].choices = [
            (entry.public_id, line(entry)) for entry in recent(space, person, also=also)
        ]

    def clean_addresses(self):
        """The last moment of each story named, which must be one that the person may read."""
        wanted = self.cleaned_data["addresses"].split()
        stories = Story.objects.for_reader(self.space, self.person)
        readable = Moment.objects.for_reader(self.space, self.person).actual()
        found = []
        for address in wanted:
            story = stories.at_address(public_id_in(address)).first()
            last = story and readable.in_story(story).latest_first().first()
            if last is None:
                said = now(
                    "There is no story that you may read at %(address)s. Correct it or delete it."
                )
                raise forms.ValidationError(said % {"address": address[:100]})
            found.append(last)
        return found

    def chosen(self) -> list[Moment]:
        """The moments that were ticked and those that were named."""
        ticked = self.cleaned_data.get("moments", [])
        readable = Moment.objects.for_reader(self.space, self.person)
        return [*readable.at_addresses(ticked), *self.cleaned_data.get("addresses", [])]


class NewDraftForm(CausesForm):
    """How a version begins: the difference, and from the second on why and through what."""

    difference = forms.CharField(
        label=_("The difference we care about"),
        help_text=_("For now, and in your own words. It can be put better later."),
        max_length=4000,
        validators=[plain_text],
        widget=rows(3),
    )
    reason = forms.CharField(
        label=_("Why we reframe"),
        help_text=_("What have you seen that the framing so far cannot say?"),
        max_length=20000,
        validators=[plain_text],
        widget=rows(3),
    )
    field_order = ("difference", "reason", "moments", "addresses")

    def __init__(self, *args, current=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["difference"].initial = current.difference if current else self.space.purpose
        if current is None:
            for name in ("reason", "moments", "addresses"):
                del self.fields[name]


class DraftForm(forms.ModelForm):
    """What a draft says besides its parts."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = FramingVersion
        fields = ("difference", "reason", "agreement", "review_on", "revision")
        widgets = {
            "difference": rows(3),
            "reason": rows(3),
            "agreement": rows(3),
            "review_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "reason": _("What have you seen that the framing so far cannot say?"),
            "agreement": _(
                "Who this is for and who is missing, ways of taking part, what stays in the room, "
                "how newcomers will be told."
            ),
            "review_on": _("A framing without such a day is seldom looked at again."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.supersedes_id:
            del self.fields["reason"]


class AnswerForm(forms.ModelForm):
    """What a member says to a draft, for themselves; nothing is chosen beforehand."""

    answer = forms.ChoiceField(
        label=_("What you say to it"),
        choices=[(code, label) for code, label in Answer.choices if code != Answer.SILENT],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = VersionAnswer
        fields = ("answer", "words")
        widgets = {"words": rows(3)}
        help_texts = {
            "words": _(
                "May stay empty if you agree. What you say stays with the frame, in your words."
            )
        }


class ClosingDayForm(forms.ModelForm):
    """The day on which a draft stands, whoever has answered by then."""

    class Meta:
        model = FramingVersion
        fields = ("answers_until",)
        widgets = {"answers_until": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "answers_until": _(
                "Whoever has not answered by then is said to have been silent. Leave it empty to "
                "wait for everybody."
            )
        }


class StandForm(forms.Form):
    """The day on which the members agreed, if it was before today."""

    agreed_on = stated_day(
        _("Agreed on"),
        required=False,
        help_text=_("Empty means today. You may have agreed earlier, somewhere else."),
    )


class PartForm(forms.ModelForm):
    """A part of a draft; forms of the same page are told apart by their prefix."""

    def __init__(self, *args, version, person, **kwargs):
        super().__init__(*args, **kwargs)
        if "aspiration" in self.fields:
            field = self.fields["aspiration"]
            field.queryset = Aspiration.objects.for_user(person).in_version(version)
            field.label, field.empty_label = _("About which hope"), _("about none in particular")
            field.label_from_instance = named
        if "owner" in self.fields:
            here = readable_members(person, version.space, Among.INSIDE)
            offered = Offered(here, space=version.space, among=Among.INSIDE)
            self.fields["owner"].offer(offered)
        if self.instance.pk:
            self.fields["revision"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=self.instance.revision
            )
        elif "state" in self.fields:
            del self.fields["state"]


def named(aspiration: Aspiration) -> str:
    """A hope in one line, as a choice."""
    return labelled(aspiration.get_cycle_display(), Truncator(aspiration.text).chars(70))


class UncertaintyForm(PartForm):
    class Meta:
        model = Uncertainty
        fields = ("text", "state")
        widgets = {"text": rows(2)}


class AspirationForm(PartForm):
    whose = forms.ChoiceField(
        label=_("Whose hope it is"),
        choices=[(code, label) for code, label in Whose.choices if code != Whose.SPONSOR],
        initial=Whose.GROUP,
        help_text=_("A sponsor's hopes are stated by the sponsor and stand beside these."),
    )

    class Meta:
        model = Aspiration
        fields = ("cycle", "text", "whose", "polarity_guard")
        widgets = {"text": rows(2), "polarity_guard": rows(2)}
        help_texts = {"polarity_guard": _("What would make you say: not at this price?")}


class RewordForm(AspirationForm):
    """An inherited hope in new words, in the cycle it was in."""

    class Meta(AspirationForm.Meta):
        fields = ("text", "whose", "polarity_guard")


class AssumptionForm(PartForm):
    class Meta:
        model = Assumption
        fields = ("text", "aspiration")
        widgets = {"text": rows(2)}


class RiskForm(PartForm):
    owner = MemberField(label=_("Who looks after it"), empty_label=_("nobody yet"), required=False)

    class Meta:
        model = Risk
        fields = ("text", "mitigation", "aspiration", "owner")
        widgets = {"text": rows(2), "mitigation": rows(2)}


class SignToWatchForm(PartForm):
    class Meta:
        model = SignToWatch
        fields = ("text", "aspiration", "warns")
        widgets = {"text": rows(2)}


PART_FORMS: dict[str, type[PartForm]] = {
    "uncertainty": UncertaintyForm,
    "aspiration": AspirationForm,
    "assumption": AssumptionForm,
    "risk": RiskForm,
    "sign": SignToWatchForm,
}
