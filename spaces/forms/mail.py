"""How a person wants to learn by mail of what waits for them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spaces.models import CHOSEN, USUAL, DigestRhythm, MailRhythm, MailWay

AS_EVERYWHERE = ""
HINTS = {
    "questions": _("Somebody would like to hear what came of something you told."),
    "answers": _("Somebody has answered what you asked."),
    "stories": _("Written down for you, or you are named in them."),
    "framing": _("A draft that waits for your answer."),
    "leading": _("Requests to join, names that somebody claims."),
    "news": _("Somebody took up what you brought."),
}
LABELS = {
    "questions": _("Questions to you"),
    "answers": _("Answers to your questions"),
    "stories": _("Stories that wait for you"),
    "framing": _("What the space agrees on"),
    "leading": _("What waits for those who lead"),
    "news": _("What became of what you brought"),
}


class MailWaysForm(forms.Form):
    """For each group of notices: at once, in the summary, or not by mail."""

    def __init__(self, *args, said: dict[str, str], in_space: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        choices = list(MailWay.choices)
        if in_space:
            choices = [(AS_EVERYWHERE, _("As everywhere")), *choices]
        for group in CHOSEN:
            usual = AS_EVERYWHERE if in_space else USUAL[group]
            self.fields[str(group)] = forms.ChoiceField(
                label=LABELS[group],
                help_text=HINTS[group],
                choices=choices,
                initial=said.get(group, usual),
                required=not in_space,
                error_messages={
                    "required": _("Choose one of the three."),
                    "invalid_choice": _("This is not one of the choices. Choose again."),
                },
            )

    def ways(self) -> dict[str, str]:
        """What was chosen, without what is as everywhere."""
        return {group: way for group, way in self.cleaned_data.items() if way != AS_EVERYWHERE}


class MailRhythmForm(forms.ModelForm):
    """When mail may come at all, and how often the summary does."""

    class Meta:
        model = MailRhythm
        fields = (
            "digest",
            "digest_day",
            "quiet_from",
            "quiet_until",
            "ask_nothing_until",
            "own_words",
        )
        widgets = {
            "quiet_from": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "ask_nothing_until": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "digest": _("Only after a time in which something happened, and never with a story."),
            "quiet_until": _("In these hours nothing is sent; it waits. The same twice: no quiet."),
            "ask_nothing_until": _(
                "Until that day no question is mailed. Leave it empty otherwise."
            ),
            "own_words": _("Otherwise a mail holds no word of a story, not even of yours."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["digest"].choices = DigestRhythm.choices
        for name in ("quiet_from", "quiet_until"):
            self.fields[name].error_messages["invalid"] = _("Write a time like 21:00.")
        day = self.fields["ask_nothing_until"]
        day.error_messages["invalid"] = _("This is not a day. Write it like 2026-03-14.")
