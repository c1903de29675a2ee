"""A space in short: how value moves, what is new, what waits. For one reader, frozen."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from framing.models import FramingEvent, InvitationAnswer
from framing.presentation import PresentedEvent, present_event
from learningspaces.lib.dates import season_of
from learningspaces.lib.prepared import Prepared
from spaces.models import Membership, Space
from spaces.permissions import Action, may
from spaces.presentation.viewer import Viewer
from valuecreation.models import Story
from valuecreation.presentation.flow_picture import Picture
from valuecreation.presentation.list_rows import ListPresenter, ListRow
from valuecreation.presentation.lists import AudienceScope, FlowList, list_page
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
    """Everything the overview shows to one viewer."""

    picture: Picture
    stories: list[StoryCard]
    waiting: list[ListRow]
    gathering: PresentedEvent | None
    coming: int
    facts: OverviewFacts
    members: int
    organisations: int
    purpose: str
    reflection: str

    @classmethod
    def build(cls, space: Space, *, person) -> "SpaceOverview":
        """Only what the person reads as (the space, or the organisation) goes in."""
        viewer, today = Viewer(space, person), space.today
        totals, season = summary.read_with_season(space, viewer.audience, today, season_of(today))
        counted = list(Membership.objects.current(today).in_space(space).inside().counted())
        members, organisations = counted[0] if counted else (0, 0)
        newest = newest_shared(viewer.audience).rows(space=space.pk, day=today)
        event = next_event(viewer)
        return cls(
            picture=Picture(totals, space.slug),
            stories=story_cards(newest, viewer),
            waiting=quiet_lines(viewer),
            gathering=present_event(viewer, event) if event else None,
            coming=InvitationAnswer.objects.to_event(event).coming().count() if event else 0,
            facts=season_facts(viewer, season, members),
            members=members,
            organisations=organisations,
            purpose=viewer.typed(space.purpose),
            reflection=space.closing_reflection if viewer.inside else "",
        )


def quiet_lines(viewer: Viewer) -> list[ListRow]:
    """What has gone quiet, for those who ask; one's own stands under For you."""
    space, person = viewer.space, viewer.person
    if may(person, Action.TELL_STORY, space) and not may(person, Action.NOTE_ANSWER, space):
        return []
    seen = AudienceScope(space, viewer.audience, space.today)
    page = list_page(seen, FlowList.QUIET, size=WAITING)
    return ListPresenter(viewer, seen, [page]).told()[FlowList.QUIET].lines


def next_event(viewer: Viewer) -> FramingEvent | None:
    """The next framing event that the viewer may come to."""
    if not viewer.space.is_open_for_work:
        return None
    events = FramingEvent.objects.in_space(viewer.space).with_people()
    if not viewer.inside:
        events = events.for_user(viewer.person)
    return events.coming().first()


def season_facts(viewer: Viewer, season: Summary, members: int) -> OverviewFacts:
    """The season in figures; outside the space a small number of people is not shown."""
    smallest = viewer.space.min_group_size
    small = not viewer.inside and 0 < season.tellers < smallest
    return OverviewFacts(
        stories=season.stories,
        closed=season.closed,
        loops=season.loops_read,
        tellers=None if small else season.tellers,
        members=members,
        smallest=smallest,
    )
