"""The one list of a facilitator before people meet again, and what each button on it does."""

import datetime as dt

import pytest
from django.urls import reverse

from framing.models import FramingEvent
from spaces.permissions import Role
from tests import make
from valuecreation import actions, tasks
from valuecreation.loops import keeping as readings
from valuecreation.models import FollowUp, Moment, Uptake, UptakeKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(space):
    return make.membership(space, make.person("Tomasz Wrona"), Role.FACILITATOR)


@pytest.fixture
def mei(space):
    return make.membership(space, make.person("Mei Tanaka"), Role.PARTICIPANT, practice="nurse")


@pytest.fixture
def lists(client, leader, space):
    """A function that opens the list as its facilitator does."""
    client.force_login(leader.person)
    where = reverse("before_gathering", args=[space.slug])

    def look():
        readings.reread(space)
        return client.get(where)

    return look


def idea(space, teller, **fields):
    told = make.story(in_space=space, teller=teller, shared=True, cycles=["potential"])
    moment = told.steps.get().moment
    Moment.objects.filter(pk=moment.pk).update(**fields)
    return Moment.objects.get(pk=moment.pk)


def press(client, name, *args, **data):
    return client.post(reverse(f"valuecreation:{name}", args=args), data, follow=True)


def test_list_holds_what_will_be_quiet_by_then_and_says_so_with_a_number(space, leader, mei, lists):
    soon = space.today + dt.timedelta(days=7)
    at_noon = dt.datetime.combine(soon, dt.time(12), tzinfo=dt.UTC)
    FramingEvent.objects.create(space=space, title="Swollen legs", starts_at=at_noon)
    will_be = idea(space, mei, occurred_on=soon - dt.timedelta(days=91))
    will_not = idea(space, mei, occurred_on=soon - dt.timedelta(days=90))
    page = lists()
    assert [row.moment.public_id for row in page.context["ask"].quiet] == [will_be.public_id]
    assert will_not.text not in page.text
    assert '<span class="count">1</span>' in page.text
    assert "Before " in page.text
    assert "Ask Mei" in page.text


def test_asked_by_one_tap_it_goes_at_eight_and_can_be_taken_back(client, space, leader, mei, lists):
    moment = idea(space, mei)
    lists()
    page = press(client, "ask_now", space.slug, moment.public_id)
    assert "Goes at eight tomorrow" in page.text
    assert page.context["ask"].quiet == []
    page = press(client, "take_back_question", FollowUp.objects.get().pk)
    assert [row.first_name for row in page.context["ask"].quiet] == ["Mei"]
    assert not FollowUp.objects.exists()


def test_after_its_mail_a_question_waits_and_can_be_put_when_people_meet(
    client, space, leader, mei, lists
):
    asked = actions.ask_what_happened(idea(space, mei), by=leader)
    make.morning(asked)
    tasks.send_waiting_follow_ups()
    assert "Ask when you meet" in lists().text
    assert "To be asked when you meet" in press(client, "ask_when_we_meet", asked.pk).text
    page = press(client, "take_back_question", asked.pk)
    assert page.context["ask"].asked == []
    assert FollowUp.objects.get().taken_back_on


def test_whoever_has_no_address_is_asked_when_people_meet(client, space, leader, lists):
    alan = make.membership(space, None, name="Alan Whitcombe")
    moment = idea(space, alan)
    page = lists()
    assert "<b>Alan Whitcombe</b> has no mail address" in page.text
    page = press(client, "ask_now", space.slug, moment.public_id, in_person="yes")
    assert "To be asked when you meet" in page.text
    assert FollowUp.objects.get().goes_at is None


def test_a_nameless_teller_is_asked_by_no_name(space, leader, mei, lists):
    moment = idea(space, mei)
    make.consent(moment.steps.get().story, "space", attribution="anonymous")
    page = lists()
    assert "Ask the teller" in page.text
    assert "Mei" not in page.text
    actions.ask_what_happened(moment, by=leader)
    page = lists()
    assert "Goes at eight tomorrow" in page.text
    assert "Mei" not in page.text
    assert "1 May" not in page.text


def test_who_refused_is_counted_and_not_listed(space, leader, mei, lists):
    moment = idea(space, mei)
    asked = actions.ask_what_happened(moment, by=leader)
    actions.answer_follow_up(asked, by=mei, outcome="never")
    page = lists()
    assert "Not to be asked (1)" in page.text
    assert "Mei" not in page.text
    assert moment.text not in page.text


def test_what_came_back_gets_ten_minutes(client, space, leader, mei, lists):
    tried = idea(space, mei, cycle="applied", location="in_practice")
    told = idea(space, mei, location="in_space")
    make.flow(tried, told, kind="return")
    page = lists()
    assert [row.moment.public_id for row in page.context["ask"].open] == [told.public_id]
    assert page.context["ask"].number >= 1
    press(client, "give_ten_minutes", space.slug, told.public_id)
    assert Uptake.objects.get().kind == UptakeKind.AGENDA_ITEM
    assert lists().context["ask"].open == []


def test_an_answer_takes_it_off_the_list(space, leader, mei, lists):
    asked = actions.ask_what_happened(idea(space, mei), by=leader)
    actions.answer_follow_up(asked, by=mei, outcome="happened", answer="I used it.")
    assert lists().context["ask"].number == 0
    assert "Nothing is waiting." in lists().text


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.EVALUATOR, Role.SPONSOR])
def test_others_have_no_such_list(client, space, role):
    client.force_login(make.member(space, role))
    assert client.get(reverse("before_gathering", args=[space.slug])).status_code == 403


@pytest.mark.parametrize("rows", [1, 4])
def test_list_costs_the_same_for_one_and_for_four(
    rows, client, space, leader, mei, lists, django_assert_num_queries
):
    for _ in range(rows):
        idea(space, mei)
        actions.ask_what_happened(idea(space, mei), by=leader)
    lists()
    with django_assert_num_queries(17):
        client.get(reverse("before_gathering", args=[space.slug]))


def test_ones_own_hopes_and_quiet_moments_are_answered_unasked(client, space, mei):
    quiet = idea(space, mei)
    hope = make.moment(space, agent=mei, status="hoped", due_on=space.today + dt.timedelta(days=30))
    quiet.steps.get().story.steps.create(moment=hope, order=2)
    client.force_login(mei.person)
    page = client.get(reverse("valuecreation:to_follow_up"))
    assert [row.moment.public_id for row in page.context["open"]] == [
        hope.public_id, quiet.public_id,
    ]  # fmt: skip
    kept = press(
        client, "say_what_came", space.slug, quiet.public_id, tap="words", words="It went."
    )
    assert "Kept. Only you can read it." in kept.text
    press(client, "say_what_came", space.slug, hope.public_id, tap="never", words="")
    assert list(client.get(reverse("valuecreation:to_follow_up")).context["open"]) == []
