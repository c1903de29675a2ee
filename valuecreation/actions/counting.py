"""Summaries and loops go along with every change that somebody else may see."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from valuecreation import tasks
from valuecreation.models import LooseAudience, Moment, Story, StoryState
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


def counted_if_read(
    stories: Iterable[Story] = (), *, moments: Iterable[Moment] = ()
) -> AbstractContextManager:
    """The same for a change that shows nothing to anybody new: nothing if nobody reads these.

    Give every story the change touches, and those its moments stand in. What is with its teller
    adds nothing to any total, and no flow from or to it is seen.
    """
    stories, moments = list(stories), list(moments)
    approved = any(story.state == StoryState.APPROVED for story in stories)
    if approved or any(moment.loose_audience == LooseAudience.SPACE for moment in moments):
        return counted(stories, moments=moments)
    return nullcontext()
