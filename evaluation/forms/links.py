"""Which indicator a moment speaks to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.models import Indicator
from learningspaces.lib.text import labelled


class LinkForm(forms.Form):
    """One more indicator for a moment; those of its own cycle come first."""

    indicator = forms.ModelChoiceField(
        label=_("Indicator"), queryset=Indicator.objects.none(), empty_label=_("choose one")
    )

    def __init__(self, *args, indicators, moment, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = indicators.not_linked_to(moment).nearest(moment.cycle)
        self.fields["indicator"].label_from_instance = lambda indicator: labelled(
            indicator.get_cycle_display(), indicator.name
        )
