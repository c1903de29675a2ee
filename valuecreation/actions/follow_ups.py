"""Asking what happened to an idea, never what became of a person, and noting what one heard.

The rules of asking stand in docs/readings.md (Questions).
"""

import datetime as dt
import zoneinfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from learningspaces.lib.dates import today_in
from learningspaces.lib.violations import check_fields
from spaces.models import Membership
from valuecreation.actions.flows import expect, hold_moment, set_aside
from valuecreation.actions.noticing import question_ended, tell_of_question
from valuecreation.asking import reasons_not_to_ask, whom_to_ask, whom_to_meet
from valuecreation.models import BlockedReason, FlowStatus, FollowUp, FollowUpOutcome, Moment
from valuecreation.presentation.names import is_nameless

MONTH = dt.timedelta(days=30)

LAID_ASIDE = {
    FollowUpOutcome.STALLED: FlowStatus.BLOCKED,
    FollowUpOutcome.DORMANT: FlowStatus.DORMANT,
    FollowUpOutcome.ABANDONED: FlowStatus.ABANDONED,
}


@transaction.atomic
def ask_what_happened(
    moment: Moment,
    *,
    by: Membership,
    question: str = "",
    in_person: bool = False,
) -> FollowUp:
    """Ask whoever tells of an idea what happened to it; a mail says so at eight next morning.

    `in_person` sends no mail: somebody asks when they meet. How often a person was asked lately
    refuses nobody, since it would tell who a nameless teller is: the mail waits for its turn.
    """
    hold_moment(moment)
    stories = [step.story for step in moment.steps.with_stories()]
    assert by.person, "whoever asks has signed in"
    reasons = reasons_not_to_ask(moment.space, {moment: stories}, by=by.person, in_person=in_person)
    if moment.pk in reasons:
        raise ValidationError(reasons[moment.pk])
    of = whom_to_ask(moment, stories, moment.space.today) or whom_to_meet(moment, stories)
    assert of, "a reason says so where nobody can be asked"
    nameless = any(is_nameless(story.consent) for story in stories)
    zone = of.person.time_zone if of.person and not nameless else moment.space.time_zone
    follow_up = FollowUp(
        moment=moment,
        asked_by=by,
        asked_of=of,
        asked_on=moment.space.today,
        question=question.strip() or _("What happened?"),
        goes_at=None if in_person else eight_next_morning(zone),
        in_person=in_person,
    )
    check_fields(follow_up, exclude=["moment", "asked_by", "asked_of", "told", "before"])
    follow_up.save()
    if not in_person:
        tell_of_question(follow_up)
    return follow_up


def eight_next_morning(zone: str) -> dt.datetime:
    """When a question goes: somebody has a night to take it back, and nobody is asked at night."""
    tomorrow = today_in(zone) + dt.timedelta(days=1)
    return dt.datetime.combine(tomorrow, dt.time(8), zoneinfo.ZoneInfo(zone))


@transaction.atomic
def ask_when_we_meet(follow_up: FollowUp) -> None:
    """A question that waits is put once more when people meet; no other mail goes."""
    FollowUp.objects.waiting().numbered(follow_up.pk).update(in_person=True)


@transaction.atomic
def take_back_question(follow_up: FollowUp, *, by: Membership) -> None:
    """No answer is needed any more; of a question whose mail has not gone nothing is left."""
    if follow_up.asked_by_id != by.pk:
        raise ValidationError(_("Only the person who asked takes a question back."))
    hold_moment(follow_up.moment)
    held = FollowUp.objects.select_for_update(no_key=True).numbered(follow_up.pk).first()
    if held is None or held.taken_back_on:
        return
    if held.answered_on:
        raise ValidationError(_("It has been answered meanwhile. Thank them, and read it."))
    question_ended(held)
    if held.mailed_at is None:
        held.delete()
        return
    held.taken_back_on = held.moment.space.today
    held.save(update_fields=["taken_back_on"])


@transaction.atomic
def note_heard(moment: Moment, *, by: Membership, answer: str) -> FollowUp:
    """Keep what one heard in person came of an idea, to be told for the one who said it.

    It waits for nobody from now on; the story made of it goes to its teller to be approved.
    """
    hold_moment(moment)
    if not answer.strip():
        raise ValidationError({"answer": _("Say in a few words what happened.")})
    step = moment.steps.select_related("story__teller").first()
    of = step.story.teller if step else moment.agent or by
    today = moment.space.today
    expect(moment, by=by, due_on=today + MONTH)
    heard = FollowUp(
        moment=moment,
        asked_by=by,
        asked_of=of,
        asked_on=today,
        question=_("What happened?"),
        answer=answer.strip(),
        outcome=FollowUpOutcome.HAPPENED,
        answered_on=today,
    )
    check_fields(heard, exclude=["moment", "asked_by", "asked_of"])
    said = FollowUp.objects.about(moment).heard_by(by.person).same_words(heard.answer).first()
    if said:
        return said
    heard.save()
    return heard


@transaction.atomic
def lay_aside(moment: Moment, *, by: Membership, outcome: str, note="", reason="", **asked) -> None:
    """Note that an idea is blocked for a reason, kept for later or let go."""
    if outcome not in LAID_ASIDE:
        raise ValidationError({"outcome": _("Choose what came of it.")})
    stalled = outcome == FollowUpOutcome.STALLED
    try:
        if stalled and reason not in BlockedReason.values:
            said = _("Say what stands in the way: choose one of the reasons.")
            raise ValidationError({"reason": said})
        set_aside(
            moment,
            by=by,
            status=LAID_ASIDE[FollowUpOutcome(outcome)],
            reason=reason if stalled else "",
            note=note,
            stalled=stalled,
            **asked,
        )
    except ValidationError as error:
        raise _at_the_answer(error) from error


def _at_the_answer(error: ValidationError) -> ValidationError:
    if not hasattr(error, "error_dict"):
        return error
    faults = dict(error.message_dict)
    if "note" in faults:
        faults["answer"] = faults.pop("note")
    return ValidationError(faults)
