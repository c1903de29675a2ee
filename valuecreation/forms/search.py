"""What somebody looks for in everything they may read."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.full_text import AskedWords
from learningspaces.lib.text import plain_text
from learningspaces.lib.widgets import QuickSelect
from spaces.forms.days import stated_day
from valuecreation.cycles import Cycle
from valuecreation.models import SearchedStory
from valuecreation.models.searched import Reach, mark_of_cycle

ANY_CYCLE = ("", _("any"))


class SearchForm(forms.Form):
    """Words, a person, a cycle, and days between which it was told; each may be left open."""

    words = forms.CharField(
        label=_("Words"),
        max_length=200,
        required=False,
        validators=[plain_text],
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    person = forms.CharField(
        label=_("Who is in it"), max_length=100, required=False, validators=[plain_text]
    )
    cycle = forms.ChoiceField(
        label=_("Cycle"), choices=[ANY_CYCLE, *Cycle.choices], required=False, widget=QuickSelect
    )
    since = stated_day(_("Told from"), required=False)
    until = stated_day(_("Told until"), required=False)

    def clean(self):
        """Days that stand the wrong way round would find nothing."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            said = _("This day lies before the other. Change one of the two.")
            self.add_error("until", ValidationError(said))
        return self.cleaned_data

    @property
    def asked(self) -> AskedWords:
        """What to look for; nothing while a field is faulty."""
        if not self.is_valid():
            return AskedWords()
        data = self.cleaned_data
        marks = [mark_of_cycle(data["cycle"])] if data["cycle"] else []
        return AskedWords.typed(data["words"], name=data["person"], marks=marks)

    @property
    def says_something(self) -> bool:
        """True when anything was typed or chosen."""
        return any(self.data.get(name) for name in self.fields)

    @property
    def only_days(self) -> bool:
        """True when days were chosen and nothing else to look for."""
        return self.is_valid() and self.says_something and not self.asked

    def best(self, reach: Reach) -> list[int]:
        """The stories that fit best."""
        asked = self.asked
        if not asked:
            return []
        days = {"first": self.cleaned_data.get("since"), "last": self.cleaned_data.get("until")}
        return SearchedStory.objects.best(asked, reach, **days)

    def further_fields(self):
        """What stands beside the words."""
        return [self[name] for name in self.fields if name != "words"]
