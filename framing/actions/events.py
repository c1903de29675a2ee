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
from framing.models import (
    Aspiration,
    EventState,
    FramingEvent,
    FramingStep,
    FramingVersion,
    InvitationAnswer,
    Uncertainty,
    Whose,
)
from spaces.models import Membership, Space
from spaces.revisions import claim_revision
from spaces.rules import require_open

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
def answer_invitation(event: FramingEvent, *, by: Membership, coming: bool) -> None:
    """Say whether one comes to an event that is still ahead or going on."""
    require_not_held(event)
    require_open(event.space)
    InvitationAnswer.objects.update_or_create(
        event=event, by=by, defaults={"coming": coming, "answered_at": timezone.now()}
    )


@transaction.atomic
def change_event(
    event: FramingEvent, *, by: Membership, seen: int, steps: Iterable[dict], people, **words
) -> None:
    """Change what was planned; what is written on the board stays."""
    require_not_held(event)
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


def require_not_held(event: FramingEvent) -> None:
    """What was written at an event that was held stands as it is."""
    if event.is_done:
        raise ValidationError(_("This event was held; what was written then stands as it is."))


@transaction.atomic
def go_to_step(event: FramingEvent, step: FramingStep, *, by: Membership) -> None:
    """Begin a step; the first one begins the event. Its time runs from now."""
    require_not_held(event)
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
