import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from spaces.models import MOST_BY_ONE_LINK


class JoinLinkForm(forms.Form):
    """How long a link to hand over lasts, and how many come in by it."""

    lasts = forms.TypedChoiceField(
        label=_("It works for"),
        choices=[(2, _("2 hours")), (24, _("a day")), (168, _("a week"))],
        coerce=lambda hours: dt.timedelta(hours=int(hours)),
        initial=24,
        widget=forms.RadioSelect,
    )
    most = forms.IntegerField(
        label=_("How many people it lets in"),
        help_text=_("As many as are in the room. They come in as participants."),
        min_value=1,
        max_value=MOST_BY_ONE_LINK,
        initial=20,
    )
