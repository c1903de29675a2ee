"""A space in short: how value moves, what is new, what waits. For one reader, frozen."""

import datetime as dt
from dataclasses import dataclass
from functools import cache, cached_property

from framing.models import FramingEvent
from learningspaces.lib.dates import season_of
from learningspaces.lib.prepared import Prepared
from spaces.models import Membership, Space
from spaces.permissions import Action, may
from valuecreation.models import Story
from valuecreation.presentation.flow_picture import Picture
from valuecreation.presentation.list_rows import ListPresenter, ListRow
from valuecreation.presentation.lists import AudienceScope, FlowList, list_page
from valuecreation.presentation.stories import Viewer
from valuecreation.presentation.story_cards import StoryCard, story_cards
from valuecreation.summaries import totals as summary
from valuecreation.summaries.totals import Summary

NEW_STORIES, WAITING = 3, 2


@cache
def newest_shared(audience: str) -> Prepared:
    """The stories that were told last, of those an audience may read."""

    def compose(space, day):
        shared = Story.objects.for_audience(audience, day).in_space(space)
        return shared.newest_first().with_tellers()[:NEW_STORIES]

    return Prepared(compose, space=-101, day=dt.date(1901, 2, 3))


@dataclass(frozen=True)
class OverviewFacts:
    """What the season has brought so far; a group too small to be shown is None."""

    stories: int
    closed: int
    loops: int
    tellers: int | None
    members: int
    smallest: int


@dataclass(frozen=True)
class SpaceOverview:
    """Everything the overview shows to one reader."""

    space: Space
    reader: Viewer
    summary: Summary
    season: Summary
    members: int
    organisations: int

    @classmethod
    def build(cls, space: Space, *, person) -> "SpaceOverview":
        """Only what the person reads as (the space, or the organisation) goes in."""
        reader, today = Viewer(space, person), space.today
        both = summary.read_with_season(space, reader.audience, today, season_of(today))
        counted = list(Membership.objects.current(today).in_space(space).inside().counted())
        return cls(
            space=space,
            reader=reader,
            summary=both[0],
            season=both[1],
            members=counted[0][0] if counted else 0,
            organisations=counted[0][1] if counted else 0,
        )

    @cached_property
    def picture(self) -> Picture:
        return Picture(self.summary)

    @cached_property
    def stories(self) -> list[StoryCard]:
        """The newest stories that the reader's audience may read."""
        newest = newest_shared(self.reader.audience)
        return story_cards(newest.rows(space=self.space.pk, day=self.space.today), self.reader)

    @cached_property
    def waiting(self) -> list[ListRow]:
        """What has gone quiet: everything for those who ask, their own for those who took part."""
        seen = AudienceScope(self.space, self.reader.audience, self.space.today)
        asks = may(self.reader.person, Action.ASK_WHAT_HAPPENED, self.space)
        own = not asks and may(self.reader.person, Action.TELL_STORY, self.space)
        page = list_page(seen, FlowList.QUIET, size=WAITING, by=self.reader.person if own else None)
        return ListPresenter(self.reader, seen, [page]).told()[FlowList.QUIET].lines

    @cached_property
    def gathering(self) -> FramingEvent | None:
        """The next framing event that the reader may come to."""
        if not self.space.is_open_for_work:
            return None
        events = FramingEvent.objects.in_space(self.space)
        if not self.reader.inside:
            events = events.for_user(self.reader.person)
        return events.coming().first()

    @cached_property
    def coming(self) -> int:
        """How many people are coming to the next gathering."""
        return self.gathering.people.count()

    @property
    def facts(self) -> OverviewFacts:
        """The season in figures; outside the space a small number of people is not shown."""
        smallest = self.space.min_group_size
        small = not self.reader.inside and 0 < self.season.tellers < smallest
        return OverviewFacts(
            stories=self.season.stories,
            closed=self.season.closed,
            loops=self.season.loops_read,
            tellers=None if small else self.season.tellers,
            members=self.members,
            smallest=smallest,
        )
