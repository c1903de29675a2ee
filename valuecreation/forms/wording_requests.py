"""A story's words as somebody wrote them down, for its teller to correct."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text

LONGEST = 20_000


class WordingForm(forms.Form):
    """The title, and the words of each moment."""

    title = forms.CharField(label=_("What it is called"), max_length=200, validators=[plain_text])

    def __init__(self, *args, story, moments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = story.title
        self.steps = list(story.steps.all())
        for step, shown in zip(self.steps, moments, strict=True):
            self.fields[f"text_{step.moment_id}"] = forms.CharField(
                label=f"{shown.heading}, {shown.when_words}",
                initial=step.moment.text,
                max_length=LONGEST,
                validators=[plain_text],
                widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            )

    def words(self) -> dict:
        """What the actions want."""
        texts = {step.moment_id: self.cleaned_data[f"text_{step.moment_id}"] for step in self.steps}
        return {"title": self.cleaned_data["title"], "texts": texts}
