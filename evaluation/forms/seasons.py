"""Which half year a page looks at."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spaces.models import Space
from valuecreation.forms.stories import seasons

MOST = 40


class SeasonFilter(forms.Form):
    """One season, or all seasons."""

    season = forms.ChoiceField(label=_("Season"), required=False)

    def __init__(self, *args, space: Space, **kwargs):
        super().__init__(*args, **kwargs)
        known = seasons(space.founded_on, space.today)[:MOST]
        self.fields["season"].choices = [("", _("All seasons")), *known]


def season_form(space: Space, given) -> SeasonFilter:
    """The filter of a page, filled from its address."""
    form = SeasonFilter(given, space=space)
    form.full_clean()
    return form


def season_chosen(form: SeasonFilter) -> str | None:
    """The season of an address; an odd one is ignored."""
    return form.cleaned_data.get("season") or None
