"""Which half year a page looks at."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spaces.models import Person, Space
from valuecreation.first_days import first_day_known
from valuecreation.forms.stories import seasons


class SeasonFilter(forms.Form):
    """One season, or all seasons."""

    season = forms.ChoiceField(label=_("Season"), required=False)

    def __init__(self, *args, space: Space, reader: Person, **kwargs):
        super().__init__(*args, **kwargs)
        known = seasons(first_day_known(space, reader), space.today)
        self.fields["season"].choices = [("", _("All seasons")), *known]


def season_form(space: Space, given, *, reader: Person) -> SeasonFilter:
    """The filter of a page, filled from its address."""
    form = SeasonFilter(given, space=space, reader=reader)
    form.full_clean()
    return form


def season_chosen(form: SeasonFilter) -> str | None:
    """The season of an address; an odd one is ignored."""
    return form.cleaned_data.get("season") or None
