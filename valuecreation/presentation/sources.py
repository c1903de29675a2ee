"""The moments that a new one may have grown from, as choices of a form."""

from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from learningspaces.lib.public_ids import is_public_id
from learningspaces.lib.text import labelled
from spaces.presentation.viewer import Viewer
from valuecreation.cycles import kind_label
from valuecreation.models import Moment, Story
from valuecreation.presentation.moments import moment_in_list
from valuecreation.presentation.terms import Place, Terms, places_of

MOST_SOURCES = 60
NEAR = 3


@dataclass(frozen=True)
class NearSource:
    """A moment that a new one may well have come from, shown by itself."""

    public_id: str
    words: str
    said: str


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

    def near(self, chosen: str = "") -> list[NearSource]:
        """The one chosen, and what is likeliest: the last of this story, or what one took away."""
        found = {}
        if self.story:
            for step in reversed(self.story.steps.all()):
                found[step.moment] = [(self.story, step)]
        else:
            took = Moment.objects.taken_away_by(self.viewer.person, self.viewer.space)[:NEAR]
            found |= {moment: places_of(moment) for moment in took}
        first = [moment for moment in found if moment.public_id == chosen]
        if not first and is_public_id(chosen):
            first = list(self.readable.at_addresses([chosen]).with_stories())
            found |= {moment: places_of(moment) for moment in first}
        near = dict.fromkeys([*first, *found])
        return [self._near(moment, found[moment]) for moment in list(near)[:NEAR]]

    def _near(self, moment: Moment, places: list[Place]) -> NearSource:
        shown = moment_in_list(self.viewer, moment, 10, places)
        return NearSource(moment.public_id, str(shown.text), shown.when_words)

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
