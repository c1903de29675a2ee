"""What the tellers of some stories let one viewer know: names, words, place and day.

A moment of several stories is shown as the strictest of their tellers would have it; one of no
story as everything typed is. Tellers and collectors read what they told.
"""

import datetime as dt
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from spaces.models import Membership
from spaces.presentation.days import day_text
from spaces.presentation.viewer import PresentedPerson, Viewer
from valuecreation.models import Attribution, Moment, Story, StoryStep, Use
from valuecreation.presentation.names import (
    agreed_to_be_named,
    is_nameless,
    replacement,
    shown_as,
)
from valuecreation.rights import reads_as_told

Place = tuple[Story, StoryStep | None]  # where words stand: a story, and a step of it


def places_of(moment: Moment) -> list[Place]:
    """The stories a moment stands in, each with its step there, fetched along."""
    return [(step.story, step) for step in moment.steps.all()]


def places_from(story: Story, step: StoryStep) -> list[Place]:
    """The stories a moment stands in, fetched along, the one that is being read first."""
    elsewhere = [place for place in places_of(step.moment) if place[0].pk != story.pk]
    return [(story, step), *elsewhere]


def may_quote(stories: Iterable[Story]) -> bool:
    """True if every one of the tellers lets their words be quoted."""
    return all(story.consent and Use.QUOTE in story.consent.uses for story in stories)


def told_themselves(viewer: Viewer, story: Story) -> bool:
    """True for a teller or collector at their own story; an audience has none of its own."""
    return viewer.person is not None and reads_as_told(story, viewer.person)


@dataclass(frozen=True)
class Terms:
    """How what stands in some places is shown to a viewer.

    >>> terms = Terms(viewer, [(story, step)])
    >>> terms.words(moment.text), terms.day(moment.occurred_on, moment.precision)
    ('A vascular nurse showed it.', '2025-Q1')
    """

    viewer: Viewer
    places: Sequence[Place]

    @cached_property
    def others(self) -> list[Place]:
        """The places where the viewer is neither teller nor collector."""
        if self.viewer.as_written:
            return []
        return [(story, step) for story, step in self.places if not self._is_own(story)]

    def _is_own(self, story: Story) -> bool:
        return told_themselves(self.viewer, story)

    @cached_property
    def nameless(self) -> bool:
        """True if a teller is shown without a name: no place, no day finer than a quarter.

        Whoever tells of it in one of its stories knows them.
        """
        if len(self.others) < len(self.places):
            return False
        return any(is_nameless(story.consent) for story, _step in self.others)

    @cached_property
    def quotable(self) -> bool:
        """True if the words may be quoted wherever they go; those of no story nobody agreed to."""
        return bool(self.places) and may_quote(story for story, _step in self.places)

    @property
    def counted_only(self) -> bool:
        """True if the viewer may know that it is there, and not read its words."""
        return self.viewer.quoting and not self.quotable

    def words(self, text: str) -> str:
        """A teller's words, names replaced that may not stand."""
        if not self.places:
            return self.viewer.typed(text)
        said = text
        for story, step in self.others:
            if not self._stands_open(story):
                audience = self.viewer.audience
                label = functools.partial(replacement, story=story, audience=audience, step=step)
                said = self.viewer.replace(said, label)
        return self.viewer.settled(said)

    def _stands_open(self, story: Story) -> bool:
        """Inside the space only the name of a teller who did not want it gives way."""
        given = story.consent
        return self.viewer.inside and (given is None or given.attribution == Attribution.NAMED)

    def person(self, member: Membership) -> PresentedPerson:
        """Somebody in the stories; where they are called differently, by what says least."""
        if not self.places:
            return self.viewer.member(member)
        if not self.others:
            return PresentedPerson(label=member.name, attribution="named")
        known = list(dict.fromkeys(self._shown(member, *place) for place in self.others))
        hidden = [person for person in known if person.attribution != "named"] or known
        return hidden[0] if len(hidden) == 1 else PresentedPerson(label=_("a member"))

    def _shown(self, member: Membership, story: Story, step: StoryStep | None) -> PresentedPerson:
        known = self.viewer.with_roles(member)
        label = shown_as(known, story, self.viewer.audience, step=step)
        return PresentedPerson(label=label, attribution=self._attribution(member, story, step))

    def _attribution(self, member: Membership, story: Story, step: StoryStep | None) -> str:
        if member.pk == story.teller_id and story.consent:
            return str(story.consent.attribution)
        named = self.viewer.inside or agreed_to_be_named(member, story, step)
        return "named" if named else "role"

    def day(self, day: dt.date | None, precision: str = "day", until: dt.date | None = None) -> str:
        """A day as text, no finer than the viewer may know."""
        return day_text(day, precision, until, veiled=self.nameless)
