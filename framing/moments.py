"""Moments as a reader of the framing may read them, to be named as causes or tied to hopes."""

from spaces.presentation.viewer import Viewer
from valuecreation.models import Moment
from valuecreation.presentation.moments import MomentOnPage, moment_in_list

MOST = 25


def line(shown: MomentOnPage) -> str:
    """A moment in one line, as a choice."""
    return f"{shown.ref} · {shown.heading}: {shown.text}"


def recent(space, person, *, also: tuple[int, ...] = ()) -> list[MomentOnPage]:
    """What happened lately that a person may read; `also` are moments shown in any case, first."""
    viewer = Viewer(space, person)
    readable = Moment.objects.for_user(person).in_space(space).actual()
    chosen = list(readable.among(also).with_stories()) if also else []
    newest = readable.newest_first().with_stories()[:MOST]
    rest = [moment for moment in newest if moment.pk not in set(also)]
    return [moment_in_list(viewer, moment, 14) for moment in (*chosen, *rest)]
