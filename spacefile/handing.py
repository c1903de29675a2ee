"""Handing over a space as a file: what is in it is decided and written down at one time."""

from contextlib import suppress
from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from learningspaces.lib.collisions import Collided, tried_again
from spacefile.fetch import fetch, fetch_for
from spacefile.schema import SpaceFile
from spaces.models import Person, Space, TraceKind
from spaces.traces import leave_trace
from valuecreation.fetching import note_fetched
from valuecreation.models import Story

MOST_TRIES = 5


def hand_over(
    space: Space, audience: str = "", *, format: str, person: Person | None = None
) -> SpaceFile:
    """The file for an audience, or without one all of it for those who run the site.

    If a teller decides anew while it is being gathered, it is gathered again.
    """
    for _again in range(MOST_TRIES):
        before = _as_decided(Story.objects.in_space(space))
        document = fetch_for(space, audience, space.today) if audience else fetch(space)
        trace = {
            "kind": TraceKind.SPACE_FILE if audience else TraceKind.EXPORT,
            "label": file_name(space, audience, format),
            "format": format,
            "person": person,
        }
        with suppress(Collided):
            if tried_again(partial(_written_down, space, document, before, trace)):
                return document
    raise ValidationError(_("Stories are being changed just now. Try again in a minute."))


def _written_down(space: Space, document: SpaceFile, before: dict, trace: dict) -> bool:
    """True once it is written down who was handed a file, if all in it is as it was before."""
    told = [story.id for story in document.stories]
    now = _held(space, told)
    if now != {ref: before.get(ref) for ref in told}:
        return False
    note_fetched(leave_trace(space, **trace), [row[0] for row in now.values()])
    return True


def file_name(space: Space, audience: str, format: str) -> str:
    """What the file is called where it is kept."""
    return f"{space.slug}-{audience or 'everything'}-{space.today}.{format}"


def _as_decided(stories) -> dict[str, tuple]:
    """What has been decided about stories: by ref their number, state, consent and revision."""
    columns = ("ref", "pk", "state", "consent", "revision")
    return {ref: tuple(row) for ref, *row in stories.values_list(*columns)}


def _held(space: Space, refs: list[str]) -> dict[str, tuple]:
    """The same of the stories of a file; whoever decides about one waits until this is done."""
    rows = Story.objects.in_space(space).called_any(refs).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))
    return _as_decided(rows)
