"""What a release is asked to be: which time, for whom, for what, and what is asked of them."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.models import Purpose, Release
from evaluation.presentation.records import ReleasePeriod
from evaluation.reports import words
from learningspaces.lib.periods import grain, period_days, period_of
from spaces.models import Space
from valuecreation.cycles import Audience

OTHER = "other"
SPAN = "span"
OFFERED = (("year", 2), ("H", 4), ("Q", 8))  # how many whole periods of each length, newest first
AUDIENCES = {
    Audience.ORGANISATION: _("the organisation, and the sponsor with it"),
    Audience.SPACE: _("the people in this space"),
    Audience.PARTNER_SPACES: _("partner spaces"),
    Audience.PUBLIC: _("everybody"),
}


class ReleaseForm(forms.ModelForm):
    """A release to be frozen."""

    period = forms.ChoiceField(label=_("Period"))
    period_start = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"})
    )
    period_end = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput({"type": "date"})
    )
    audience = forms.ChoiceField(
        label=_("For whom"),
        choices=list(AUDIENCES.items()),
        widget=forms.RadioSelect,
        help_text=_("Only stories whose tellers agreed to this audience go in."),
    )
    purpose = forms.ChoiceField(
        label=_("To be used for"),
        choices=Purpose,
        widget=forms.RadioSelect,
        help_text=_("Only stories whose tellers agreed to this use go in."),
    )

    class Meta:
        model = Release
        fields = ("title", "audience", "purpose", "asks")
        widgets = {"asks": forms.Textarea({"rows": 3})}
        help_texts = {
            "title": _("Stands on the cover. Without one the dataset is called by its number."),
            "asks": _("What you would like its readers to do, one request a line."),
        }

    field_order = ("title", "period", "period_start", "period_end", "audience", "purpose", "asks")
    places = {"supersedes": None}

    def __init__(self, *args, space: Space, since: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.space, self.since = space, since
        self.fields["period"].choices = period_choices(space, since)
        for name in ("period_start", "period_end"):
            self.fields[name].help_text = _("Only if you chose other days.")

    def clean(self):
        """The first and the last day, from the chosen period or as typed."""
        cleaned = super().clean() or {}
        chosen = cleaned.get("period")
        if chosen == OTHER:
            for name in ("period_start", "period_end"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("You chose other days: say which."))
        elif chosen:
            cleaned["period_start"], cleaned["period_end"] = days_of(
                chosen, since=self.since, until=self.space.today
            )
        return cleaned

    @property
    def terms(self) -> dict:
        """What the action wants to know."""
        names = ("title", "period_start", "period_end", "audience", "purpose", "asks")
        return {name: self.cleaned_data[name] for name in names}


def days_of(period: str, *, since: dt.date, until: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of an offered period."""
    return (since, until) if period == SPAN else period_days(period)


def period_choices(space: Space, since: dt.date) -> list[tuple[str, str]]:
    """Whole periods that have ended, newest first, then all of the time, then other days.

    `since` is the first day that is known of the space.
    """
    offered = [
        (period, str(words.period(ReleasePeriod(start=first, end=last))))
        for length, most in OFFERED
        for period, first, last in whole_periods(space.today, since, length, most)
    ]
    by_length = sorted(offered, key=lambda pair: ("H", "year", "Q").index(grain(pair[0])))
    return [
        *by_length,
        (SPAN, _("from the first day that is known, until today")),
        (OTHER, _("other days")),
    ]


def whole_periods(today: dt.date, since: dt.date, length: str, most: int):
    """The last whole periods of a length of which something is known."""
    period = period_of(today, length)
    for _count in range(most):
        first = period_days(period)[0]
        period = period_of(first - dt.timedelta(days=1), length)
        first, last = period_days(period)
        if last < since:
            return
        yield period, first, last


def first_terms(space: Space, before: Release | None, *, since: dt.date) -> dict:
    """What a new form holds: the last whole half year, or what the release before it held."""
    if before:
        return {
            "title": before.title,
            "period": OTHER,
            "period_start": before.period_start,
            "period_end": before.period_end,
            "audience": before.audience,
            "purpose": before.purpose,
            "asks": before.asks,
        }
    offered = [value for value, _label in period_choices(space, since)]
    return {"period": offered[0], "audience": Audience.ORGANISATION, "purpose": Purpose.REPORT}
