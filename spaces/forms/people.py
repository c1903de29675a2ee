from allauth.core import context
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from spaces.doorway import proven_address
from spaces.forms.zones import ZoneField
from spaces.models import (
    HowTaken,
    LeadershipRole,
    Level,
    Membership,
    Person,
    TokenScope,
    Trajectory,
)
from spaces.permissions import Role

NO_DAY = _("This is not a day. Write it like 2026-03-14.")


class NameForm(forms.Form):
    """What sign-up asks besides e-mail and password."""

    name = forms.CharField(label=_("Your name"), max_length=120, validators=[plain_text])
    time_zone = ZoneField(required=False, initial="UTC")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.proven = proven_address(context.request)
        if self.proven:
            self.initial.setdefault("email", self.proven)

    def signup(self, request, person):
        """Called by allauth once the account exists."""
        person.name = self.cleaned_data["name"]
        person.time_zone = self.cleaned_data["time_zone"] or person.time_zone
        person.save(update_fields=["name", "time_zone"])


class ProfileForm(forms.ModelForm):
    """A person's name, language and time zone, and whether single keys lead somewhere."""

    time_zone = ZoneField()
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = Person
        fields = ("name", "language", "time_zone", "shortcut_keys")
        labels = {"shortcut_keys": _("Use single keys: t to tell, / to search")}
        help_texts = {"shortcut_keys": _("They do nothing while you are typing.")}


class OneselfForm(forms.ModelForm):
    """How somebody describes themselves in one space."""

    class Meta:
        model = Membership
        fields = ("name", "practice", "organisation", "cares", "unsure", "entry_story", "notice")
        widgets = {
            name: forms.Textarea({"rows": 3})
            for name in ("cares", "unsure", "entry_story", "notice")
        }
        labels = {
            "entry_story": _(
                "What could you bring that others may find useful, including what did not work?"
            ),
        }
        help_texts = {
            "practice": _("Shown instead of your name where a story leaves the space."),
        }


class LevelForm(forms.Form):
    """How somebody says they take part. It gives no rights and is no mark."""

    level = forms.ChoiceField(label=_("I take part"), choices=Level, widget=forms.RadioSelect)
    trajectory = forms.ChoiceField(
        label=_("I am"), choices=[("", _("not saying")), *Trajectory.choices], required=False
    )
    reason = forms.CharField(
        label=_("Why, in a few words"), max_length=300, required=False, validators=[plain_text]
    )


class LeadershipForm(forms.Form):
    """What somebody offers to look after for a while."""

    role = forms.ChoiceField(label=_("I look after"), choices=LeadershipRole)
    how = forms.ChoiceField(label=_("How it came"), choices=HowTaken)


class RoleForm(forms.Form):
    """An access role that a convener gives."""

    role = forms.ChoiceField(label=_("Role"), choices=Role)
    since = forms.DateField(
        label=_("From"),
        required=False,
        help_text=_("Empty means today."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": NO_DAY},
    )
    until = forms.DateField(
        label=_("Its last day"),
        required=False,
        help_text=_("Empty means until somebody ends it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": NO_DAY},
    )


class TokenForm(forms.Form):
    """A new key to the API."""

    name = forms.CharField(label=_("What it is for"), max_length=80, validators=[plain_text])
    scope = forms.ChoiceField(label=_("It may"), choices=TokenScope, widget=forms.RadioSelect)
    days = forms.TypedChoiceField(
        label=_("It ends after"),
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("a year"))],
        coerce=int,
    )
