"""A picture, a recording or a document beside the words of a moment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text

DOCUMENTS = (".pdf", ".txt", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp")
ACCEPTED = ",".join(["image/jpeg", "image/png", "image/gif", "image/webp", "audio/*", *DOCUMENTS])


class DescribeForm(forms.Form):
    """What can be seen in it, and what is said in it, for those who cannot see or hear it."""

    description = forms.CharField(
        label=_("What can be seen or heard"),
        max_length=1000,
        required=False,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For those who cannot see or hear it. One sentence will do."),
    )
    transcript = forms.CharField(
        label=_("What is said in it, word for word"),
        max_length=20000,
        required=False,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only for a recording. Somebody types it; the program never does."),
    )


class EncloseForm(DescribeForm):
    """A new one."""

    file = forms.FileField(
        label=_("Photograph, document or recording"),
        allow_empty_file=True,  # said in words with the others
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-recording": ""}),
        help_text=_(
            "Where a photograph was taken is removed before anybody sees it. Documents and "
            "recordings stay as they are."
        ),
        error_messages={"required": _("Choose a file, or record something first.")},
    )
    field_order = ("file", "description", "transcript")
