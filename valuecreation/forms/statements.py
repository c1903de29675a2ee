"""Whom a teller asks about a story, and what the one who was asked says."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from spaces.forms.members import Among, MemberField, Offered
from spaces.models import Membership
from valuecreation.models import StatementKind, StatementReach

WHAT_I_SAY = [
    (StatementKind.CONFIRMS, _("It was so")),
    (StatementKind.ADDS, _("It was so, and there is more to say")),
    (StatementKind.DIFFERS, _("I see it differently")),
    (StatementKind.DECLINES, _("I would rather not say")),
]


class AskOthersForm(forms.Form):
    """Somebody of the space, or somebody outside with their address."""

    member = MemberField(
        label=_("Somebody here"), required=False, empty_label=_("somebody outside, named below")
    )
    name = forms.CharField(
        label=_("Or somebody outside: their name"),
        max_length=80,
        required=False,
        validators=[plain_text],
        help_text=_("Only you see it, unless they let it stand."),
    )
    email = forms.EmailField(label=_("Their e-mail address"), max_length=254, required=False)

    def __init__(self, *args, story, inside=True, **kwargs):
        super().__init__(*args, **kwargs)
        here = Membership.objects.current().in_space(story.space).apart_from(story.teller)
        members = here if inside else here.none()
        offered = Offered(members, space=story.space, among=Among.CURRENT)
        self.fields["member"].offer(offered)


class StatementForm(forms.Form):
    """What somebody says to a story, who they are to its readers, and how far it goes."""

    kind = forms.ChoiceField(label=_("Was it so?"), choices=WHAT_I_SAY, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your own words"),
        max_length=4000,
        required=False,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It stands beside the story. Nothing in the story is changed."),
    )
    reach = forms.ChoiceField(
        label=_("Who may read what you say?"),
        choices=lambda: [(code, capfirst(str(words))) for code, words in StatementReach.choices],
        widget=forms.RadioSelect,
    )
    independent = forms.BooleanField(
        label=_("I know of this myself, I take no part in the space, and gain nothing by it."),
        required=False,
    )
    label = forms.CharField(
        label=_("Who you are, without your name"),
        max_length=120,
        required=False,
        validators=[plain_text],
        help_text=_("For example: a practice nurse in Ashwell."),
    )
    named = forms.BooleanField(label=_("People in the space may read my name."), required=False)

    def __init__(self, *args, outside, **kwargs):
        super().__init__(*args, **kwargs)
        if not outside:
            for name in ("independent", "label", "named"):
                del self.fields[name]

    def clean(self):
        """Whoever would rather not say need not say who may read it."""
        data = super().clean()
        if data.get("kind") == StatementKind.DECLINES:
            self.errors.pop("reach", None)
            data["reach"] = StatementReach.TELLER
        return data
