"""What the composer asks: words first, then what kind of thing it was, then the rest."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import MAX_TEXT, plain_text
from spaces.forms.days import stated_day
from spaces.forms.members import NOT_HERE, Among, MemberField, Offered, readable_members
from spaces.models import Membership
from spaces.presentation.days import date_words
from valuecreation.cycles import MomentStatus, Polarity, Unplaced
from valuecreation.forms.moments import KINDS, MomentChoiceField, MomentForm
from valuecreation.rules.moments import FIRST_YEAR, LAST_YEAR

ELSEWHERE, NOTHING = "elsewhere", "nothing"
LONG = {"widget": forms.Textarea(attrs={"rows": 3})}


@dataclass(frozen=True)
class Fold:
    """Some fields folded away: what they are about, and what stands in them now."""

    heading: str
    fields: list[BoundField]
    empty: str

    @property
    def shown(self) -> str:
        """What was chosen or typed, in words; `empty` while nothing was."""
        said = [words for field in self.fields if (words := spoken(field))]
        return ", ".join(said) or self.empty

    @property
    def is_open(self) -> bool:
        return any(field.errors for field in self.fields)

    @property
    def says_nothing(self) -> bool:
        """True while nothing stands in it, not even what goes without saying."""
        return self.shown == _g("Not said")


def spoken(field: BoundField) -> str:
    """The value of a field in words; the first of its choices goes without saying."""
    value = field.value()
    if value in (None, ""):
        return ""
    choices = [
        (str(code), str(label))
        for option, name in getattr(field.field.widget, "choices", ())
        for code, label in (name if isinstance(name, list | tuple) else [(option, name)])
    ]
    if choices:
        said = dict(choices[1:]).get(str(value), "")
        return said
    if isinstance(field.field, forms.DateField):
        day = field.field.to_python(value) if not field.errors else None
        return date_words(day) if day else str(value)
    if isinstance(field.field, MemberField):
        return str(getattr(value, "words", value))
    return str(value)[:80]


class CameFromField(MomentChoiceField):
    """Where a moment came from, by one tap: one of a few moments, another one, or nothing told."""

    def to_python(self, value):
        return value if value in (ELSEWHERE, NOTHING) else super().to_python(value)


class AddMomentForm(MomentForm):
    """A moment in a story, what it grew from, and what its teller hopes comes next."""

    came = CameFromField(
        label=_("Where it came from"),
        required=False,
        error_messages={"invalid_choice": NOT_HERE},
        widget=forms.RadioSelect,
    )
    follows = MomentChoiceField(
        label=_("Which one"), required=False, error_messages={"invalid_choice": NOT_HERE}
    )
    flow_kind = forms.ChoiceField(label=_("How it came"), choices=KINDS, required=False)
    hope = forms.CharField(
        label=_("What do you hope comes next?"),
        max_length=MAX_TEXT,
        required=False,
        validators=[plain_text],
        help_text=_("It stays a hope until you say that it happened."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    hope_on = stated_day(_("Ask me about it after"), required=False)
    before = MomentChoiceField(
        required=False, error_messages={"invalid_choice": NOT_HERE}, widget=forms.HiddenInput
    )

    def __init__(self, *args, sources, **kwargs):
        super().__init__(*args, **kwargs)
        self.sources = sources
        for name in ("came", "follows", "before"):
            self.fields[name].offer(sources)

    def clean_hope_on(self):
        day = self.cleaned_data["hope_on"]
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(_g("This year cannot be right. Choose one in this century."))
        return day

    def source(self):
        """The moment it came from, however that was chosen."""
        came = self.cleaned_data.get("came")
        source = self.cleaned_data.get("follows") if came in (None, ELSEWHERE) else came
        return None if source == NOTHING else source

    def day_before(self):
        """Some time after the moment it came from."""
        source = self.source()
        return source.placed_on if source else None

    def step_fields(self) -> dict:
        """What the moment came from, and how."""
        source = self.source()
        kind = self.cleaned_data["flow_kind"] if source else ""
        return {"follows": source, "flow_kind": kind}

    def hope_fields(self) -> dict | None:
        """What the teller hopes comes next, as a moment of its own; its kind is theirs to say."""
        data = self.cleaned_data
        if not data["hope"].strip():
            return None
        return {
            "text": data["hope"],
            "status": MomentStatus.HOPED,
            "cycle": Unplaced.OPEN,
            "polarity": Polarity.POSITIVE,
            "due_on": data["hope_on"],
        }

    @property
    def chosen_source(self) -> str:
        """What stands marked under where it came from."""
        return str(self["came"].value() or ("" if self.is_bound else self["follows"].value()) or "")

    def near_sources(self) -> list:
        """The few moments it may have come from that are shown by themselves."""
        return self.sources.near(self.chosen_source)

    @property
    def looks_elsewhere(self) -> bool:
        """True while another moment is chosen from the list of all."""
        return self.chosen_source == ELSEWHERE

    def folds(self) -> list[Fold]:
        """Everything that has a default, folded with its value showing."""
        when = (
            "status", "on", "precision", "until", "location", "other_space", "other_space_name",
        )  # fmt: skip
        return [
            self._fold(_g("When and where"), when, _g("Today")),
            self._fold(_g("Who did it"), ["agent"], capfirst(self.said)),
            self._fold(
                _g("For whom it made a difference"), ("for_whom", "for_word"), capfirst(self.said)
            ),
            self._fold(_g("A finer kind"), ["subtype"], _g("Not said")),
        ]

    def _fold(self, heading, names, empty) -> Fold:
        return Fold(heading, [self[name] for name in names if name in self.fields], str(empty))


class FirstMomentForm(AddMomentForm):
    """The first moment of a story: whose it is, perhaps its title, what else helped."""

    teller = MemberField(
        label=_("Whose story is it?"),
        required=False,
        help_text=_("You can write down a story for somebody else; they approve the wording."),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        validators=[plain_text],
        help_text=_("Empty takes the first sentence if it is short; you can change it later."),
    )
    told_on = stated_day(
        _("When was the story told?"),
        required=False,
        help_text=_("Empty means today. It may have been told long ago, somewhere else."),
    )
    other_factors = forms.CharField(
        label=_("What else helped or got in the way?"),
        max_length=MAX_TEXT,
        required=False,
        validators=[plain_text],
        **LONG,
    )
    did_not_work = forms.CharField(
        label=_("What did not work?"),
        max_length=MAX_TEXT,
        required=False,
        validators=[plain_text],
        **LONG,
    )

    def __init__(self, *args, member, tells, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member
        here = readable_members(self.person, self.space, Among.INSIDE).apart_from(member)
        field = self.fields["teller"]
        field.empty_label = _("mine") if tells else _("choose somebody")
        field.required = not tells
        field.offer(Offered(here, space=self.space, among=Among.INSIDE))

    def whose(self) -> Membership:
        """The member whose story it is, the writer unless somebody else was chosen."""
        return self.cleaned_data["teller"] or self.member

    def story_fields(self) -> dict:
        """What stands around the moments."""
        names = ("title", "told_on", "other_factors", "did_not_work")
        return {name: self.cleaned_data[name] for name in names}

    def folds(self) -> list[Fold]:
        helped = ("other_factors", "did_not_work")
        whose = capfirst(str(self.fields["teller"].empty_label))
        return [
            *super().folds(),
            self._fold(_g("What else helped, what did not work"), helped, _g("Not said")),
            self._fold(_g("Whose story it is"), ["teller"], whose),
            self._fold(
                _g("Its title, and when it was told"),
                ("title", "told_on"),
                _g("Proposed, today"),
            ),
        ]
