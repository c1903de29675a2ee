"""What somebody who leaves a space wants done with everything of theirs in it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.models import Indicator
from spaces.forms.members import Among, MemberField, Offered, readable_members
from spaces.models import Membership
from valuecreation.leaving import (
    Settling,
    StoryChoice,
    begun_for_others,
    choices_for,
    drafts_of,
    notes_of,
    questions_to,
    stories_of,
)

QUESTIONS = {
    "notes": _("What you noted and put into no story"),
    "drafts": _("What you typed and did not send"),
    "questions": _("Questions that wait for your answer"),
}


class LeaveForm(forms.Form):
    """Story by story, and the rest by kind; what is not answered stays as it is."""

    def __init__(self, *args, membership: Membership, **kwargs):
        super().__init__(*args, **kwargs)
        person, space = membership.person, membership.space
        self.stories = list(stories_of(person, space))
        self.begun = begun_for_others(person, space).count()
        self.counts = {
            "notes": notes_of(person, space).count(),
            "drafts": drafts_of(person, space).count(),
            "questions": questions_to(person, space).count(),
        }
        for story in self.stories:
            offered = choices_for(story, space.today)
            self.fields[f"story_{story.public_id}"] = one_of(offered, label=story.title)
        for kind, number in self.counts.items():
            if number:
                self.fields[kind] = one_of(list(Settling), label=QUESTIONS[kind])
        self.indicators = list(Indicator.objects.in_space(space).looked_after_by(membership))
        if self.indicators:
            here = readable_members(person, space, Among.INSIDE).apart_from(membership)
            offered = Offered(here, space=space, among=Among.INSIDE)
            for row in self.indicators:
                field = MemberField(
                    label=_("Who looks after “%(name)s” now?") % {"name": row.name},
                    empty_label=_("Nobody for now"),
                    required=False,
                )
                self.fields[f"indicator_{row.pk}"] = field
                field.offer(offered)

    def story_fields(self):
        return [(story, self[f"story_{story.public_id}"]) for story in self.stories]

    def other_fields(self):
        return [(self[kind], number) for kind, number in self.counts.items() if number]

    def steward_fields(self):
        return [self[f"indicator_{row.pk}"] for row in self.indicators]

    def decided(self) -> dict:
        """What the action wants."""
        said = self.cleaned_data
        return {
            "stories": {
                story: said[f"story_{story.public_id}"] or StoryChoice.KEEP
                for story in self.stories
            },
            "stewards": {row: said[f"indicator_{row.pk}"] for row in self.indicators},
            **{kind: said.get(kind) or Settling.KEEP for kind in self.counts},
        }


def one_of(choices, *, label) -> forms.ChoiceField:
    """One answer; the first is the one that changes nothing, and stands when none is given."""
    return forms.ChoiceField(
        label=label,
        choices=[(str(choice), choice.label) for choice in choices],
        initial=str(choices[0]),
        required=False,
        widget=forms.RadioSelect,
    )
