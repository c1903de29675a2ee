"""Who may ask what happened, how often, and what an answer leads to."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spaces.permissions import Role
from tests import make
from valuecreation import actions, tasks
from valuecreation.asking import told_by_all_accounts
from valuecreation.models import Flow, FlowStatus, FollowUp, Moment, Story, StoryState

pytestmark = pytest.mark.django_db
INSIDE = [Role.PARTICIPANT, Role.FACILITATOR, Role.CONVENER, Role.EVALUATOR]


def url(name, *args):
    return reverse(f"valuecreation:{name}", args=args)


def signed_in(member):
    browser = Client()
    browser.force_login(member.person)
    return browser


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT)


@pytest.fixture
def leader(space):
    return make.membership(space, make.person("Tomasz Wrona"), Role.FACILITATOR)


def idea(space, teller, **fields):
    story = make.story(in_space=space, teller=teller, shared=True, cycles=["potential"], **fields)
    return story.steps.get().moment


@pytest.fixture
def moment(space, ana):
    return idea(space, ana)


@pytest.mark.parametrize("role", INSIDE)
def test_whoever_is_inside_may_ask(space, moment, role):
    asker = make.membership(space, make.person(), role)
    where = url("ask_what_happened", space.slug, moment.public_id)
    signed_in(asker).post(where, {"question": "And?"})
    assert FollowUp.objects.get().asked_by == asker


def test_a_sponsor_asks_nobody(space, moment):
    sponsor = make.membership(space, make.person(), Role.SPONSOR)
    where = url("ask_what_happened", space.slug, moment.public_id)
    assert signed_in(sponsor).post(where, {"question": "And?"}).status_code in (403, 404)
    assert not FollowUp.objects.exists()


def test_a_peer_lets_three_weeks_pass_and_a_leader_does_not(space, moment, leader):
    Moment.objects.filter(pk=moment.pk).update(told_on=space.today - dt.timedelta(days=20))
    moment.refresh_from_db()
    peer = make.membership(space, make.person(), Role.PARTICIPANT)
    with pytest.raises(ValidationError, match="three weeks"):
        actions.ask_what_happened(moment, by=peer)
    assert actions.ask_what_happened(moment, by=leader)


def test_when_a_peer_may_ask_tells_no_day_of_a_nameless_teller(space, moment):
    story = moment.steps.get().story
    make.consent(story, "space", attribution="anonymous")
    peer = make.membership(space, make.person(), Role.PARTICIPANT)
    for month in (7, 9):
        moment.told_on = dt.date(2025, month, 1)
        space.refresh_from_db()
        assert told_by_all_accounts(moment, [story]) == dt.date(2025, 9, 30)
    assert actions.ask_what_happened(moment, by=peer)


def test_the_teller_is_asked_and_not_whoever_else_was_there(space, moment, leader, ana):
    moment.agent = make.membership(space, make.person(), Role.PARTICIPANT)
    moment.save()
    assert actions.ask_what_happened(moment, by=leader).asked_of == ana


def test_one_question_is_open_about_a_moment(space, moment, leader):
    peer = make.membership(space, make.person(), Role.PARTICIPANT)
    actions.ask_what_happened(moment, by=peer)
    with pytest.raises(ValidationError, match="still waits"):
        actions.ask_what_happened(moment, by=leader)


def test_nobody_is_written_to_more_than_twice_a_week_over_all_their_spaces(space, leader, ana):
    elsewhere = make.space()
    there = make.membership(elsewhere, ana.person, Role.PARTICIPANT)
    other = make.membership(elsewhere, make.person(), Role.FACILITATOR)
    put = [(idea(space, ana), leader), (idea(elsewhere, there), other), (idea(space, ana), leader)]
    asked = [make.morning(actions.ask_what_happened(moment, by=by)) for moment, by in put]
    tasks.send_waiting_follow_ups()
    assert [one.to for one in mail.outbox] == [[ana.person.email]] * 2
    assert FollowUp.objects.get(mailed_at=None) == asked[2]
    FollowUp.objects.filter(pk=asked[0].pk).update(mailed_at=timezone.now() - dt.timedelta(days=7))
    tasks.send_waiting_follow_ups()
    assert len(mail.outbox) == 3


def test_who_wants_not_to_be_asked_about_something_is_not_asked_again(space, moment, leader, ana):
    asked = actions.ask_what_happened(moment, by=leader)
    actions.answer_follow_up(asked, by=ana, outcome="never")
    with pytest.raises(ValidationError, match="rather not"):
        actions.ask_what_happened(moment, by=leader)
    assert actions.ask_what_happened(idea(space, ana), by=leader)
    assert not Flow.objects.exists()


def test_to_be_asked_in_a_month_ends_the_waiting_for_a_month(space, moment, leader, ana):
    assert Moment.objects.untold_since(space, space.today).exists()
    asked = actions.ask_what_happened(moment, by=leader)
    actions.answer_follow_up(asked, by=ana, outcome="nothing_yet", answer="Soon.")
    assert not Moment.objects.untold_since(space, space.today).exists()
    flow = Flow.objects.get()
    assert (flow.status, flow.due_on) == (FlowStatus.AWAITED, space.today + dt.timedelta(days=30))
    assert Moment.objects.untold_since(space, flow.due_on + dt.timedelta(days=1)).exists()


def test_nothing_came_of_it_wants_no_words_and_ends_the_waiting(space, moment, leader, ana):
    asked = actions.ask_what_happened(moment, by=leader)
    actions.answer_follow_up(asked, by=ana, outcome="abandoned")
    assert (Flow.objects.get().status, Story.objects.count()) == (FlowStatus.ABANDONED, 1)
    assert not Moment.objects.untold_since(space, space.today).exists()


def test_words_of_an_answer_are_for_the_two_it_is_between(space, moment, leader, ana):
    asked = actions.ask_what_happened(moment, by=leader)
    actions.answer_follow_up(asked, by=ana, outcome="happened", answer="I used it on Friday.")
    where = f"{url('tell_story', space.slug)}?from={moment.public_id}&answer={asked.pk}"
    assert "I used it on Friday." in signed_in(leader).get(where).text
    other = make.membership(space, make.person(), Role.FACILITATOR)
    assert "I used it on Friday." not in signed_in(other).get(where).text


def test_what_a_leader_heard_goes_to_its_teller_to_be_approved(space, moment, leader, ana):
    browser, words = signed_in(leader), "She used it on Friday."
    where = url("lay_aside", space.slug, moment.public_id)
    assert "happened" not in browser.post(where, {"outcome": "happened"}).headers.get(
        "Location", ""
    )
    answer = browser.post(where, {"outcome": "happened", "answer": words})
    form = browser.get(answer.url).context["form"]
    assert (form["text"].value(), form.initial["teller"]) == (words, ana)
    assert not Moment.objects.untold_since(space, space.today).among([moment.pk]).exists()
    told = {
        "text": words, "cycle": "applied", "status": "actual", "polarity": "positive",
        "follows": moment.public_id,
    }  # fmt: skip
    told["teller"] = form.fields["teller"].offered.key_of(ana)
    browser.post(answer.url, told)
    story = Story.objects.get(collector=leader)
    browser.post(url("finish_story", space.slug, story.public_id))
    story.refresh_from_db()
    assert (story.teller, story.state) == (ana, StoryState.WITH_TELLER)
    assert story.title in signed_in(ana).get(url("to_follow_up")).text


def test_who_told_namelessly_is_chosen_for_nobody(space, moment, leader, ana):
    make.consent(moment.steps.get().story, "space", attribution="pseudonym")
    heard = actions.note_heard(moment, by=leader, answer="It went on.")
    where = f"{url('tell_story', space.slug)}?from={moment.public_id}&answer={heard.pk}"
    form = signed_in(leader).get(where).context["form"]
    assert "teller" not in form.initial
    assert form["text"].value() == "It went on."
