"""What concerns somebody is noted once, and is gone when it is dealt with."""

import datetime as dt

import pytest
from django.urls import reverse

from spaces import actions
from spaces.models import Boundary, Notice, NoticeKind
from spaces.permissions import Role
from tests import make
from valuecreation import actions as telling
from valuecreation import fetching
from valuecreation.models import DeletionRequest, StoryState

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT)


@pytest.fixture
def leader(space):
    return make.membership(space, make.person("Grace Ellwood"), Role.FACILITATOR)


def waits_for(member):
    return Notice.objects.count_asking(member.person)


def kinds(member):
    rows = Notice.objects.for_user(member.person).open(member.person.today)
    return sorted(rows.values_list("kind", "label"))


def put(member, **fields):
    about = {"space": member.space, "number": 1, "address": "/"} | fields
    actions.notify(member.person, about.pop("kind", NoticeKind.QUESTION), **about)


def test_the_same_is_noted_once_and_stays_dealt_with(ana):
    put(ana, label="Grace")
    put(ana, label="Grace E.")
    assert kinds(ana) == [("question", "Grace E.")]
    actions.done(NoticeKind.QUESTION, 1)
    put(ana, label="Grace")
    assert kinds(ana) == []
    put(ana, label="Grace", again=True)
    assert waits_for(ana) == 1


def test_what_is_dealt_with_says_no_name(ana):
    put(ana, label="Grace")
    actions.done(NoticeKind.QUESTION, 1)
    assert Notice.objects.get().label == ""


def test_nothing_waits_before_its_day_and_what_is_to_be_known_is_not_counted(ana):
    put(ana, due=ana.person.today + dt.timedelta(days=1))
    put(ana, kind=NoticeKind.ANSWER)
    assert (waits_for(ana), kinds(ana)) == (0, [("answer", "")])
    put(ana, due=ana.person.today)
    assert waits_for(ana) == Notice.objects.asking(ana.person.today).count() == 1


def test_nobody_is_told_of_what_concerns_another(ana, leader):
    put(ana)
    assert waits_for(leader) == 0


def test_the_number_costs_one_query(ana, django_assert_num_queries):
    put(ana)
    with django_assert_num_queries(1):
        waits_for(ana)


def test_question_is_noted_and_gone_with_its_answer(space, ana, leader):
    told = make.story(in_space=space, teller=ana, shared=True)
    asked = telling.ask_what_happened(told.steps.get().moment, by=leader)
    assert kinds(ana) == []  # it goes next morning; until then it can be taken back
    make.morning(asked)
    assert kinds(ana) == [("question", "Grace Ellwood")]
    telling.answer_follow_up(asked, by=ana, outcome="dormant", answer="Later.")
    assert kinds(ana) == []
    assert kinds(leader) == [("answer", "Ana Costa")]


def test_answer_of_a_nameless_teller_names_nobody(space, ana, leader):
    told = make.story(in_space=space, teller=ana, state=StoryState.APPROVED)
    make.consent(told, "space", attribution="pseudonym")
    asked = telling.ask_what_happened(told.steps.get().moment, by=leader)
    telling.answer_follow_up(asked, by=ana, outcome="dormant", answer="Later.")
    ((kind, label),) = kinds(leader)
    assert kind == "answer"
    assert "Ana" not in label


def test_question_that_may_not_be_read_any_more_waits_no_longer(space, ana, leader):
    told = make.story(in_space=space, teller=ana, shared=True)
    make.morning(telling.ask_what_happened(told.steps.get().moment, by=leader))
    assert kinds(ana) == [("question", "Grace Ellwood")]
    telling.erase_story(told, by=ana)
    assert kinds(ana) == []


@pytest.mark.parametrize("settle", [telling.approve_story, telling.withdraw_story])
def test_story_written_down_waits_until_its_teller_settles_it(space, ana, leader, settle):
    words = {"cycle": "applied", "text": "We tried.", "polarity": "nil"}
    words["occurred_on"] = space.today
    told = telling.tell_story(space, by=leader, teller=ana, moments=[words], finished=True)
    assert kinds(ana) == [("story", "Grace Ellwood")]
    settle(told, by=ana)
    assert kinds(ana) == []


def test_request_waits_for_all_leaders_until_one_answers(space, ana, leader):
    space.boundary_policy = Boundary.BY_REQUEST
    space.save()
    other = make.membership(space, make.person(), Role.CONVENER)
    bo = make.person("Bo Berg")
    request = actions.ask_to_join(space, by=bo)
    assert kinds(leader) == kinds(other) == [("request", "Bo Berg")]
    assert kinds(ana) == []
    actions.answer_request(request, by=leader, welcome=True)
    assert kinds(other) == []


def test_name_claimed_waits_for_whoever_may_confirm_it(space, ana, leader):
    waiting = make.membership(space, None, Role.PARTICIPANT, name="Mei Ling")
    claimed = actions.entering.claim_name(waiting, by=make.person(), invited_by=ana)
    assert kinds(leader) == [("name_claim", "Mei Ling")]
    actions.confirm_claim(claimed.claim, by=leader)
    assert kinds(leader) == []


def test_whoever_brought_something_learns_that_it_was_taken_up(space, ana, leader):
    told = make.story(in_space=space, teller=ana, shared=True)
    telling.take_up(told.steps.get().moment, by=leader, label="We tried it on Tuesday.")
    assert kinds(ana) == [("taken_up", "")]


def test_request_to_delete_waits_until_it_is_done(space, ana, leader):
    told = make.story(in_space=space, teller=ana, shared=True)
    trace = fetching.leave_trace(space, kind="report", label="R", person=leader.person)
    fetching.note_fetched(trace, [told.pk])
    telling.withdraw_story(told, by=ana)
    assert kinds(leader) == [("delete", "")]
    telling.confirm_deleted(DeletionRequest.objects.get())
    assert kinds(leader) == []


def test_whoever_is_forgotten_is_named_in_no_notice(space, ana, leader):
    told = make.story(in_space=space, teller=ana, shared=True)
    make.morning(telling.ask_what_happened(told.steps.get().moment, by=leader))
    actions.forget_member(leader, by=leader.person, name="A former member")
    assert kinds(ana) == [("question", "A former member")]


def test_the_number_stands_in_the_header(space, ana, leader, signed_in):
    put(ana)
    page = signed_in(ana.person).get(reverse("home")).text
    assert "To follow up <b>1</b>" in page
