"""Asking what happened, and answering."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import MAX_TEXT, plain_text
from valuecreation.models import BlockedReason, FollowUpOutcome

REASONS = [("", _("none")), *BlockedReason.choices]


class AskForm(forms.Form):
    """A question about an idea, never about a person."""

    question = forms.CharField(
        label=_("What would you like to know?"),
        max_length=2000,
        required=False,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ask about the idea: what happened, what got in the way, what comes next."),
    )


class LayAsideForm(forms.Form):
    """What one heard came of an idea."""

    outcomes = (
        FollowUpOutcome.HAPPENED,
        FollowUpOutcome.STALLED,
        FollowUpOutcome.DORMANT,
        FollowUpOutcome.ABANDONED,
    )

    outcome = forms.ChoiceField(label=_("What came of it?"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("What stands in the way"),
        choices=REASONS,
        required=False,
        help_text=_("Needed only if something stands in the way."),
    )
    answer = forms.CharField(
        label=_("In your words"),
        max_length=MAX_TEXT,
        required=False,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [
            (str(code), capfirst(str(code.label))) for code in self.outcomes
        ]


class WhatCameForm(forms.Form):
    """Words, or one tap; what was typed is kept whichever button is pressed."""

    words = forms.CharField(
        label=_("What came of it?"),
        max_length=MAX_TEXT,
        required=False,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 3, "aria-describedby": "who-reads"}),
    )
    tap = forms.ChoiceField(
        choices=[
            ("words", _("Send it")),
            ("nothing", _("Nothing came of it")),
            ("later", _("Later")),
            ("not-mine", _("Not mine")),
            ("month", _("Ask me in a month")),
            ("never", _("Never ask about this")),
        ],
        error_messages={"required": _("Choose one of the answers.")},
    )

    places = {"answer": "words", "outcome": "tap"}
    outcomes = {
        "words": FollowUpOutcome.HAPPENED,
        "nothing": FollowUpOutcome.ABANDONED,
        "later": FollowUpOutcome.DORMANT,
        "not-mine": FollowUpOutcome.NOT_MINE,
        "month": FollowUpOutcome.NOTHING_YET,
        "never": FollowUpOutcome.NEVER,
    }

    @classmethod
    def tap_for(cls, outcome: str) -> str:
        """The button that stands for an answer, or nothing."""
        return next((tap for tap, one in cls.outcomes.items() if one == outcome), "")

    def said(self) -> dict:
        """What the action is given."""
        words = self.cleaned_data["words"]
        return {"outcome": self.outcomes[self.cleaned_data["tap"]], "answer": words}
