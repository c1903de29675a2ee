"""Time zones to choose from, with the browser's own as a proposal."""

import zoneinfo

from django import forms
from django.utils.translation import gettext_lazy as _

NOT_CHOSEN = (None, "", "UTC")
ZONES = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone or zone == "UTC")


def zone_choices():
    return [(zone, zone.replace("_", " ")) for zone in ZONES]


class ZoneField(forms.ChoiceField):
    """A time zone. Where none was chosen yet, static/js/zones.js chooses that of the device."""

    def __init__(self, *, proposes=True, **kwargs):
        super().__init__(label=_("Time zone"), choices=zone_choices, **kwargs)
        self.proposes = proposes

    def get_bound_field(self, form, field_name):
        shown = super().get_bound_field(form, field_name)
        if self.proposes and not form.is_bound and shown.initial in NOT_CHOSEN:
            self.widget.attrs["data-zone"] = ""
        return shown
