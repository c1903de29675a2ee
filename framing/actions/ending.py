"""The end of a framing event: what was written becomes a draft, and can be taken out again."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from framing.actions.board import touch
from framing.actions.drafts import begin_draft
from framing.actions.events import require_not_held
from framing.board import HEAD
from framing.drafts import draft_as_it_stands, untouched_draft
from framing.keys import aspiration_key, uncertainty_key
from framing.models import (
    Aspiration,
    BoardNote,
    BoardNoteKind,
    EventState,
    FramingEvent,
    FramingVersion,
    Uncertainty,
    Whose,
)
from spaces.models import Membership


@transaction.atomic
def end_event(event: FramingEvent, *, by: Membership) -> FramingVersion:
    """Put what was written into the draft: hopes as members' aspirations, doubts as uncertainties.

    Nothing is lost: the board stays readable with every note, also those set aside as duplicates.
    """
    stored = touch(event, HEAD)
    require_not_held(stored)
    if not stored.is_running:
        raise ValidationError(_("Nobody has written yet. Begin the first step, then end it here."))
    draft = FramingVersion.objects.in_space(event.space).drafts().select_for_update().first()
    began, said_before = draft is None, draft.event_words if draft else ""
    draft = draft or begin_draft(event.space, by=by)
    parts = [_put_into(draft, note) for note in BoardNote.objects.on_board(event).carried_over()]
    if not draft.event_words:
        draft.event_words = _("framing event “%(title)s”") % {"title": event.title}
        draft.save(update_fields=["event_words"])
    event.handed_over = {
        "began": began,
        "event_words": said_before,
        "aspirations": [part.pk for part in parts if isinstance(part, Aspiration)],
        "uncertainties": [part.pk for part in parts if isinstance(part, Uncertainty)],
        "draft": draft_as_it_stands(draft),
    }
    event.state, event.version = EventState.DONE, draft
    event.save(update_fields=["state", "version", "handed_over"])
    return draft


def _put_into(draft: FramingVersion, note: BoardNote) -> Aspiration | Uncertainty:
    if note.kind == BoardNoteKind.HOPE:
        return Aspiration.objects.create(
            version=draft,
            key=aspiration_key(draft.space, note.cycle, Whose.MEMBER),
            cycle=note.cycle,
            whose=Whose.MEMBER,
            text=note.text,
            stated_by=note.by,
        )
    return Uncertainty.objects.create(
        version=draft, key=uncertainty_key(draft.space), text=note.text, raised_by=note.by
    )


@transaction.atomic
def reopen_event(event: FramingEvent, *, by: Membership) -> None:
    """Let an ended event go on, as long as nobody has worked on the draft it was put into."""
    stored = touch(event, HEAD)
    if not stored.is_done:
        return
    draft = untouched_draft(stored)
    if draft is None:
        raise ValidationError(
            _(
                "Somebody has worked on the draft since this event ended, so the event stays "
                "ended. Go on in the draft, or plan another event."
            )
        )
    try:
        _take_out(draft, stored.handed_over)
    except ProtectedError as error:
        raise ValidationError(
            _(
                "An indicator or a claim rests on a hope of this draft. "
                "Take it away there first, then open the event again."
            )
        ) from error
    event.state, event.version, event.handed_over = EventState.RUNNING, None, {}
    event.save(update_fields=["state", "version", "handed_over"])


def _take_out(draft: FramingVersion, handed_over: dict) -> None:
    if handed_over["began"]:
        draft.delete()
        return
    Aspiration.objects.filter(pk__in=handed_over["aspirations"]).delete()
    Uncertainty.objects.filter(pk__in=handed_over["uncertainties"]).delete()
    draft.event_words = handed_over["event_words"]
    draft.save(update_fields=["event_words"])
