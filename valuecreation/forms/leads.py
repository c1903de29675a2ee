"""Which sentence is worth following, who listens further, and what came of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from spaces.forms.members import Among, MemberField, Offered
from spaces.models import Membership
from valuecreation.models import LeadState


def listeners(space):
    """Everybody who takes part now."""
    return Offered(Membership.objects.current().in_space(space), space=space, among=Among.CURRENT)


class MarkLeadForm(forms.Form):
    """The sentences of a moment as choices."""

    sentence = forms.TypedChoiceField(
        label=_("Which sentence?"), coerce=int, widget=forms.RadioSelect
    )
    listener = MemberField(
        label=_("Who listens further?"), required=False, empty_label=_("nobody yet")
    )

    def __init__(self, *args, space, sentences, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sentence"].choices = [(str(n), text) for n, text in enumerate(sentences)]
        self.fields["listener"].offer(listeners(space))


class AssignLeadForm(forms.Form):
    """Who listens further."""

    listener = MemberField(
        label=_("Who listens further?"), required=False, empty_label=_("nobody yet")
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["listener"].offer(offered)


class SettleLeadForm(forms.Form):
    """What came of it."""

    state = forms.ChoiceField(choices=[(LeadState.FOLLOWED, ""), (LeadState.DROPPED, "")])
    outcome = forms.CharField(
        label=_("What came of it, in a few words"),
        max_length=300,
        required=False,
        validators=[plain_text],
    )
