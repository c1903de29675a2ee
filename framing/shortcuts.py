"""The second line of a view: which version, part, event or note a person may read (else 404)."""

from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404

from framing.models import (
    Aspiration,
    Assumption,
    BoardNote,
    FramingEvent,
    FramingVersion,
    Risk,
    SignToWatch,
    Uncertainty,
)
from spaces.models import Space

PARTS: dict[str, type[models.Model]] = {
    "uncertainty": Uncertainty,
    "aspiration": Aspiration,
    "assumption": Assumption,
    "risk": Risk,
    "sign": SignToWatch,
}


def version_for(person, space: Space, number: int) -> FramingVersion:
    """The version of a space with this number."""
    readable = FramingVersion.objects.for_user(person).in_space(space)
    version = get_object_or_404(readable, number=number)
    version.space = space
    return version


def draft_of(person, space: Space) -> FramingVersion | None:
    """The draft of a space, if there is one and the person may read it."""
    draft = FramingVersion.objects.for_user(person).in_space(space).drafts().first()
    if draft:
        draft.space = space
    return draft


def part_for(person, space: Space, kind: str, pk: int):
    """A part of one of the space's versions."""
    if kind not in PARTS:
        raise Http404
    readable = PARTS[kind].objects.for_user(person)  # type: ignore[attr-defined]
    part = get_object_or_404(readable.select_related("version"), pk=pk, version__space=space)
    part.version.space = space
    return part


def event_for(person, space: Space, pk: int) -> FramingEvent:
    """An event of the space."""
    readable = FramingEvent.objects.for_user(person).in_space(space).with_people()
    event = get_object_or_404(readable, pk=pk)
    event.space = space
    return event


def note_for(person, space: Space, pk: int) -> BoardNote:
    """A note on a board that the person may read now."""
    readable = BoardNote.objects.for_user(person).select_related("event", "by")
    note = get_object_or_404(readable, pk=pk, event__space=space)
    note.event.space = space
    return note
