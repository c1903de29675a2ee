import codecs

from django import forms
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.file_kinds import astray_among_lists
from learningspaces.lib.text import plain_text
from spaces.models import Invitation
from spaces.permissions import Role

LARGEST = 1024 * 1024
MOST_CHARACTERS = 1_000_000


class EntryForm(forms.Form):
    """The four entry prompts and a practice; none is required."""

    practice = forms.CharField(
        label=_("What do you do?"),
        help_text=_("Your practice, as others would say it: district nurse, developer, teacher."),
        max_length=200,
        required=False,
        validators=[plain_text],
    )
    cares = forms.CharField(
        label=_("What difference do you care to make, however small?"),
        max_length=4000,
        required=False,
        validators=[plain_text],
        widget=forms.Textarea({"rows": 3}),
    )
    unsure = forms.CharField(
        label=_("What are you unsure about in doing that?"),
        max_length=4000,
        required=False,
        validators=[plain_text],
        widget=forms.Textarea({"rows": 3}),
    )
    entry_story = forms.CharField(
        label=_("What could you bring that others may find useful?"),
        help_text=_("Something that did not work is welcome, too."),
        max_length=8000,
        required=False,
        validators=[plain_text],
        widget=forms.Textarea({"rows": 3}),
    )
    notice = forms.CharField(
        label=_("How will you notice whether anything changes?"),
        max_length=4000,
        required=False,
        validators=[plain_text],
        widget=forms.Textarea({"rows": 2}),
    )


class InviteForm(forms.Form):
    """Addresses, pasted or as a file, and the role they are invited to."""

    addresses = forms.CharField(
        label=_("E-mail addresses"),
        help_text=_(
            "As you have them: one a line, from a mail or a spreadsheet; names may stand before "
            "them: Ana Alves <ana@example.org>."
        ),
        max_length=MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea({"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_(
            "CSV or text, as spreadsheets and forms give it. Only the columns with addresses and "
            "names are read."
        ),
        required=False,
    )
    role = forms.ChoiceField(label=_("They come as"), choices=Role, initial=Role.PARTICIPANT)
    message = forms.CharField(
        label=_("A few words from you"),
        max_length=2000,
        required=False,
        validators=[plain_text],
        widget=forms.Textarea({"rows": 3}),
    )
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, roles=tuple(Role), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(str(role), role.label) for role in roles]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file:
            return ""
        content = file.read(LARGEST)
        if gone_astray := astray_among_lists(content):
            raise forms.ValidationError(gone_astray.sentence)
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than 1 MB. Split it, or paste the addresses.")
            )
        two_bytes = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        try:
            return content.decode("utf-16" if two_bytes else "utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(
                _("The file is not UTF-8 text. Save it as “CSV UTF-8” and send it again.")
            ) from error

    def clean(self):
        cleaned = super().clean()
        mended = self.data.getlist("mend")
        lists = [cleaned.get("addresses", ""), *mended, cleaned.get("file", "")]
        cleaned["lists"] = [text for text in lists if text.strip()]
        if not self.errors and not cleaned["lists"]:
            self.add_error("addresses", _("Write at least one e-mail address, or choose a file."))
        return cleaned

    def show(self, preview, *, seen: str):
        """Put into the fields what is still to be sent or mended, the file's rows among them."""
        self.data = self.data.copy()
        self.data["addresses"] = preview.text
        self.data["seen"] = seen


class ClaimNameForm(forms.ModelForm):
    """Invites one person to claim a name that came with a space file."""

    class Meta:
        model = Invitation
        fields = ("email",)


class JoinAnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("A few words to them"),
        max_length=2000,
        required=False,
        validators=[plain_text],
        widget=forms.Textarea({"rows": 2}),
    )
    welcome = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")], coerce=lambda value: value == "yes"
    )
