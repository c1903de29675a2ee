"""A closed space: nothing new begins in it, and what is theirs stays with the tellers."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from spaces import actions
from spaces.addresses import Address
from spaces.models import Boundary, Membership
from spaces.permissions import ALLOWED, BEGINNING, Action, Role, may
from tests import make
from valuecreation.models import FollowUp, Story, StoryState


@pytest.fixture
def convener(space):
    return make.membership(space, make.person("Nadia"), Role.CONVENER)


@pytest.fixture
def closed(space, convener):
    actions.close_space(space, by=convener.person, reflection="We got there.")
    return space


@pytest.mark.parametrize("action", list(Action))
def test_what_begins_something_new_ends_with_the_space(action, closed):
    allowed = {role for role in Role if may(make.member(closed, role), action, closed)}
    assert allowed == (set() if action in BEGINNING else set(ALLOWED[action]))
    actions.reopen_space(closed, by=make.person())
    allowed = {role for role in Role if may(make.member(closed, role), action, closed)}
    assert allowed == set(ALLOWED[action])


def test_page_of_what_is_refused_says_why_and_keeps_the_words(closed, signed_in):
    client = signed_in(make.member(closed))
    answer = client.post(
        reverse("valuecreation:tell_story", args=[closed.slug]),
        {"cycle": "applied", "text": "A grid of six weeks, drawn by hand.", "polarity": "nil"},
    )
    assert answer.status_code == 403
    assert "This space is closed" in answer.text
    assert "A grid of six weeks, drawn by hand." in answer.text
    assert not Story.objects.exists()


def test_next_moment_is_refused_and_the_story_still_is_its_tellers(space, convener, signed_in):
    teller = make.membership(space, make.person("Ana"), Role.PARTICIPANT)
    told = make.story(in_space=space, teller=teller, shared=True)
    actions.close_space(space, by=convener.person, reflection="Done.")
    client = signed_in(teller.person)
    onward = reverse("valuecreation:and_then", args=[space.slug, told.public_id])
    assert (
        onward
        not in client.get(reverse("valuecreation:story", args=[space.slug, told.public_id])).text
    )
    assert client.get(onward).status_code == 403

    client.post(reverse("valuecreation:withdraw_story", args=[space.slug, told.public_id]), {})
    told.refresh_from_db()
    assert told.state == StoryState.WITHDRAWN


def test_question_that_was_asked_can_be_answered(space, convener, signed_in):
    ana = make.membership(space, make.person("Ana"), Role.PARTICIPANT)
    moment = make.story(in_space=space, teller=ana).steps.get().moment
    asked = FollowUp.objects.create(
        moment=moment, asked_by=convener, asked_of=ana, asked_on=dt.date(2025, 6, 1), question="?"
    )
    actions.close_space(space, by=convener.person, reflection="Done.")
    where = reverse("valuecreation:answer_follow_up", args=[asked.pk])
    answer = signed_in(ana.person).post(where, {"tap": "words", "words": "It went on."})
    assert answer.status_code == HTTPStatus.FOUND
    asked.refresh_from_db()
    assert asked.outcome == "happened"
    assert asked.answer == "It went on."


def test_nobody_joins_by_invitation_or_request(space, convener, signed_in):
    (invited,) = actions.invite(
        by=convener, addresses=[Address("bo@example.org")], role=Role.PARTICIPANT
    )
    space.boundary_policy = Boundary.BY_REQUEST
    space.save()
    asked = actions.ask_to_join(space, by=make.person("Cleo"))
    actions.close_space(space, by=convener.person, reflection="Done.")

    bo = make.person("Bo")
    page = signed_in(bo).get(reverse("spaces:redeem_invitation", args=[invited.token]))
    assert "Nobody joins it before it is reopened" in page.text
    with pytest.raises(ValidationError, match="closed"):
        actions.redeem_invitation(invited, by=bo)
    with pytest.raises(ValidationError, match="closed"):
        actions.answer_request(asked, by=convener, welcome=True)
    assert list(Membership.objects.in_space(space)) == [convener]
    assert "asks to join" not in signed_in(convener.person).get(reverse("home")).text

    actions.reopen_space(space, by=convener.person)
    actions.redeem_invitation(invited, by=bo)
    assert space.roles_of(bo) == {Role.PARTICIPANT}


def test_reflection_is_read_by_those_inside(closed, signed_in):
    overview = reverse("space_overview", args=[closed.slug])
    assert "We got there." in signed_in(make.member(closed)).get(overview).text
    assert "We got there." not in signed_in(make.member(closed, Role.SPONSOR)).get(overview).text
