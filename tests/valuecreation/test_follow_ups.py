"""Asking what happened to an idea, and everything that waits for somebody."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from spaces.models import Notice
from spaces.permissions import Role
from tests import make
from valuecreation import actions, tasks
from valuecreation.answer_links import signed_question
from valuecreation.models import Flow, FlowStatus, FollowUp, Moment, Story

pytestmark = pytest.mark.django_db


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


@pytest.fixture
def moment(space, ana):
    story = make.story(in_space=space, teller=ana, shared=True, cycles=["potential"])
    return story.steps.get().moment


def test_question_goes_next_morning_by_a_mail_without_a_word_of_it(moment, leader, ana):
    asked = actions.ask_what_happened(moment, by=leader, question="Did the grid help?")
    tasks.send_waiting_follow_ups()
    assert (mail.outbox, asked.asked_of) == ([], ana)
    make.morning(asked)
    tasks.send_waiting_follow_ups()
    assert [m.to for m in mail.outbox] == [[ana.person.email]]
    sent = mail.outbox[0].subject + mail.outbox[0].body
    for words in ("grid", moment.text, "stalled", "overdue"):
        assert words not in sent
    assert f"/a/{signed_question(asked)}/" in sent
    assert "Tomasz Wrona would like to hear" in sent


def test_mail_goes_out_once_however_often_its_task_arrives(moment, leader):
    asked = actions.ask_what_happened(moment, by=leader)
    make.morning(asked)
    tasks.send_follow_up_mail(asked.pk)
    tasks.send_follow_up_mail(asked.pk)
    tasks.send_waiting_follow_ups()
    assert len(mail.outbox) == 1


def test_teller_is_asked_when_whoever_did_it_cannot_sign_in(space, moment, leader, ana):
    moment.agent = make.membership(space, None, name="Joe")
    moment.save()
    assert actions.ask_what_happened(moment, by=leader).asked_of == ana


def test_nobody_is_asked_twice_at_once(moment, leader):
    actions.ask_what_happened(moment, by=leader)
    with pytest.raises(ValidationError, match="still waits"):
        actions.ask_what_happened(moment, by=leader)


def test_whoever_asked_says_that_something_stands_in_the_way(space, moment, leader):
    heard = {"outcome": "stalled", "reason": "no_authority", "note": "Needs a signature."}
    actions.lay_aside(moment, by=leader, **heard)
    flow = Flow.objects.get()
    assert (flow.status, flow.stalled, flow.reason) == (FlowStatus.BLOCKED, True, "no_authority")
    assert (flow.asked_by, flow.asked_on) == (leader, space.today)
    assert flow.note == "Needs a signature."


@pytest.mark.parametrize(
    ("heard", "field"),
    [
        ({"outcome": "stalled"}, "reason"),
        ({"outcome": "stalled", "reason": "lazy"}, "reason"),
        ({"outcome": "stalled", "reason": "other"}, "answer"),
        ({"outcome": "nonsense"}, "outcome"),
    ],
)
def test_what_was_heard_without_what_it_needs_is_refused(moment, leader, heard, field):
    with pytest.raises(ValidationError) as refused:
        actions.lay_aside(moment, by=leader, **heard)
    assert field in refused.value.message_dict
    assert not Flow.objects.exists()


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        ({"outcome": "stalled", "answer": "No."}, "outcome"),
        ({"outcome": "nonsense"}, "outcome"),
        ({"outcome": "happened", "answer": " "}, "answer"),
        ({"outcome": "nothing_yet", "answer": "x" * 20_001}, "answer"),
    ],
)
def test_answer_without_what_it_needs_is_refused(moment, leader, ana, answer, field):
    asked = actions.ask_what_happened(moment, by=leader)
    with pytest.raises(ValidationError) as refused:
        actions.answer_follow_up(asked, by=ana, **answer)
    assert field in refused.value.message_dict
    assert FollowUp.objects.waiting().count() == 1
    assert not Flow.objects.exists()


def test_awaited_way_is_the_one_that_is_kept_for_later(space, moment, leader):
    hope = make.moment(space, status="hoped")
    step = moment.steps.get()
    step.story.steps.create(moment=hope, order=2)
    way = make.flow(moment, hope, status="awaited")
    actions.lay_aside(moment, by=leader, outcome="dormant")
    assert list(Flow.objects.all()) == [way]
    assert Flow.objects.get().status == FlowStatus.DORMANT


def test_only_whoever_was_asked_answers(moment, leader):
    asked = actions.ask_what_happened(moment, by=leader)
    with pytest.raises(ValidationError):
        actions.answer_follow_up(asked, by=leader, outcome="nothing_yet")


def test_facilitator_notes_what_came_of_it_on_a_page(space, moment, leader):
    form = {"outcome": "stalled", "reason": "no_time", "answer": "Winter."}
    answer = signed_in(leader).post(url("lay_aside", space.slug, moment.public_id), form)
    assert answer.status_code == 302
    flow = Flow.objects.get()
    assert (flow.stalled, flow.asked_by) == (True, leader)


def test_participants_do_not_note_in_the_facilitators_name(space, moment, ana):
    browser = signed_in(ana)
    assert browser.get(url("lay_aside", space.slug, moment.public_id)).status_code == 403


def test_facilitator_asks_only_about_what_they_may_read(space, leader):
    hidden = make.story(in_space=space).steps.get().moment
    told = make.story(in_space=space, shared=True).steps.get().moment
    browser = signed_in(leader)
    assert browser.get(url("ask_what_happened", space.slug, told.public_id)).status_code == 200
    assert browser.get(url("ask_what_happened", space.slug, hidden.public_id)).status_code == 404


def test_asking_names_no_teller_who_is_not_named(space, moment, leader, ana):
    make.consent(moment.steps.get().story, "space", attribution="anonymous")
    browser = signed_in(leader)
    page = browser.get(url("ask_what_happened", space.slug, moment.public_id)).text
    assert "The question goes to a member." in page
    browser.post(url("ask_what_happened", space.slug, moment.public_id), {"question": "And?"})
    asked = FollowUp.objects.get()
    actions.answer_follow_up(asked, by=ana, outcome="nothing_yet", answer="Soon.")
    answers = browser.get(url("to_follow_up")).text
    assert "Soon." in answers
    assert "Ana" not in page + answers


def test_what_waits_for_somebody_stands_on_one_page(space, moment, leader, ana):
    moment_of = make.story(in_space=space, teller=ana, title="Unfinished").steps.get().moment
    Moment.objects.filter(pk=moment_of.pk).update(
        status="hoped", occurred_on=None, due_on=dt.date(2025, 9, 1), text="By autumn."
    )
    Story.objects.filter(title="Unfinished").update(collector=leader)
    actions.finish_story(Story.objects.get(title="Unfinished"), by=leader)
    make.morning(actions.ask_what_happened(moment, by=leader, question="Did the grid help?"))
    page = signed_in(ana).get(url("to_follow_up")).text

    for words in ("Unfinished", "Did the grid help?", "By autumn.", "Written down for you"):
        assert words in page
    assert Notice.objects.count_asking(ana.person) == 2
    assert Notice.objects.count_asking(leader.person) == 0
    for word in ("overdue", "failed", "stalled"):
        assert word not in page.lower()


def test_quiet_moments_of_ones_own_are_an_invitation(space, moment, ana, leader):
    assert moment.text in signed_in(ana).get(url("to_follow_up")).text
    assert moment.text not in signed_in(leader).get(url("to_follow_up")).text


def test_question_of_another_is_not_there(space, moment, leader, ana):
    asked = actions.ask_what_happened(moment, by=leader)
    assert signed_in(ana).get(url("answer_follow_up", asked.pk)).status_code == 200
    assert signed_in(leader).get(url("answer_follow_up", asked.pk)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_for_one_question_and_for_three(
    rows, space, leader, ana, django_assert_num_queries
):
    for _ in range(rows):
        story = make.story(in_space=space, teller=ana, shared=True, cycles=["potential"])
        asked = actions.ask_what_happened(story.steps.get().moment, by=leader)
        make.morning(asked)
    browser = signed_in(ana)
    with django_assert_num_queries(21):
        browser.get(url("to_follow_up"))


MAY = dt.date(2025, 5, 1)


@pytest.mark.parametrize(
    ("ways", "on", "asked"),
    [
        ([], dt.date(2025, 7, 30), False),
        ([], dt.date(2025, 7, 31), True),
        ([{"status": "happened"}], dt.date(2026, 1, 1), False),
        ([{"status": "dormant"}], dt.date(2026, 1, 1), False),
        ([{"status": "dormant"}, {"status": "blocked"}], dt.date(2026, 1, 1), True),
        ([{"status": "awaited", "due_on": dt.date(2025, 6, 1)}], dt.date(2025, 6, 2), True),
        ([{"status": "awaited", "due_on": dt.date(2026, 1, 1)}], dt.date(2026, 1, 1), False),
    ],
)
def test_own_moment_is_asked_about_when_it_is_quiet(space, moment, ways, on, asked):
    """The same days as in the readings: 90 for potential value, on May first."""
    for way in ways:
        happened = way["status"] == "happened"
        make.flow(moment, make.moment(space, occurred_on=MAY) if happened else None, **way)
    quiet = Moment.objects.untold_since(space, on)
    assert quiet.among([moment.pk]).exists() == asked
