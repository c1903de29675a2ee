"""A contribution claim: the sentence, what stands behind it, and what speaks against it."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.models import Confidence, ContributionClaim, Observation
from evaluation.presentation.indicator_pages import observation_on_page
from framing.models import Aspiration
from learningspaces.lib.fields import SeveralOf
from learningspaces.lib.public_ids import public_id_in
from learningspaces.lib.text import plain_text
from spaces.presentation.viewer import Viewer
from valuecreation.forms.moments import sentence
from valuecreation.models import Story
from valuecreation.presentation.terms import Terms

MOST_STORIES = 40
CAUSE = re.compile(r"\b(caused|causes|causing|cause)\b", re.IGNORECASE)


def says_caused(statement: str) -> bool:
    """Whether the sentence claims to be the cause; a hint follows, never a gate."""
    return bool(CAUSE.search(statement))


class ClaimForm(forms.ModelForm):
    """Choices come from what the person may read; a claim keeps what they may not."""

    more_stories = forms.CharField(
        label=gettext_lazy("Other stories, by their address"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Copy the address of each story's page, one a line."),
        validators=[plain_text],
    )

    class Meta:
        model = ContributionClaim
        fields = (
            "statement",
            "stories",
            "observations",
            "other_influences",
            "counter_evidence",
            "confidence",
            "agreed_in_session",
        )
        field_classes = {"stories": SeveralOf, "observations": SeveralOf}
        widgets = {
            "statement": forms.Textarea({"rows": 3}),
            "stories": forms.CheckboxSelectMultiple,
            "observations": forms.CheckboxSelectMultiple,
            "other_influences": forms.Textarea({"rows": 3, "class": "plain"}),
            "counter_evidence": forms.Textarea({"rows": 3, "class": "plain"}),
            "confidence": forms.RadioSelect,
            "agreed_in_session": forms.DateInput({"type": "date"}),
        }
        labels = {
            "statement": gettext_lazy("What we think we contributed to"),
            "stories": gettext_lazy("Stories behind it"),
            "observations": gettext_lazy("Figures behind it"),
            "other_influences": gettext_lazy("What else could explain it"),
            "counter_evidence": gettext_lazy("What speaks against it"),
            "confidence": gettext_lazy("How sure we are"),
        }
        help_texts = {
            "statement": gettext_lazy("Say “contributed to”. It is plausible, never proof."),
        }

    def __init__(self, *args, person, space, aspiration: Aspiration, **kwargs):
        super().__init__(*args, **kwargs)
        self.space, self.reader = space, Viewer(space, person)
        chosen = self.instance.pk and self.instance
        self.readable = Story.objects.for_reader(space, person)
        self.fields["stories"].queryset = offered_stories(self.readable, aspiration, chosen)
        self.fields["stories"].to_field_name = "public_id"
        self.fields["stories"].label_from_instance = self.story_label
        self.fields["confidence"].choices = sentence(Confidence.choices)
        seen = Observation.objects.for_user(person).in_space(space).current()
        offered = seen.in_cycle(aspiration.cycle) | (seen.behind(chosen) if chosen else seen.none())
        self.fields["observations"].queryset = offered.with_indicators().in_time_order()
        self.fields["observations"].label_from_instance = self.figure_label

    def story_label(self, story: Story) -> str:
        """A story's title, as this person may read it."""
        return Terms(self.reader, [(story, None)]).words(story.title)

    def figure_label(self, observation: Observation) -> str:
        """An observation in a line, left out where it is about too few people."""
        shown = observation_on_page(self.reader, observation)
        return f"{shown.indicator.name}, {shown.period}: {shown.figure}"

    def clean_more_stories(self):
        """The stories named by address, each of which the person must be able to read."""
        found = []
        for address in self.cleaned_data["more_stories"].split():
            story = self.readable.at_address(public_id_in(address)).first()
            if story is None:
                said = _("There is no story that you may read at %(address)s. Check the address.")
                raise forms.ValidationError(said % {"address": address[:100]})
            found.append(story)
        return found

    @property
    def claimed(self) -> dict:
        """What the action takes; what the claim holds and the person may not read, it keeps."""
        data = dict(self.cleaned_data)
        stories = {story.pk for story in [*data.pop("stories"), *data.pop("more_stories")]}
        if self.instance.pk:
            held = self.instance.stories.exclude(pk__in=self.readable.values("pk"))
            stories |= set(held.values_list("pk", flat=True))
        data["stories"] = list(Story.objects.among(stories).with_moments())
        data["observations"] = list(data["observations"])
        return data


def offered_stories(readable, aspiration: Aspiration, claim):
    """The newest stories of the hope's cycle, and those the claim holds already."""
    newest = readable.touching(aspiration.cycle).newest_first()[:MOST_STORIES]
    numbers = set(newest.values_list("pk", flat=True))
    if claim:
        numbers |= set(claim.stories.values_list("pk", flat=True))
    return readable.among(numbers).select_related("teller", "collector", "consent").newest_first()
