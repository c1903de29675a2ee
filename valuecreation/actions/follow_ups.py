"""Asking what happened to an idea, never what became of a person, and noting the answer."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from learningspaces.lib.violations import check_fields
from spaces.models import Membership
from spaces.presentation.days import date_words
from valuecreation import tasks
from valuecreation.actions.flows import set_aside
from valuecreation.models import BlockedReason, FlowStatus, FollowUp, FollowUpOutcome, Moment

LAID_ASIDE = {
    FollowUpOutcome.STALLED: FlowStatus.BLOCKED,
    FollowUpOutcome.DORMANT: FlowStatus.DORMANT,
    FollowUpOutcome.ABANDONED: FlowStatus.ABANDONED,
}


def who_can_be_asked(moment: Moment) -> Membership | None:
    """Who did it, if they can sign in and read it; else a teller of a story it stands in."""
    tellers = [step.story.teller for step in moment.steps.select_related("story__teller__person")]
    for member in [moment.agent, *tellers]:
        if member is None or member.person is None or member.left_on:
            continue
        if Moment.objects.for_user(member.person).among([moment.pk]).exists():
            return member
    return None


@transaction.atomic
def ask_what_happened(
    moment: Moment, *, by: Membership, of: Membership | None = None, question: str = ""
) -> FollowUp:
    """Ask whoever knows best what happened to an idea; a mail says that a question waits."""
    of = of or who_can_be_asked(moment)
    if of is None:
        raise ValidationError(
            _("Nobody who knows this can sign in here yet. Invite them, or ask them in person.")
        )
    if of.pk == by.pk:
        raise ValidationError(_("You would be asking yourself. Tell what happened instead."))
    waiting = FollowUp.objects.about(moment).waiting().asked_of(of.person).first()
    if waiting:
        said = _("They were asked on %(day)s already, and the question still waits.")
        raise ValidationError(said % {"day": date_words(waiting.asked_on)})
    follow_up = FollowUp(
        moment=moment,
        asked_by=by,
        asked_of=of,
        asked_on=moment.space.today,
        question=question.strip() or _("What happened?"),
    )
    check_fields(follow_up, exclude=["moment", "asked_by", "asked_of"])
    follow_up.save()
    tasks.send_follow_up_mail.delay_on_commit(follow_up.pk)
    return follow_up


@transaction.atomic
def answer_follow_up(
    follow_up: FollowUp, *, by: Membership, outcome: str, answer: str = "", reason: str = ""
) -> None:
    """Say what came of it: it went on, is blocked, kept for later or let go, or nothing yet."""
    if follow_up.asked_of_id != by.pk:
        raise ValidationError(_("Only the person who was asked can answer."))
    if follow_up.answered_on:
        raise ValidationError(_("This question was answered already."))
    if outcome not in FollowUpOutcome.values:
        raise ValidationError({"outcome": _("Choose what came of it.")})
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
