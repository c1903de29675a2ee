"""What somebody who closes their account wants done with each story that others read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spaces.models import Person
from valuecreation.leaving import ClosingChoice, may_stay
from valuecreation.models import Story


class CloseForm(forms.Form):
    """A choice for each story; none is made in advance."""

    sure = forms.BooleanField(label=_("Close my account. I know that this cannot be undone."))

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        told = Story.objects.told_by(person).with_tellers().with_spaces().newest_first()
        every = list(told)
        self.stories = [story for story in every if may_stay(story, story.space.today)]
        self.others = len(every) - len(self.stories)
        for story in self.stories:
            self.fields[f"story_{story.public_id}_{story.space_id}"] = forms.ChoiceField(
                label=story.title,
                choices=[(str(choice), choice.label) for choice in ClosingChoice],
                widget=forms.RadioSelect,
            )

    def story_fields(self):
        return [
            (story, self[f"story_{story.public_id}_{story.space_id}"]) for story in self.stories
        ]

    def chosen(self) -> dict[Story, str]:
        """What the action wants."""
        return {story: field.data for story, field in self.story_fields()}
