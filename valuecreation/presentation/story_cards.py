"""Stories as a list shows them: title, teller, first words and the trail of cycles.

Lighter than a whole story: a page of stories costs one query for the stories and one for all
their moments, read as plain rows.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from learningspaces.lib.prepared import Prepared
from spaces.presentation.viewer import Viewer
from valuecreation.cycles import MomentStatus, kind_label
from valuecreation.models import Story, StoryStep
from valuecreation.presentation.moments import address_of
from valuecreation.presentation.stories import on_day
from valuecreation.presentation.terms import Terms

WORDS = 38


class MomentName(NamedTuple):
    """What the words of a step need of its moment."""

    ref: str


class FoundStep(NamedTuple):
    """One moment of a story as it was fetched."""

    order: int
    moment: MomentName
    cycle: str
    hoped: bool
    text: str


class TrailMark(NamedTuple):
    """One moment on the trail of a story."""

    cycle: str
    heading: str
    hoped: bool


@dataclass(frozen=True)
class StoryCard:
    """A story in a list, in the words that one viewer may read."""

    href: str
    title: str
    teller: str
    initials: str
    told: str
    state: str
    first_words: str
    trail: tuple[TrailMark, ...]


def story_cards(stories: Iterable[Story], viewer: Viewer) -> list[StoryCard]:
    """Stories (with teller, collector and consent fetched along) as a list shows them."""
    stories = list(stories)
    found = steps_of(stories)
    return [story_card(story, found[story.pk], viewer) for story in stories]


def steps_of(stories: list[Story]) -> dict[int, list[FoundStep]]:
    """The moments of each story in their order, in one query."""
    found = defaultdict(list)
    asked = {f"story_{place}": story.pk for place, story in enumerate(stories)}
    rows = steps_of_as_many(len(stories)).rows(**asked) if stories else []
    for story, order, ref, cycle, status, text in rows:
        hoped = status == MomentStatus.HOPED
        found[story].append(FoundStep(order, MomentName(ref), cycle, hoped, text))
    return found


@cache
def steps_of_as_many(number: int) -> Prepared:
    """What a list shows of the moments of so many stories; a page holds few, and mostly as many."""
    fields = ("story", "order", "moment__ref", "moment__cycle", "moment__status", "moment__text")

    def compose(**stories):
        steps = StoryStep.objects.in_stories(list(stories.values()))
        return steps.order_by("story", "order").values_list(*fields)

    return Prepared(compose, **{f"story_{place}": -101 - place for place in range(number)})


def story_card(story: Story, steps: list[FoundStep], viewer: Viewer) -> StoryCard:
    terms = Terms(viewer, [(story, None)])
    teller = terms.person(story.teller)
    begins = Truncator(steps[0].text).words(WORDS * 2) if steps else ""
    first_words = Terms(viewer, [(story, steps[0])]).words(begins) if steps else ""
    return StoryCard(
        href=address_of(viewer.space.slug, story.public_id),
        title=terms.words(story.title),
        teller=capfirst(teller.label),
        initials=teller.initials,
        told=told_words(terms.day(story.told_on)),
        state=story.state,
        first_words=Truncator(first_words).words(WORDS),
        trail=tuple(TrailMark(step.cycle, kind_label(step.cycle), step.hoped) for step in steps),
    )


def told_words(day: str) -> str:
    """When a story was told, as a list says it."""
    return _("told %(day)s") % {"day": on_day(day)}
