"""Where a story went: who fetched what it was in, and who says that their copy is deleted."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from spaces.presentation.days import date_words
from spaces.presentation.traces import Fetchers, FetchersAnywhere, PresentedTrace, trace_fields
from spaces.presentation.viewer import Viewer
from valuecreation.models import DeletionRequest, FetchedStory, Story


@dataclass(frozen=True, kw_only=True)
class PresentedFetch(PresentedTrace):
    """Something that holds a story and was handed to somebody, and what came of asking for it."""

    asked_on: dt.date | None = None
    deleted_on: dt.date | None = None

    @property
    def asked(self) -> str:
        return date_words(self.asked_on) if self.asked_on else ""

    @property
    def deleted(self) -> str:
        return date_words(self.deleted_on) if self.deleted_on else ""


@dataclass(frozen=True, kw_only=True)
class WhatToDelete:
    """What somebody fetched that holds a withdrawn story, and the name it has there."""

    space: str
    ref: str
    fetched: tuple[PresentedFetch, ...]
    done: str


def fetched(story: Story) -> list[PresentedFetch]:
    """Who fetched what a story was in, the newest first, for its teller."""
    requests = DeletionRequest.objects.of(story).order_by("pk")
    asked = {request.person_id: request for request in requests}
    rows = FetchedStory.objects.of(story).with_traces().newest_first()
    return _presented(Viewer(story.space, story.teller.person), rows, asked)


def fetched_of(stories: Iterable[Story]) -> dict[int, list[PresentedFetch]]:
    """The same for the stories of one teller in any spaces, by their numbers; three queries."""
    pks = [story.pk for story in stories]
    requests = DeletionRequest.objects.of_stories(pks).order_by("pk")
    asked = {(request.story_id, request.person_id): request for request in requests}
    rows = list(FetchedStory.objects.of_stories(pks).with_traces().newest_first())
    who, found = FetchersAnywhere(row.trace for row in rows), defaultdict(list)
    for row in rows:
        came = _what_came_of_it(row, asked.get((row.story_id, row.trace.person_id)))
        shown = PresentedFetch(**trace_fields(who, row.trace, row.fetched_at), **came)
        found[row.story_id].append(shown)
    return found


def _presented(viewer: Viewer, found, asked: dict[int, DeletionRequest]) -> list[PresentedFetch]:
    rows = list(found)
    who = Fetchers(viewer, [row.trace.person_id for row in rows])
    return [
        PresentedFetch(
            **trace_fields(who, row.trace, row.fetched_at),
            **_what_came_of_it(row, asked.get(row.trace.person_id)),
        )
        for row in rows
    ]


def _what_came_of_it(row: FetchedStory, asked: DeletionRequest | None) -> dict:
    """When somebody was asked to delete what they had fetched by then, and said that it is done."""
    if asked is None or asked.asked_at < row.fetched_at:
        return {}
    done = timezone.localdate(asked.done_at) if asked.done_at else None
    return {"asked_on": timezone.localdate(asked.asked_at), "deleted_on": done}


def what_to_delete(request: DeletionRequest) -> WhatToDelete:
    """What stands on the page of somebody who is asked to delete a story."""
    story, person = request.story, request.person
    rows = FetchedStory.objects.of(story).fetched_by(person).with_traces().newest_first()
    return WhatToDelete(
        space=story.space.name,
        ref=story.ref,
        fetched=tuple(_presented(Viewer(story.space, person), rows, {})),
        done=date_words(timezone.localdate(request.done_at)) if request.done_at else "",
    )
