"""Asking what happened to an idea, never what became of a person, and noting what one heard.

The rules of asking stand in docs/readings.md (Questions).
"""

import datetime as dt
import zoneinfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from learningspaces.lib.dates import last_day, today_in
from learningspaces.lib.violations import check_fields
from spaces.models import Membership, Person
from spaces.presentation.days import date_words, quarter_of
from valuecreation.actions.flows import expect, hold_moment, set_aside
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
    in_person: bool = False,
) -> FollowUp:
    """Ask whoever tells of an idea what happened to it; a mail says so at eight next morning.

    `as_peer` is somebody who leads nothing here: they let three weeks pass first. `in_person` sends
    no mail: somebody asks when they meet.
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
        goes_at=None if in_person else eight_next_morning(of.person.time_zone),
    )
    check_fields(follow_up, exclude=["moment", "asked_by", "asked_of", "told", "before"])
    follow_up.save()
    return follow_up


def eight_next_morning(zone: str) -> dt.datetime:
    """When a question goes: somebody has a night to take it back, and nobody is asked at night."""
    tomorrow = today_in(zone) + dt.timedelta(days=1)
    return dt.datetime.combine(tomorrow, dt.time(8), zoneinfo.ZoneInfo(zone))


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
    if held.mailed_at is None:
        held.delete()
        return
    held.taken_back_on = held.moment.space.today
    held.save(update_fields=["taken_back_on"])


def _require_time_to_ask(moment: Moment, of: Membership, *, as_peer: bool) -> None:
    """One open question a moment, two a person and week, and none where they said so."""
    about, today = FollowUp.objects.about(moment), moment.space.today
    waiting = about.waiting().first()
    if waiting:
        said = _("This was asked on %(day)s already, and the question still waits.")
        raise ValidationError(said % {"day": date_words(waiting.asked_on)})
    if about.closed_by(of.person).exists():
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
