"""The board of an event as one person sees it: eight columns, each with its notes."""

from collections.abc import Iterable
from dataclasses import dataclass

from framing.models import BoardNote, BoardNoteKind, FramingEvent
from spaces.models import Membership
from spaces.presentation.viewer import Viewer
from valuecreation.cycles import FRAMING_PROMPTS, Cycle

HEAD = "head"


@dataclass(frozen=True)
class BoardNoteShown:
    """A note, who wrote it, who joined it, and what this person may do with it."""

    pk: int
    text: str
    is_doubt: bool
    set_aside: bool
    by: str
    joined: list[str]
    is_mine: bool
    is_joined: bool


@dataclass(frozen=True)
class BoardColumn:
    """One cycle's column."""

    cycle: Cycle
    prompt: str
    notes: list[BoardNoteShown]


def columns(
    event: FramingEvent, viewer: Viewer, *, me: Membership, only: Iterable[str] | None = None
) -> list[BoardColumn]:
    """The columns of a board, or some of them; names are shown inside the space."""
    wanted = [cycle for cycle in Cycle if only is None or cycle.value in set(only)]
    found: dict[str, list[BoardNoteShown]] = {cycle.value: [] for cycle in wanted}
    for row in BoardNote.objects.for_user(viewer.person).on_board(event).with_people():
        if row.cycle in found:
            found[row.cycle].append(_note(row, me, viewer))
    return [
        BoardColumn(cycle, str(FRAMING_PROMPTS[cycle]), _duplicates_last(found[cycle.value]))
        for cycle in wanted
    ]


def _note(row: BoardNote, me: Membership, viewer: Viewer) -> BoardNoteShown:
    joined = list(row.joined_by.all())
    return BoardNoteShown(
        pk=row.pk,
        text=viewer.typed(row.text),
        is_doubt=row.kind == BoardNoteKind.DOUBT,
        set_aside=row.set_aside,
        by=row.by.first_name if viewer.inside else "",
        joined=[member.first_name for member in joined] if viewer.inside else [],
        is_mine=row.by_id == me.pk,
        is_joined=any(member.pk == me.pk for member in joined),
    )


def _duplicates_last(notes: list[BoardNoteShown]) -> list[BoardNoteShown]:
    return sorted(notes, key=lambda note: note.set_aside)


def changed_since(event: FramingEvent, version: int) -> list[str]:
    """The columns that have changed since a version of the board, the head among them."""
    return [name for name, changed in event.columns.items() if changed > version]
