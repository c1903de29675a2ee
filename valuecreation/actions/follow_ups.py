"""Asking what happened to an idea, never what became of a person, and noting the answer.

The rules of asking and of each answer stand in docs/readings.md (Questions).
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from learningspaces.lib.violations import check_fields
from spaces.models import Membership
from valuecreation import tasks
from valuecreation.actions.flows import expect, hold_moment, set_aside
from valuecreation.actions.noticing import tell_of_answer, tell_of_question
from valuecreation.asking import reasons_not_to_ask, whom_to_ask
from valuecreation.models import BlockedReason, FlowStatus, FollowUp, FollowUpOutcome, Moment

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
) -> FollowUp:
    """Ask whoever tells of an idea what happened to it; a mail says that a question waits.

    How often a person was asked lately refuses nobody, since it would tell who a nameless teller
    is: the mail waits for its turn.
    """
    hold_moment(moment)
    stories = [step.story for step in moment.steps.with_stories()]
    assert by.person, "whoever asks has signed in"
    reasons = reasons_not_to_ask(moment.space, {moment: stories}, by=by.person)
    if moment.pk in reasons:
        raise ValidationError(reasons[moment.pk])
    follow_up = FollowUp(
        moment=moment,
        asked_by=by,
        asked_of=whom_to_ask(moment, stories, moment.space.today),
        asked_on=moment.space.today,
        question=question.strip() or _("What happened?"),
    )
    check_fields(follow_up, exclude=["moment", "asked_by", "asked_of"])
    follow_up.save()
    tell_of_question(follow_up)
    tasks.send_follow_up_mail.delay_on_commit(follow_up.pk)
    return follow_up


@transaction.atomic
def answer_follow_up(
    follow_up: FollowUp, *, by: Membership, outcome: str, answer: str = "", reason: str = ""
) -> None:
    """Say what came of it: it went on, is blocked, kept for later or let go, or nothing yet."""
    if follow_up.asked_of_id != by.pk:
        raise ValidationError(_("Only the person who was asked can answer."))
    hold_moment(follow_up.moment)
    follow_up.refresh_from_db(fields=["answered_on"])
    if follow_up.answered_on:
        raise ValidationError(_("This question was answered already."))
    if outcome not in FollowUpOutcome.values:
        raise ValidationError({"outcome": _("Choose what came of it.")})
    if outcome == FollowUpOutcome.ABANDONED:
        answer = answer.strip() or _("Nothing came of it.")
    if outcome in (FollowUpOutcome.HAPPENED, FollowUpOutcome.NOTHING_YET):
        expect(follow_up.moment, by=by, due_on=follow_up.moment.space.today + MONTH)
    if outcome in LAID_ASIDE:
        lay_aside(
            follow_up.moment,
            by=by,
            outcome=outcome,
            note=answer,
            reason=reason,
            asked_by=follow_up.asked_by,
            asked_on=follow_up.asked_on,
        )
    follow_up.outcome, follow_up.answer = outcome, answer.strip()
    follow_up.answered_on = follow_up.moment.space.today
    check_fields(follow_up, exclude=["moment", "asked_by", "asked_of"])
    follow_up.save(update_fields=["outcome", "answer", "answered_on"])
    tell_of_answer(follow_up)


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
