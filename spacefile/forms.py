"""A space file to bring, who one is in it, and a space file to take along."""

from django import forms
from django.utils.translation import gettext_lazy as _

from valuecreation.cycles import Audience

TOO_LARGE = _("This file is larger than 64 MB, the most that can be sent. Leave out what you can.")
AUDIENCES = {
    Audience.SPACE: _("the people in this space, with names and notes"),
    Audience.ORGANISATION: _("the organisation, and the sponsor with it"),
    Audience.PARTNER_SPACES: _("partner spaces"),
    Audience.PUBLIC: _("everybody"),
}
FORMATS = {"yaml": _("YAML, easy to read"), "json": _("JSON, for programs")}


class UploadForm(forms.Form):
    """A space file, YAML or JSON."""

    file = forms.FileField(
        label=_("Space file"),
        help_text=_("YAML or JSON, up to 64 MB. Nothing is stored yet."),
        max_length=200,
        allow_empty_file=True,
    )

    def __init__(self, *args, too_large=False, **kwargs):
        super().__init__(*args, **kwargs)
        if too_large:
            self.fields["file"].error_messages["required"] = TOO_LARGE


class FoundForm(forms.Form):
    """Who of the people in a file its uploader is."""

    claims = forms.ChoiceField(label=_("Who are you in this file?"), required=False)

    def __init__(self, *args, people=(), **kwargs):
        super().__init__(*args, **kwargs)
        named = [(one["id"], f"{one['name']} ({one['id']})") for one in people]
        self.fields["claims"].choices = [("", _("none of them: add me")), *named]


class ExportForm(forms.Form):
    """For whom a file is, and how it is written."""

    audience = forms.ChoiceField(
        label=_("For whom"),
        choices=list(AUDIENCES.items()),
        initial=Audience.SPACE.value,
        widget=forms.RadioSelect,
        help_text=_("Only stories whose tellers agreed to this go in, with their moments."),
    )
    format = forms.ChoiceField(
        label=_("Written as"),
        choices=list(FORMATS.items()),
        initial="yaml",
        widget=forms.RadioSelect,
    )
