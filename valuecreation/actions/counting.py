"""Summaries, loops and what stories are found by go along with every change."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

from valuecreation import tasks
from valuecreation.models import LooseAudience, Moment, Story, StoryState
from valuecreation.searching.keeping import note_stories
from valuecreation.summaries import tallies


@contextmanager
def counted(stories: Iterable[Story] = (), *, moments: Iterable[Moment] = ()) -> Iterator[None]:
    """Write down what changes in the summaries, and have the loops around it read again later."""
    stories, moments = list(stories), list(moments)
    spaces = {story.space_id for story in stories} | {moment.space_id for moment in moments}
    with tallies.counted(stories, moments=moments):
        yield
    for space_id in spaces:
        tasks.read_loops.delay_on_commit(space_id)
    searched_anew(stories)


def counted_if_read(
    stories: Iterable[Story] = (), *, moments: Iterable[Moment] = ()
) -> AbstractContextManager:
    """The same for a change that shows nothing to anybody new: no counts if nobody reads these.

    Give every story the change touches, and those its moments stand in. What is with its teller
    adds nothing to any total, and no flow from or to it is seen.
    """
    stories, moments = list(stories), list(moments)
    approved = any(story.state == StoryState.APPROVED for story in stories)
    if approved or any(moment.loose_audience == LooseAudience.SPACE for moment in moments):
        return counted(stories, moments=moments)
    return _searched_after(stories)


@contextmanager
def _searched_after(stories: list[Story]) -> Iterator[None]:
    yield
    searched_anew(stories)


def searched_anew(stories: Iterable[Story]) -> None:
    """Have what some stories are found by written anew, once the change is there for everybody."""
    for space_id in note_stories(stories):
        tasks.write_searched.delay_on_commit(space_id)
