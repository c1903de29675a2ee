"""Hopes, flows between moments, what was taken up, and moments in no story yet."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.cycles import Cycle, Location
from valuecreation.models import (
    Flow,
    FlowKind,
    FlowStatus,
    Moment,
)
from valuecreation.summaries import tallies

pytestmark = pytest.mark.django_db
MAY = dt.date(2025, 5, 1)


def fields(**changed):
    return {
        "cycle": "applied",
        "text": "We tried it.",
        "polarity": "positive",
        "status": "actual",
        "occurred_on": MAY,
        "location": Location.IN_PRACTICE,
    } | changed


def url(name, *args):
    return reverse(f"valuecreation:{name}", args=args)


@pytest.fixture
def teller(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT, practice="nurse")


@pytest.fixture
def collector(space):
    return make.membership(space, make.person("Mei Tanaka"), Role.PARTICIPANT)


def told_by(space, by, *moments, **more):
    return actions.tell_story(space, by=by, moments=moments or [fields()], **more)


def shared(space, teller, *moments):
    story = told_by(space, teller, *moments)
    actions.give_consent(story, by=teller, audience=["space"], uses=["learning", "quote"])
    return story


# --- hopes, flows, moments in no story --------------------------------------------------------


def test_confirmed_hope_has_happened_with_its_way_and_keeps_the_hope(space, teller):
    hope = fields(status="hoped", occurred_on=None, due_on=None, text="Healed by autumn.")
    story = told_by(space, teller, fields(), hope)
    moment = story.steps.last().moment
    actions.confirm_hope(moment, by=teller, occurred_on=dt.date(2025, 6, 1), text="Healed.")

    moment.refresh_from_db()
    assert (moment.status, moment.was_hoped, moment.text) == ("actual", True, "Healed.")
    assert moment.hope["text"] == "Healed by autumn."
    assert Flow.objects.get().status == FlowStatus.HAPPENED


def test_hope_let_go_says_why(space, teller):
    hope = fields(status="hoped", occurred_on=None)
    moment = told_by(space, teller, fields(), hope).steps.last().moment
    with pytest.raises(ValidationError):
        actions.let_go_hope(moment, by=teller, why=" ")
    actions.let_go_hope(moment, by=teller, why="The clinic moved.")
    flow = Flow.objects.get()
    assert (flow.status, flow.note) == (FlowStatus.ABANDONED, "The clinic moved.")


def test_flow_between_stories_can_be_claimed_by_somebody_who_reads_both(space, teller, collector):
    one, two = shared(space, teller), shared(space, collector)
    source, target = one.steps.get().moment, two.steps.get().moment
    flow = actions.claim_flow(source=source, target=target, by=collector)
    assert (flow.kind, flow.status) == (FlowKind.FORWARD, FlowStatus.HAPPENED)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "return"}, "kind"),
        ({"kind": "cross_space"}, "kind"),
        ({"kind": "reframing"}, "kind"),
        ({"status": "awaited"}, "status"),
        ({"status": "blocked", "reason": "other"}, "note"),
        ({"status": "nonsense"}, "status"),
    ],
)
def test_flow_that_breaks_a_rule_is_refused(space, teller, said, field):
    source, target = (shared(space, teller).steps.get().moment for _ in range(2))
    with pytest.raises(ValidationError) as refused:
        actions.claim_flow(source=source, target=target, by=teller, **said)
    assert field in refused.value.message_dict


def test_happened_flow_into_a_hope_is_refused(space, teller):
    source = shared(space, teller).steps.get().moment
    hope = shared(space, teller, fields(status="hoped", occurred_on=None)).steps.get().moment
    with pytest.raises(ValidationError) as refused:
        actions.claim_flow(source=source, target=hope, by=teller, status="happened")
    assert "status" in refused.value.message_dict


def test_happened_flow_must_lead_somewhere(space, teller):
    source = shared(space, teller).steps.get().moment
    with pytest.raises(ValidationError, match="Choose the moment it led to"):
        actions.claim_flow(source=source, target=None, by=teller, status="happened")


def test_flows_that_would_go_round_are_refused(space, teller):
    story = shared(space, teller, fields(), fields(), fields())
    first, _second, third = (step.moment for step in story.steps.all())
    with pytest.raises(ValidationError, match="would go round"):
        actions.claim_flow(source=third, target=first, by=teller)


def test_what_was_said_once_is_not_said_twice(space, teller):
    story = shared(space, teller, fields(), fields())
    first, second = (step.moment for step in story.steps.all())
    with pytest.raises(ValidationError, match="said already"):
        actions.claim_flow(source=first, target=second, by=teller)


def test_flow_to_a_moment_one_may_not_read_is_not_found(space, teller, collector):
    mine = shared(space, collector).steps.get().moment
    hidden = told_by(space, teller).steps.get().moment
    with pytest.raises(ValidationError, match="not found among this space's"):
        actions.claim_flow(source=mine, target=hidden, by=collector)


def test_flow_said_in_error_is_taken_back_by_whoever_said_it_or_a_teller(space, teller, collector):
    one, two = shared(space, teller), shared(space, collector)
    source, target = one.steps.get().moment, two.steps.get().moment
    bystander = make.membership(space, make.person(), Role.PARTICIPANT)
    for may in (teller, collector, bystander):
        flow = actions.claim_flow(source=source, target=target, by=bystander)
        actions.take_back_flow(flow, by=may)
        assert not Flow.objects.exists()
        assert tallies.check(space.pk) == {}

    flow = actions.claim_flow(source=source, target=target, by=teller)
    with pytest.raises(ValidationError, match="Only the one who said so"):
        actions.take_back_flow(flow, by=bystander)
    assert Flow.objects.get() == flow


def test_way_into_the_framing_is_not_taken_back_with_the_moment(space, teller):
    moment = shared(space, teller).steps.get().moment
    flow = make.flow(moment, None, kind=FlowKind.REFRAMING, framing_number=2, claimed_by=teller)
    with pytest.raises(ValidationError):
        actions.take_back_flow(flow, by=teller)


def test_what_a_collector_proposed_as_leading_on_is_the_tellers_word_once_approved(
    space, teller, collector
):
    story = told_by(space, collector, fields(), fields(), teller=teller, finished=True)
    elsewhere = shared(space, collector).steps.get().moment
    own = actions.claim_flow(source=elsewhere, target=story.steps.first().moment, by=collector)
    proposed = Flow.objects.exclude(pk=own.pk).get()
    assert proposed.claimed_by == collector

    actions.approve_story(story, by=teller)
    proposed.refresh_from_db()
    own.refresh_from_db()
    assert (proposed.claimed_by, own.claimed_by) == (teller, collector)


def test_uptake_is_for_somebody_else_to_say(space, teller, collector):
    moment = shared(space, teller).steps.get().moment
    with pytest.raises(ValidationError, match="brought this yourself"):
        actions.take_up(moment, by=teller, label="Good, that.")
    uptake = actions.take_up(moment, by=collector, label="On the agenda.", kind="agenda_item")
    assert uptake.by == collector


def test_uptake_is_not_for_whoever_tells_of_what_another_did(space, teller, collector):
    moment = shared(space, teller).steps.get().moment
    Moment.objects.update(agent=collector)
    moment.refresh_from_db()
    for by in (teller, collector):
        with pytest.raises(ValidationError, match="brought this yourself"):
            actions.take_up(moment, by=by, label="Good, that.")
    third = make.membership(space, make.person(), Role.PARTICIPANT)
    assert actions.take_up(moment, by=third, label="On the agenda.").by == third


def test_overheard_moment_is_its_recorders_until_adopted(space, teller, collector):
    noted = actions.note_moment(space, by=collector, fields=fields(text="I use it, too."))
    assert list(Moment.objects.for_user(teller.person)) == []
    story = told_by(space, collector)
    actions.adopt_moment(story, noted, by=collector)
    assert [step.moment.text for step in story.steps.all()] == ["We tried it.", "I use it, too."]


def test_overheard_moment_shared_with_the_space_is_read_by_it(space, teller, collector):
    noted = actions.note_moment(space, by=collector, fields=fields(), shared=True)
    assert list(Moment.objects.for_user(teller.person)) == [noted]
    assert noted.cycle == Cycle.APPLIED


def test_note_of_somebody_else_is_not_taken_into_ones_own_story(space, teller, collector):
    noted = actions.note_moment(space, by=collector, fields=fields(text="Mine."), shared=True)
    with pytest.raises(ValidationError, match="Only the person who noted this"):
        actions.adopt_moment(told_by(space, teller), noted, by=teller)
