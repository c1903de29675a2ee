"""A framing event: planned, held step by step, and ended in a draft version."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from framing.actions.board import touch
from framing.actions.drafts import begin_draft
from framing.actions.parts import add_part
from framing.board import HEAD
from framing.keys import aspiration_key, uncertainty_key
from framing.models import (
    Aspiration,
    BoardNote,
    BoardNoteKind,
    EventState,
    FramingEvent,
    FramingStep,
    FramingVersion,
    Uncertainty,
    Whose,
)
from spaces.models import Membership, Space
from spaces.revisions import claim_revision

STEP_BEGINS_WITH = {"title": "", "minutes": 15, "prompt": "", "with_sponsor": False}


@transaction.atomic
def plan_event(
    space: Space,
    *,
    by: Membership,
    title: str,
    starts_at: dt.datetime,
    steps: Iterable[dict],
    place: str = "",
    facilitator: Membership | None = None,
    people: Iterable[Membership] = (),
) -> FramingEvent:
    """Set a day, a place, the people and the steps of a framing event."""
    leader = facilitator or by
    event = FramingEvent(
        space=space, title=title, starts_at=starts_at, place=place, facilitator=leader
    )
    _require_of_space(space, leader, *people)
    event.clean_fields(exclude=["space", "facilitator", "current_step", "version", "columns"])
    event.save()
    event.people.set(people)
    _set_steps(event, list(steps))
    return event


def _require_of_space(space: Space, *people: Membership) -> None:
    if any(person.space_id != space.pk for person in people):
        raise ValidationError({"people": _("Choose people who take part in this space.")})


def _set_steps(event: FramingEvent, steps: list[dict]) -> None:
    """Steps in the order given; those that already exist keep when they began."""
    if not steps:
        raise ValidationError(_("An event needs at least one step. Fill in one of the lines."))
    known: dict[int | None, FramingStep] = {step.pk: step for step in event.steps.all()}
    kept = {step.get("pk") for step in steps}
    for pk in known.keys() - kept:
        known[pk].delete()
    event.steps.update(order=F("order") + 1000)  # out of the way: an order is held once
    for order, words in enumerate(steps, start=1):
        step = known.get(words.get("pk")) or FramingStep(event=event)
        step.order = order
        for name, otherwise in STEP_BEGINS_WITH.items():
            setattr(step, name, words.get(name, otherwise))
        step.clean_fields(exclude=["event"])
        step.save()


@transaction.atomic
def change_event(
    event: FramingEvent, *, by: Membership, seen: int, steps: Iterable[dict], people, **words
) -> None:
    """Change what was planned; what is written on the board stays."""
    _require_not_held(event)
    claim_revision(event, seen)
    _require_of_space(event.space, *people)
    for name in ("title", "starts_at", "place", "facilitator"):
        if name in words:
            setattr(event, name, words[name])
    event.clean_fields(exclude=["space", "facilitator", "current_step", "version", "columns"])
    event.save(update_fields=["title", "starts_at", "place", "facilitator"])
    event.people.set(people)
    _set_steps(event, list(steps))
    touch(event, HEAD)


def _require_not_held(event: FramingEvent) -> None:
    if event.is_done:
        raise ValidationError(_("This event was held; what was written then stands as it is."))


@transaction.atomic
def go_to_step(event: FramingEvent, step: FramingStep, *, by: Membership) -> None:
    """Begin a step; the first one begins the event. Its time runs from now."""
    _require_not_held(event)
    if step.event_id != event.pk:
        raise ValidationError(_("This step belongs to another event."))
    stored = touch(event, HEAD)
    if stored.is_running and stored.current_step_id == step.pk:
        return
    step.started_at = timezone.now()
    step.save(update_fields=["started_at"])
    event.state, event.current_step = EventState.RUNNING, step
    event.save(update_fields=["state", "current_step"])


@transaction.atomic
def end_event(event: FramingEvent, *, by: Membership) -> FramingVersion:
    """Put what was written into the draft: hopes as members' aspirations, doubts as uncertainties.

    Nothing is lost: the board stays readable with every note, also those set aside as duplicates.
    """
    stored = touch(event, HEAD)
    _require_not_held(stored)
    if not stored.is_running:
        raise ValidationError(_("Nobody has written yet. Begin the first step, then end it here."))
    draft = FramingVersion.objects.in_space(event.space).drafts().select_for_update().first()
    draft = draft or begin_draft(event.space, by=by)
    for note in BoardNote.objects.on_board(event).carried_over():
        _put_into(draft, note)
    if not draft.event_words:
        draft.event_words = _("framing event “%(title)s”") % {"title": event.title}
        draft.save(update_fields=["event_words"])
    event.state, event.version = EventState.DONE, draft
    event.save(update_fields=["state", "version"])
    return draft


def _put_into(draft: FramingVersion, note: BoardNote) -> None:
    if note.kind == BoardNoteKind.HOPE:
        Aspiration.objects.create(
            version=draft,
            key=aspiration_key(draft.space, note.cycle, Whose.MEMBER),
            cycle=note.cycle,
            whose=Whose.MEMBER,
            text=note.text,
            stated_by=note.by,
        )
    else:
        Uncertainty.objects.create(
            version=draft, key=uncertainty_key(draft.space), text=note.text, raised_by=note.by
        )


@transaction.atomic
def ask_whether_question_changed(
    space: Space, *, by: Membership, unsure: str = "", aspiration: str = "", cycle: str = ""
) -> FramingVersion:
    """Two minutes inside a session: a new doubt or a missing hope goes into the draft."""
    if not unsure.strip() and not aspiration.strip():
        raise ValidationError(_("Write one of the two: a new doubt, or a hope that is missing."))
    draft = FramingVersion.objects.in_space(space).drafts().select_for_update().first()
    draft = draft or begin_draft(space, by=by)
    if unsure.strip():
        add_part(draft, by=by, part=Uncertainty(text=unsure.strip()))
    if aspiration.strip():
        add_part(
            draft,
            by=by,
            part=Aspiration(text=aspiration.strip(), cycle=cycle, whose=Whose.MEMBER),
        )
    return draft
