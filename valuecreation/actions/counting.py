"""Summaries and loops go along with every change that somebody else may see."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from valuecreation import tasks
from valuecreation.models import Moment, Story
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
