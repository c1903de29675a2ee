"""The board of a framing event: hopes and doubts, written and joined by those present."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from framing.models import BoardNote, FramingEvent
from spaces.models import Membership
from spaces.revisions import claim_revision


def touch(event: FramingEvent, *columns: str) -> FramingEvent:
    """Count a change of the board, so that every open page fetches just what changed."""
    stored = FramingEvent.objects.select_for_update().get(pk=event.pk)
    stored.board_version += 1
    stored.columns |= dict.fromkeys(columns, stored.board_version)
    stored.save(update_fields=["board_version", "columns"])
    event.board_version, event.columns = stored.board_version, stored.columns
    return stored


def _open_board(event: FramingEvent, cycle: str) -> None:
    if not touch(event, cycle).is_running:
        raise ValidationError(
            _("The board is open while the event goes on. Its notes can still be read.")
        )


@transaction.atomic
def write_note(
    event: FramingEvent, *, by: Membership, cycle: str, kind: str, text: str, once: str = ""
) -> BoardNote:
    """Write a hope or a doubt into a column; sent twice with the same key, it is stored once."""
    _open_board(event, cycle)
    if once:
        sent = BoardNote.objects.on_board(event).written_by(by).sent_as(once).first()
        if sent:
            return sent
    note = BoardNote(event=event, cycle=cycle, kind=kind, text=text.strip(), by=by, once=once)
    note.clean_fields(exclude=["event", "by"])
    note.save()
    return note


def _require_own(note: BoardNote, by: Membership) -> None:
    if note.by_id != by.pk:
        raise ValidationError(_("Only whoever wrote a note changes it. You can join it instead."))


@transaction.atomic
def change_note(
    note: BoardNote, *, by: Membership, seen: int, cycle: str, kind: str, text: str
) -> None:
    """Word one's own note differently, or move it to another column."""
    _require_own(note, by)
    before = BoardNote.objects.get(pk=note.pk).cycle
    claim_revision(note, seen)
    _open_board(note.event, before)
    touch(note.event, cycle)
    note.cycle, note.kind, note.text = cycle, kind, text.strip()
    note.clean_fields(exclude=["event", "by"])
    note.save(update_fields=["cycle", "kind", "text"])


@transaction.atomic
def remove_note(note: BoardNote, *, by: Membership) -> None:
    """Take one's own note off the board."""
    _require_own(note, by)
    _open_board(note.event, note.cycle)
    note.delete()


@transaction.atomic
def join_note(note: BoardNote, *, by: Membership) -> None:
    """Stand behind somebody else's note."""
    if note.by_id == by.pk:
        raise ValidationError(_("This note is yours already."))
    _open_board(note.event, note.cycle)
    note.joined_by.add(by)


@transaction.atomic
def leave_note(note: BoardNote, *, by: Membership) -> None:
    """No longer stand behind somebody else's note."""
    _open_board(note.event, note.cycle)
    note.joined_by.remove(by)


@transaction.atomic
def set_note_aside(note: BoardNote, *, by: Membership, aside: bool) -> None:
    """A facilitator sets a duplicate aside, or brings it back; it stays readable either way."""
    _open_board(note.event, note.cycle)
    note.set_aside = aside
    note.save(update_fields=["set_aside"])
