"""Asking what happened to an idea, never what became of a person, and noting the answer.

The rules of asking and of each answer stand in docs/readings.md (Questions).
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from learningspaces.lib.dates import last_day
from learningspaces.lib.violations import check_fields
from spaces.models import Membership, Person
from spaces.presentation.days import date_words, quarter_of
from valuecreation import tasks
from valuecreation.actions.flows import expect, hold_moment, set_aside
from valuecreation.actions.noticing import tell_of_answer, tell_of_question
from valuecreation.models import (
    BlockedReason,
    FlowStatus,
    FollowUp,
    FollowUpOutcome,
    Moment,
    StoryStep,
)

WEEK = dt.timedelta(days=7)
MONTH = dt.timedelta(days=30)
MOST_A_WEEK = 2  # questions put to one person, over all their spaces
PEERS_WAIT = dt.timedelta(days=21)  # an idea has time to become something

LAID_ASIDE = {
    FollowUpOutcome.STALLED: FlowStatus.BLOCKED,
    FollowUpOutcome.DORMANT: FlowStatus.DORMANT,
    FollowUpOutcome.ABANDONED: FlowStatus.ABANDONED,
}


def who_can_be_asked(moment: Moment) -> Membership | None:
    """A teller of a story it stands in; of a moment in no story whoever did it, or noted it."""
    steps = moment.steps.select_related("story__teller__person")
    tellers: list[Membership | None] = [step.story.teller for step in steps]
    for member in tellers or [moment.agent, moment.recorded_by]:
        if member is None or member.person is None or member.left_on:
            continue
        if Moment.objects.for_user(member.person).among([moment.pk]).exists():
            return member
    return None


@transaction.atomic
def ask_what_happened(
    moment: Moment,
    *,
    by: Membership,
    of: Membership | None = None,
    question: str = "",
    as_peer: bool = False,
) -> FollowUp:
    """Ask whoever tells of an idea what happened to it; a mail says that a question waits.

    `as_peer` is somebody who leads nothing here: they let three weeks pass first.
    """
    hold_moment(moment)
    of = of or who_can_be_asked(moment)
    if of is None:
        raise ValidationError(
            _("Nobody who knows this can sign in here yet. Invite them, or ask them in person.")
        )
    if of.pk == by.pk:
        raise ValidationError(_("You would be asking yourself. Tell what happened instead."))
    _require_time_to_ask(moment, of, as_peer=as_peer)
    follow_up = FollowUp(
        moment=moment,
        asked_by=by,
        asked_of=of,
        asked_on=moment.space.today,
        question=question.strip() or _("What happened?"),
    )
    check_fields(follow_up, exclude=["moment", "asked_by", "asked_of"])
    follow_up.save()
    tell_of_question(follow_up)
    tasks.send_follow_up_mail.delay_on_commit(follow_up.pk)
    return follow_up


def _require_time_to_ask(moment: Moment, of: Membership, *, as_peer: bool) -> None:
    """One open question a moment, two a person and week, and none where they said so."""
    about, today = FollowUp.objects.about(moment), moment.space.today
    waiting = about.waiting().first()
    if waiting:
        said = _("This was asked on %(day)s already, and the question still waits.")
        raise ValidationError(said % {"day": date_words(waiting.asked_on)})
    if about.refused_by(of.person).exists():
        raise ValidationError(_("They would rather not be asked about this. Ask about another."))
    if as_peer and today < told_by_all_accounts(moment) + PEERS_WAIT:
        said = _("This was told only lately. Let three weeks pass, or ask in person.")
        raise ValidationError(said)
    assert of.person, "who can be asked has an account"
    Person.objects.select_for_update(no_key=True).get(pk=of.person.pk)
    lately = FollowUp.objects.asked_of(of.person).put_since(today - WEEK)
    if lately.count() >= MOST_A_WEEK:
        said = _("They were asked twice in these seven days. Ask in a few days, or in person.")
        raise ValidationError(said)


def told_by_all_accounts(moment: Moment) -> dt.date:
    """The day a moment was told; of a nameless teller's the last of its quarter."""
    if StoryStep.objects.of_nameless().of_moments([moment]).exists():
        return last_day(quarter_of(moment.told_on), "quarter")
    return moment.told_on


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
