import pytest
from django.test import Client
from django.urls import reverse

from spaces.models import JoinRequest
from spaces.permissions import Role
from tests import make
from valuecreation.models import FollowUp, StoryState

pytestmark = pytest.mark.django_db


def home(person=None):
    client = Client()
    if person:
        client.force_login(person)
    return client.get(reverse("home"))


def test_stranger_is_told_what_this_is_and_how_to_come_in():
    html = home().text

    assert "Where people tell each other what happened" in html
    assert reverse("account_signup") in html
    assert reverse("account_login") in html


def test_person_without_a_space_is_shown_how_to_found_one():
    assert reverse("spaces:new_space") in home(make.person()).text


def test_my_spaces_are_shown_and_no_others(space):
    other = make.space(name="Somewhere else")
    html = home(make.member(space)).text

    assert space.name in html
    assert other.name not in html


def test_what_waits_is_said_and_comes_first(space):
    busy = make.space(name="Z is last by name")
    who = make.person()
    mine = make.membership(busy, who, Role.CONVENER)
    make.membership(space, who, Role.PARTICIPANT)
    told = make.story(in_space=busy, teller=mine, shared=True)
    helper = make.membership(busy)
    make.story(in_space=busy, teller=mine, collector=helper, state=StoryState.WITH_TELLER)
    make.story(in_space=busy, teller=mine, state=StoryState.WITH_TELLER)  # their own doing
    FollowUp.objects.create(
        moment=told.steps.get().moment,
        asked_by=make.membership(busy),
        asked_of=mine,
        asked_on=busy.today,
        question="What happened?",
    )
    JoinRequest.objects.create(space=busy, person=make.person())
    html = home(who).text

    assert "1 question waits for your answer" in html
    assert "1 story written down for you" in html
    assert "1 person asks to join" in html
    assert html.index(busy.name) < html.index(space.name)


@pytest.mark.parametrize("spaces", [1, 6])
def test_home_costs_the_same_for_one_space_and_for_many(spaces, django_assert_max_num_queries):
    who = make.person()
    for _ in range(spaces):
        make.membership(make.space(), who, Role.CONVENER)
    client = Client()
    client.force_login(who)

    with django_assert_max_num_queries(12):
        client.get(reverse("home"))
