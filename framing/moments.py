"""Moments as a reader of the framing may read them, to be named as causes or tied to hopes."""

from spaces.presentation.viewer import Viewer
from valuecreation.models import Moment
from valuecreation.presentation.moments import MomentOnPage, moment_in_list

MOST_CHOICES = 25


def line(shown: MomentOnPage) -> str:
    """A moment in one line, as a choice."""
    return f"{shown.heading}: {shown.text}"


def recent(space, person, *, also: tuple[str, ...] = ()) -> list[MomentOnPage]:
    """What happened lately that a person may read; `also` (public ids) come first, in any case.

    None of a nameless teller's, of which only they say what it led to.
    """
    viewer = Viewer(space, person)
    readable = Moment.objects.for_reader(space, person).actual().told_openly_to(person)
    chosen = list(readable.at_addresses(also).with_stories()) if also else []
    newest = readable.newest_first().with_stories()[:MOST_CHOICES]
    rest = [moment for moment in newest if moment.public_id not in also]
    return [moment_in_list(viewer, moment, 14) for moment in (*chosen, *rest)]
