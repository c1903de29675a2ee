"""A moment as somebody types it: light at first sight, the rest with defaults."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.numbers import number_in
from learningspaces.lib.public_ids import is_public_id
from learningspaces.lib.text import MAX_TEXT, plain_text
from spaces.forms.days import stated_day
from spaces.forms.members import NOT_HERE, MemberField, Offered, readable_members
from spaces.models import Membership, SpaceLink
from valuecreation.cycles import (
    ALL_SUBTYPES,
    GROUP,
    OTHER_GROUP,
    PLAIN_NAMES,
    SUBTYPES,
    TERMS,
    TURNED_OUT,
    USUAL_PLACE,
    Cycle,
    Location,
    MomentStatus,
    Polarity,
    Precision,
    Unplaced,
)
from valuecreation.models import FlowKind, Moment
from valuecreation.rules.moments import is_kind_of_people

TELLER = "teller"
UNSURE = [choice for choice in Unplaced.choices if choice[0] != Unplaced.OPEN]
# Each kind of moment as a form shows it: code, plain name, and the field's own term.
KIND_CHOICES = [
    *((cycle.value, PLAIN_NAMES[cycle], TERMS[cycle]) for cycle in Cycle),
    (Unplaced.NOT_SURE.value, Unplaced.NOT_SURE.label, _("Nobody will choose for you.")),
    (Unplaced.DOES_NOT_FIT.value, Unplaced.DOES_NOT_FIT.label, _("It counts like any other.")),
]
STATUSES = [(MomentStatus.ACTUAL, _("It happened")), (MomentStatus.HOPED, _("I hope for it"))]

KINDS = [
    ("", _("as the two places suggest")),
    *[choice for choice in FlowKind.choices if choice[0] != FlowKind.REFRAMING],
]


def sentence(choices):
    """Choices with a capital at the beginning."""
    return [(code, capfirst(str(word))) for code, word in choices]


class MomentForm(forms.Form):
    """One moment: what happened, of which cycle, when, and how it turned out."""

    places = {"occurred_on": "on", "due_on": "on", "occurred_until": "until"}

    cycle = forms.ChoiceField(
        label=_("What kind of thing was it?"),
        choices=[*Cycle.choices, *UNSURE],
        required=False,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What happened?"),
        max_length=MAX_TEXT,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write a few words first.")},
    )
    status = forms.ChoiceField(
        label=_("Has it happened?"),
        choices=STATUSES,
        initial=MomentStatus.ACTUAL,
        widget=forms.RadioSelect,
    )
    on = forms.DateField(
        label=_("When"),
        required=False,
        help_text=_("Empty means today; for a hope, three months from now."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is not a day. Write it like 2026-03-14.")},
    )
    polarity = forms.ChoiceField(
        label=_("How did it turn out?"),
        choices=lambda: sentence(TURNED_OUT),
        required=False,
        widget=forms.RadioSelect,
    )
    precision = forms.ChoiceField(
        label=_("How exactly do you know the day?"),
        choices=lambda: sentence(Precision.choices),
        initial=Precision.DAY,
        required=False,
    )
    until = stated_day(_("Of several days, the last"), required=False)
    location = forms.ChoiceField(
        label=_("Where"),
        choices=lambda: [("", _("Where its kind usually happens")), *sentence(Location.choices)],
        required=False,
        help_text=_(
            "Left open, it was here for immediate, potential and orienting value, with a "
            "stakeholder for strategic value, in practice for the rest."
        ),
    )
    other_space = forms.ModelChoiceField(
        label=_("Which other space"),
        queryset=SpaceLink.objects.none(),
        required=False,
        empty_label=_("none"),
        error_messages={"invalid_choice": NOT_HERE},
    )
    other_space_name = forms.CharField(
        label=_("or its name, if it is not in the list"),
        max_length=120,
        required=False,
        validators=[plain_text],
    )
    agent = MemberField(label=_("Who did it"), initial=TELLER, required=False)
    for_whom = MemberField(label=_("For whom it was of value"), initial=TELLER, required=False)
    for_word = forms.CharField(
        label=_("or in a word, such as patients"),
        max_length=40,
        required=False,
        validators=[plain_text],
    )
    subtype = forms.ChoiceField(label=_("Finer kind"), required=False)

    def __init__(self, *args, space, person, teller=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.space, self.person = space, person
        self.said = said = teller.name if teller else _("me")
        answers = [
            (TELLER, said),
            (GROUP, _("the group")),
            (OTHER_GROUP, _("people of another space")),
        ]
        people = Offered(self._people(), space=space)
        for name in ("agent", "for_whom"):
            self.fields[name].offer(people, answers=answers, group=_("People of this space"))
        self.fields["other_space"].queryset = space.links.all()
        own = self.initial.get("subtype", "")
        self.fields["subtype"].choices = [
            ("", _("none")),
            *[(Cycle(cycle).label, list(kinds.items())) for cycle, kinds in SUBTYPES.items()],
            *([(own, own)] if own and own not in ALL_SUBTYPES else []),
        ]

    def _people(self):
        """Whom the writer may know here, and whoever stands in the moment already."""
        before = [number_in(str(self.initial.get(name))) for name in ("agent", "for_whom")]
        stated = Membership.objects.in_space(self.space).among(filter(None, before))
        return readable_members(self.person, self.space) | stated

    def clean_cycle(self):
        """Left open until the teller says; it is asked before the story is shared."""
        return self.cleaned_data["cycle"] or Unplaced.OPEN

    def clean_polarity(self):
        """Left open until the teller says how it turned out; of a hope it is not asked yet."""
        hoped = self.cleaned_data.get("status") == MomentStatus.HOPED
        return self.cleaned_data["polarity"] or (Polarity.POSITIVE if hoped else Polarity.OPEN)

    def clean_for_word(self):
        word = " ".join(self.cleaned_data["for_word"].split()).lower()
        if word and not is_kind_of_people(word):
            raise ValidationError(_g("Use letters only, as in patients or night staff."))
        return word

    def clean(self):
        """What happened after a day needs that day, unless it is known after which moment."""
        data = super().clean()
        after = data.get("precision") == Precision.AFTER
        hoped = data.get("status") == MomentStatus.HOPED
        if after and not hoped and "on" in data and not self._day(hoped=False):
            self.add_error("on", _g("Say after which day, or that the day is not known."))
        return data

    def day_before(self):
        """The day after which it happened, where the form knows it from another moment."""
        return None

    def _day(self, *, hoped):
        """The day that was typed, or what stands for it."""
        data = self.cleaned_data
        if data["on"] or hoped:
            return data["on"]
        after = data.get("precision") == Precision.AFTER
        return self.day_before() if after else timezone.localdate()

    def moment_fields(self) -> dict:
        """What was typed, as the actions want it; a new name of another space becomes a link."""
        data = self.cleaned_data
        hoped = data["status"] == MomentStatus.HOPED
        precision = data["precision"] or Precision.DAY
        day = None if precision == Precision.UNKNOWN and not hoped else self._day(hoped=hoped)
        elsewhere = data["location"] == Location.OTHER_SPACE
        return {
            "cycle": data["cycle"],
            "text": data["text"],
            "status": data["status"],
            "polarity": data["polarity"],
            "occurred_on": None if hoped else day,
            "due_on": day if hoped else None,
            "precision": precision,
            "occurred_until": data["until"] if precision == Precision.DAYS else None,
            "location": data["location"] or USUAL_PLACE[data["cycle"]],
            "other_space": self._other_space() if elsewhere else None,
            "subtype": data["subtype"],
            **self._person("agent", data["agent"]),
            **self._person("for_whom", data["for_whom"], word=data["for_word"]),
        }

    def _person(self, name, choice, *, word="") -> dict:
        column = {"agent": "agent_word", "for_whom": "for_word"}[name]
        if word or choice in (GROUP, OTHER_GROUP):
            return {name: None, column: word or choice}
        return {name: choice if isinstance(choice, Membership) else None, column: ""}

    @transaction.atomic
    def _other_space(self):
        data = self.cleaned_data
        name = data["other_space_name"].strip()
        if data["other_space"] or not name:
            return data["other_space"]
        slug = slugify(name)[:60].strip("-") or f"space-{self.space.links.count() + 1}"
        named = self.space.links.called(name, slug).first()
        return named or self.space.links.create(slug=slug, name=name)


class MomentChoiceField(forms.ChoiceField):
    """One of the moments that may be read, by its public id; looked for only if one was chosen."""

    def offer(self, sources) -> None:
        """Say which moments there are (`SourceChoices`); their list is made when it is shown."""
        self.sources, self.choices = sources, sources.choices

    def to_python(self, value):
        if value in self.empty_values:
            return None
        moment = self.sources.find(value) if is_public_id(value) else None
        if moment is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return moment

    def valid_value(self, value):
        return True  # it was found


def typed_from(moment: Moment) -> dict:
    """A stored moment as the form shows it."""
    return {
        "cycle": "" if moment.cycle == Unplaced.OPEN else moment.cycle,
        "text": moment.text,
        "status": moment.status,
        "polarity": "" if moment.polarity == Polarity.OPEN else moment.polarity,
        "on": None
        if moment.precision == Precision.UNKNOWN
        else moment.occurred_on or moment.due_on,
        "until": moment.occurred_until if moment.precision == Precision.DAYS else None,
        "precision": moment.precision,
        "location": moment.location,
        "other_space": moment.other_space,
        "agent": str(moment.agent_id or moment.agent_word),
        "for_whom": str(moment.for_whom_id or _known_word(moment.for_word)),
        "for_word": "" if moment.for_word in (GROUP, OTHER_GROUP) else moment.for_word,
        "subtype": moment.subtype,
    }


def _known_word(word: str) -> str:
    return word if word in (GROUP, OTHER_GROUP) else TELLER
