"""What stands around a story's moments, and how a list of stories is narrowed."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.dates import season_of
from learningspaces.lib.full_text import AskedWords
from learningspaces.lib.many import any_of
from learningspaces.lib.periods import period_days
from learningspaces.lib.text import plain_text
from learningspaces.lib.widgets import QuickSelect
from spaces.forms.days import stated_day
from spaces.forms.members import MemberField, Offered
from spaces.models import Membership
from valuecreation.cycles import TURNED_OUT, Cycle
from valuecreation.first_days import first_day_known
from valuecreation.forms.moments import sentence
from valuecreation.models import Moment, SearchedStory, Story, StoryKind, StoryState, Strength
from valuecreation.models.searched import Reach
from valuecreation.rules.statements import BY_THE_TELLER

ANY = ("", _("any"))
FIRST = ("cycle", "words")
SHARED, HAPPENED = "shared", "happened"
COUNTED = [
    (SHARED, _("all stories that are counted")),
    (HAPPENED, _("those in which something happened")),
]
MINE = [(StoryState.DRAFT, _("mine, being written")), (StoryState.WITH_TELLER, _("mine alone"))]
STATES = [ANY, (StoryState.APPROVED, _("told")), *MINE, (StoryState.RETIRED, _("mine, retired"))]


class AboutStoryForm(forms.ModelForm):
    """A story's title, and what helped, hindered or did not work."""

    told_strength = forms.ChoiceField(
        label=_("What can you show for it?"),
        help_text=_("That somebody else bears it out is for them to say: ask them."),
    )
    kind = forms.ChoiceField(
        label=_("What kind of story is it?"), choices=lambda: sentence(StoryKind.choices)
    )

    told_on = stated_day(
        _("When was it told?"),
        required=False,
        help_text=_("It may have been told long before it stood here."),
    )

    class Meta:
        model = Story
        fields = [
            "title",
            "told_on",
            "did_not_work",
            "other_factors",
            "other_factors_private",
            "kind",
            "told_strength",
            "substantiation",
            "raw_text",
        ]
        labels = {
            "other_factors_private": _("Keep this between us and the space"),
            "substantiation": _("Which record, and where is it kept?"),
            "raw_text": _("As it was said"),
        }
        help_texts = {
            "raw_text": _("Only the teller and whoever wrote it down can ever read this."),
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("did_not_work", "other_factors", "substantiation", "raw_text")
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        now = self.instance.told_strength
        self.fields["told_strength"].choices = strengths_to_say(now)


def strengths_to_say(now: str) -> list[tuple[str, str]]:
    """What a teller can say for a story; what came with a file may stay."""
    said = [
        (Strength.ASSERTED, _("It is my word")),
        (Strength.DOCUMENTED, _("A record or an indicator bears it out")),
    ]
    if now in BY_THE_TELLER:
        return said
    kept = Strength(now).label if now else _("nothing is said")
    return [(now, _("As it came with a file: %(words)s") % {"words": kept}), *said]


class StoryFilter(forms.Form):
    """Narrows the list of stories; what it does not understand it leaves alone."""

    cycle = forms.ChoiceField(
        label=_("Cycle"), choices=[ANY, *Cycle.choices], required=False, widget=QuickSelect
    )
    polarity = forms.ChoiceField(
        label=_("How it turned out"),
        choices=lambda: [ANY, *sentence(TURNED_OUT)],
        required=False,
        widget=QuickSelect,
    )
    teller = MemberField(
        label=_("Told by"), required=False, empty_label=_("anybody"), select=QuickSelect
    )
    season = forms.ChoiceField(label=_("Told in"), required=False, widget=QuickSelect)
    happened_in = forms.ChoiceField(
        label=_("Something happened in"), required=False, widget=QuickSelect
    )
    counted = forms.ChoiceField(
        label=_("In the totals"), choices=[ANY, *COUNTED], required=False, widget=QuickSelect
    )
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False, widget=QuickSelect)
    words = forms.CharField(
        label=_("With the words"),
        max_length=100,
        required=False,
        validators=[plain_text],
        widget=forms.TextInput(attrs={"data-key": "/"}),
    )

    def __init__(self, *args, space, reader, insider, **kwargs):
        super().__init__(*args, **kwargs)
        self.space = space
        offered = [ANY, *seasons(first_day_known(space, reader), space.today)]
        for name in ("season", "happened_in"):
            self.fields[name].choices = offered
        if insider:
            people = Membership.objects.in_space(space)
            self.fields["teller"].offer(Offered(people, space=space, key="ref"))
        else:  # names stay inside, so nobody chooses one from outside either
            del self.fields["teller"], self.fields["state"]

    def narrow(self, stories, person):
        """The stories that fit; a wrong value narrows nothing and says so beside its field."""
        self.full_clean()
        data = getattr(self, "cleaned_data", {})
        audience, today = self.space.audience_of(person), self.space.today
        if data.get("counted"):
            stories = stories.for_audience(audience, today)
        if data.get("happened_in") or data.get("counted") == HAPPENED:
            moments = Moment.objects.for_audience(audience, today, space=self.space)
            stories = stories.told_with(
                moments.that_happened(data.get("cycle"), data.get("happened_in"))
            )
        elif data.get("cycle"):
            stories = stories.touching(data["cycle"])
        if data.get("polarity"):
            stories = stories.with_polarity(data["polarity"])
        if data.get("teller"):
            stories = stories.told_openly_by(data["teller"], person)
        if data.get("season"):
            stories = stories.told_from(*period_days(data["season"]))
        if data.get("state"):
            stories = stories.in_state(data["state"])
        if data.get("words"):
            asked, reach = AskedWords.typed(data["words"]), Reach(person, self.space)
            stories = stories.among(any_of(SearchedStory.objects.best(asked, reach)))
        return stories

    def first_fields(self):
        return [self[name] for name in FIRST if name in self.fields]

    def further_fields(self):
        return [self[name] for name in self.fields if name not in FIRST]

    @property
    def narrows_further(self):
        """True when one of the filters in the fold was chosen."""
        return any(self.was_given(name) for name in self.fields if name not in FIRST)

    @property
    def narrows(self):
        """True when anything was chosen."""
        return any(self.was_given(name) for name in self.fields)

    def was_given(self, name):
        """True if something was chosen in a filter, or a name typed into it."""
        return bool(self.data.get(name) or self.data.get(f"{name}-words"))


def seasons(first: dt.date, last: dt.date) -> list[tuple[str, str]]:
    """The half years from one day to another, newest first."""
    found = []
    for year in range(last.year, min(first.year, last.year) - 1, -1):
        for half, words in (
            (2, _("July to December %(year)s")),
            (1, _("January to June %(year)s")),
        ):
            code = f"{year}-H{half}"
            if season_of(first) <= code <= season_of(last):
                found.append((code, words % {"year": year}))
    return found
