"""A story as each kind of reader finds it: made from what is presented to them, of nothing else."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import override

from learningspaces.lib.full_text import FoldedText
from spaces.models import Space
from spaces.presentation.days import first_day, last_day, text_words
from spaces.presentation.viewer import Viewer
from valuecreation.cycles import Audience
from valuecreation.models import Story, StoryState
from valuecreation.models.searched import (
    ReaderKind,
    SearchedStory,
    mark_of_cycle,
    mark_of_member,
    mark_of_space,
)
from valuecreation.presentation.stories import StoryOnPage, story_on_page

# As what those read whom a teller chose one by one.
CHOSEN = frozenset({Audience.SPACE, Audience.ORGANISATION})


@dataclass
class StoryTexts:
    """Writes the stories of one space; names are looked up once for all of them."""

    space: Space
    viewers: dict[str, Viewer] = field(default_factory=dict)

    def rows_of(self, story: Story) -> Iterator[SearchedStory]:
        """A row for each kind of reader to whom a story goes, now or from a later day on."""
        if story.state == StoryState.WITHDRAWN:
            return
        story.space = self.space
        with override(self.space.language):
            if row := self._own(story):
                yield row
            for reader in sorted(readers_of_story(story)):
                viewer = self.viewers.setdefault(reader, Viewer(self.space, audience=reader))
                yield self._row(story, reader, viewer, [mark_of_space(self.space.pk, reader)])

    def _own(self, story: Story) -> SearchedStory | None:
        members = [one for one in (story.teller, story.collector) if one and one.person]
        if not members:
            return None
        viewer = Viewer(self.space, members[0].person, audience=Audience.SPACE)
        marks = [mark_of_member(one.pk) for one in members]
        return self._row(story, ReaderKind.TELLER, viewer, marks)

    def _row(self, story: Story, reader: str, viewer: Viewer, marks: list[str]) -> SearchedStory:
        shown = story_on_page(viewer, story)
        kinds = sorted({mark_of_cycle(moment.cycle) for moment in shown.moments})
        content = FoldedText.of(
            [*marks, *kinds], shown.title or "", people_in(shown), said_in(shown)
        )
        attribution = story.consent.attribution if story.consent else ""
        days = first_day(shown.told), last_day(shown.told)
        return SearchedStory(
            space=self.space,
            story=story,
            reader=reader,
            attribution=attribution,
            listed_on=days[0],
            listed_until=days[1],
            fingerprint=fingerprint(content, attribution, days),
            content=content,
        )


def readers_of_story(story: Story) -> frozenset[str]:
    """The audiences that a story's consent names, whatever the day."""
    if story.state != StoryState.APPROVED or story.consent is None:
        return frozenset()
    grant = story.consent.grant
    return grant.reached | (CHOSEN if grant.names_people else frozenset())


def people_in(shown: StoryOnPage) -> str:
    """How the people of a story are called."""
    called = [shown.teller.label, shown.collector]
    called += [name for moment in shown.moments for name in (moment.agent, moment.for_whom)]
    return "\n".join(dict.fromkeys(called))


def said_in(shown: StoryOnPage) -> str:
    """Everything else that stands on the page of a story, with the days as they are shown."""
    parts = [shown.did_not_work, shown.other_factors, shown.substantiation, shown.raw_text]
    days = [shown.told]
    for moment in shown.moments:
        parts += [moment.text, moment.hoped_first, moment.other_space]
        days.append(moment.day)
    written = [words for day in days if day for words in (day, text_words(day))]
    return "\n".join(part for part in [*parts, *dict.fromkeys(written)] if part)


def fingerprint(content: FoldedText, attribution: str, days: tuple[dt.date, dt.date]) -> str:
    """Says whether two rows hold the same."""
    return hashlib.sha256(repr((content, attribution, days)).encode()).hexdigest()
