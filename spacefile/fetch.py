"""A space becomes a space file again: the same rows, the same records, whatever day it is."""

import datetime as dt
from dataclasses import replace

from learningspaces.lib.periods import period_days
from spacefile.columns import Links, spelled_in
from spacefile.rows import flows, framing, indicators, people, stories
from spacefile.schema import SpaceFile
from spacefile.withheld import WithheldFile
from spaces.models import Space
from spaces.presentation.viewer import Viewer
from valuecreation.models import Story, StoryState


def fetch(space: Space) -> SpaceFile:
    """Everything of a space that a file can carry. Stories still being written stay behind."""
    told = Story.objects.in_space(space).exclude(state=StoryState.DRAFT)
    return gather(space, told)[0]


def fetch_for(space: Space, audience: str, on: dt.date) -> SpaceFile:
    """What an audience may see of a space on a day, with people as they may appear to it."""
    told = Story.objects.in_space(space).for_audience(audience, on)
    document, rows = gather(space, told, strictly=True)
    viewer = Viewer(space, audience=audience)
    return WithheldFile(document, rows, viewer, on).file()


def gather(space: Space, told, *, strictly: bool = False) -> tuple[SpaceFile, stories.StoryRows]:
    """The space as records with some of its stories, and the rows behind these."""
    links = Links(space)
    inside, beside = people.people_records(links)
    others = people.other_space_records(links)
    versions = framing.framing_records(links)
    indicated = indicators.indicator_records(links)
    rows = stories.load(links, told, strictly=strictly)
    causes = framing.causes_of(links)
    document = SpaceFile(
        as_of=space.file_as_of,
        space=people.space_record(space),
        other_spaces=others,
        participants=inside,
        outside=beside,
        framing=tuple(
            replace(said, caused_by=tuple(causes.get(said.number, ()))) for said in versions
        ),
        indicators=indicated,
        stories=tuple(stories.story_record(links, rows, row) for row in rows.stories),
        flows=flows.flow_records(links),
        extras=spelled_in(space).get("file", {}),
    )
    return replace(document, as_of=last_day(document, space)), rows


def last_day(document: SpaceFile, space: Space) -> dt.date:
    """The day of the file it came from, or the latest day on which anything was done since."""
    days = [space.file_as_of, space.founded_on]
    days += [person.joined for person in document.participants]
    days += [version.agreed_on for version in document.framing]
    days += [period_days(period)[0] for sign in document.indicators for period, _value in sign.obs]
    days += [old.corrected_on for sign in document.indicators for old in sign.superseded]
    days += [flow.asked_on for flow in document.flows]
    for story in document.stories:
        days += [story.told_on, story.followed_up_on, *(step.date for step in story.steps)]
        if not isinstance(story.third_parties, str):
            days += [other.agreed_on for other in story.third_parties]
    return max(day for day in days if day)
