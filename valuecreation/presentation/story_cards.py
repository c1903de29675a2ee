"""Stories as a list shows them: title, teller, first words and the trail of cycles.

Lighter than a whole telling: a page of stories costs one query for the stories and one for all
their moments, read as plain rows.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from learningspaces.lib.prepared import Prepared
from learningspaces.lib.text import initials
from valuecreation.cycles import Cycle, MomentStatus
from valuecreation.models import Story, StoryStep
from valuecreation.presentation.stories import Viewer, told_words

WORDS = 38


class MomentName(NamedTuple):
    """What the words of a step need of its moment."""

    ref: str


class TrailMark(NamedTuple):
    """One moment on the trail of a story."""

    order: int
    moment: MomentName
    cycle: str
    heading: str
    waiting: bool
    text: str


@dataclass(frozen=True)
class StoryCard:
    """A story in a list, in the words that one reader may read."""

    story: Story
    href: str
    title: str
    teller: str
    initials: str
    told: str
    first_words: str
    trail: list[TrailMark]


def story_cards(stories: Iterable[Story], reader: Viewer) -> list[StoryCard]:
    """Stories (with teller, collector and consent fetched along) as a list shows them."""
    stories = list(stories)
    trails = trails_of(stories)
    return [story_card(story, trails[story.pk], reader) for story in stories]


def trails_of(stories: list[Story]) -> dict[int, list[TrailMark]]:
    """The moments of each story in their order, in one query."""
    names = {code: str(label) for code, label in Cycle.choices}
    found = defaultdict(list)
    asked = {f"story_{place}": story.pk for place, story in enumerate(stories)}
    rows = steps_of(len(stories)).rows(**asked) if stories else []
    for story, order, ref, cycle, status, text in rows:
        waiting = status == MomentStatus.HOPED
        found[story].append(TrailMark(order, MomentName(ref), cycle, names[cycle], waiting, text))
    return found


@cache
def steps_of(number: int) -> Prepared:
    """What a list shows of the moments of so many stories; a page holds few, and mostly as many."""
    fields = ("story", "order", "moment__ref", "moment__cycle", "moment__status", "moment__text")

    def compose(**stories):
        steps = StoryStep.objects.in_stories(list(stories.values()))
        return steps.order_by("story", "order").values_list(*fields)

    return Prepared(compose, **{f"story_{place}": -101 - place for place in range(number)})


@lru_cache(maxsize=8192)
def address_of(slug: str, public_id: str) -> str:
    """Where a story stands; the newest ones are asked for on every list."""
    return reverse("valuecreation:story", args=[slug, public_id])


def story_card(story: Story, trail: list[TrailMark], reader: Viewer) -> StoryCard:
    name = reader.person_label(story.teller, story)
    words = Truncator(trail[0].text).words(WORDS * 2) if trail else ""
    first = reader.words(words, story, trail[0]) if trail else ""
    return StoryCard(
        story=story,
        href=address_of(reader.space.slug, story.public_id),
        title=reader.words(story.title, story),
        teller=capfirst(name),
        initials=initials(name) if name == story.teller.name else "",
        told=_("told %(day)s") % {"day": told_words(story, reader)},
        first_words=Truncator(first).words(WORDS),
        trail=trail,
    )
