"""Everything a person told, in every space, also in those they left."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator

from evaluation.releases.holding import held_by
from spaces.models import Membership, RoleAssignment
from spaces.permissions import MEMBERS
from spaces.presentation.days import date_words
from valuecreation.models import Moment, Story, StoryState, Withdrawal
from valuecreation.presentation.fetched import PresentedFetch, fetched_of
from valuecreation.presentation.own_stories import (
    OwnNote,
    OwnStory,
    Tombstone,
    own_note,
    own_story,
    tombstone,
)

A_PAGE, MOST_NOTES = 40, 100


@dataclass(frozen=True, kw_only=True)
class ToldStory:
    """A story with where it went."""

    story: OwnStory
    releases: list[str]
    fetched: list[PresentedFetch]


@dataclass(frozen=True, kw_only=True)
class ToldIn:
    """A space with what a person told there, whether they are in it now or were."""

    name: str
    slug: str
    inside: bool
    may_tell: bool
    left: str
    stories: list[ToldStory] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Here:
    """What a person is in one space: in it or not, a teller or not, and when they left."""

    inside: bool = False
    tells: bool = False
    left: str = ""


NOT_HERE = Here()


@dataclass(frozen=True, kw_only=True)
class GoneStory:
    """What is left of a story that was taken back, and what had gone out before."""

    left: Tombstone
    fetched: list[PresentedFetch]


@dataclass(frozen=True, kw_only=True)
class MyStories:
    """A page of one's own stories, and what is left of those taken back."""

    spaces: list[ToldIn]
    gone: list[GoneStory]
    notes: list[OwnNote]
    page: Page
    tell_in: str  # the address of a space in which they may tell now


def my_stories(person, number="1") -> MyStories:
    """The stories a person tells, space by space; twelve queries for any number of them."""
    told = Story.objects.of_teller_for_lists(person)
    page = Paginator(told.except_in_state(StoryState.WITHDRAWN).by_space(), A_PAGE).get_page(number)
    stories, here = list(page), standings(person)
    gone = list(told.withdrawn().by_space()) if page.number == 1 else []
    joined = joined_in({story.space_id for story in stories}, apart_from=person)
    holding, fetched = held_by(stories), fetched_of([*stories, *gone])
    spaces: dict[int, ToldIn] = {}
    for story in stories:
        space = spaces.setdefault(story.space_id, _told_in(story.space, here))
        shown = own_story(story, joined=joined[story.space_id])
        where = {"releases": holding[story.pk], "fetched": fetched[story.pk]}
        space.stories.append(ToldStory(story=shown, **where))
    page.object_list = list(spaces.values())  # presented, and no rows any more
    last = {one.story_id: one for one in Withdrawal.objects.of_stories(gone).oldest_first()}
    return MyStories(
        spaces=page.object_list,
        gone=[
            GoneStory(left=tombstone(story, last.get(story.pk)), fetched=fetched[story.pk])
            for story in gone
        ],
        notes=notes_of(person) if page.number == 1 else [],
        page=page,
        tell_in=next((one.slug for one in spaces.values() if one.may_tell), ""),
    )


def notes_of(person) -> list[OwnNote]:
    """What they have noted and taken into no story, the first of it."""
    return [own_note(moment) for moment in Moment.objects.in_no_story_by(person)[:MOST_NOTES]]


def _told_in(space, here: dict[int, Here]) -> ToldIn:
    known = here.get(space.pk, NOT_HERE)
    return ToldIn(
        name=space.name,
        slug=space.slug,
        inside=known.inside,
        may_tell=known.tells and space.is_open_for_work,
        left=known.left,
    )


def standings(person) -> dict[int, Here]:
    """What a person is in each space they have ever been in."""
    held = defaultdict(set)
    for space, role in RoleAssignment.objects.giving_access().of_person(person):
        held[space].add(role)
    left = defaultdict(list)
    for space, day in Membership.objects.of_person(person).values_list("space", "left_on"):
        left[space].append(day)
    return {
        space: Here(
            inside=bool(held[space]),
            tells=bool(MEMBERS & held[space]),
            left=date_words(max(days)) if all(days) and not held[space] else "",
        )
        for space, days in left.items()
    }


def joined_in(spaces, *, apart_from) -> dict[int, list]:
    """How many other people came into each space on which day, of those who are there now."""
    found = defaultdict(list)
    here = Membership.objects.current().in_spaces(spaces)
    for space, day, people in here.joined_by_day(apart_from=apart_from):
        found[space].append((day, people))
    return found


def receipt_for(person, receipt: str) -> GoneStory | None:
    """The receipt of a withdrawal of one's own, with what had gone out before."""
    found = Withdrawal.objects.for_user(person).with_receipt(receipt).first()
    if found is None:
        return None
    story = Story.objects.of_teller_for_lists(person).get(pk=found.story_id)
    return GoneStory(left=tombstone(story, found), fetched=fetched_of([story])[story.pk])
