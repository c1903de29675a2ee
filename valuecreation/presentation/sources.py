"""The moments that a new one may have grown from, as choices of a form."""

from functools import cached_property
from operator import itemgetter

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from learningspaces.lib.text import labelled
from spaces.presentation.viewer import Viewer
from valuecreation.cycles import kind_label
from valuecreation.models import Moment, Story
from valuecreation.presentation.terms import Place, Terms, places_of

MOST_SOURCES = 60


class SourceChoices:
    """The moments of the story first, then those of others, in the words the viewer may read."""

    def __init__(self, viewer: Viewer, *, story: Story | None = None):
        self.viewer, self.story = viewer, story

    @cached_property
    def readable(self):
        return Moment.objects.for_reader(self.viewer.space, self.viewer.person)

    def find(self, public_id: str) -> Moment | None:
        """The moment that was chosen, if the person may read it."""
        return self.readable.at_addresses([public_id]).first()

    @property
    def own(self) -> list[tuple[str, str]]:
        steps = self.story.steps.all() if self.story else ()
        return [
            (step.moment.public_id, self._words(step.moment, [(self.story, step)]))
            for step in steps
        ]

    @property
    def rest(self) -> list[tuple[str, str]]:
        """In the order of their words, which tells nothing of when each was told.

        None of a nameless teller's: only they say what it led to.
        """
        rest = self.readable.outside_story(self.story) if self.story else self.readable
        openly = rest.told_openly_to(self.viewer.person)
        others = openly.actual().latest_told().with_stories()[:MOST_SOURCES]
        rows = [(moment.public_id, self._elsewhere(moment)) for moment in others]
        return sorted(rows, key=itemgetter(1))

    def choices(self) -> list:
        """Fetched only when a form is shown, not when it is sent and stored."""
        groups: list = [("", _("nothing told yet"))]
        if own := self.own:
            groups.append((_("In this story"), own))
        if rest := self.rest:
            groups.append((_("Elsewhere in this space"), rest))
        return groups

    def _words(self, moment: Moment, places: list[Place]) -> str:
        text = Truncator(Terms(self.viewer, places).words(moment.text)).words(12)
        return labelled(kind_label(moment.cycle), text)

    def _elsewhere(self, moment: Moment) -> str:
        places = places_of(moment)
        words = self._words(moment, places)
        if not places:
            return words
        story = places[0][0]
        return f"{words} ({Terms(self.viewer, [(story, None)]).words(story.title)})"
