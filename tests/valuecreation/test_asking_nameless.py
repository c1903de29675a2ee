"""Asking about what a nameless teller tells: everybody is told the same, whoever it may be."""

import pytest
from django.core import mail
from django.urls import reverse

from spaces.models import Membership
from spaces.permissions import Role
from tests import make
from valuecreation import actions, tasks
from valuecreation.cycles import Location
from valuecreation.models import FlowKind, FollowUp, Moment, Uptake

pytestmark = pytest.mark.django_db


@pytest.fixture
def teller(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT)


@pytest.fixture
def leader(space):
    return make.membership(space, make.person("Tomasz Wrona"), Role.FACILITATOR)


def nameless(space, teller, **fields):
    told = make.story(in_space=space, teller=teller, shared=True, **fields)
    make.consent(told, "space", attribution="anonymous")
    return told


def ask(client, moment):
    where = reverse("valuecreation:ask_what_happened", args=[moment.space.slug, moment.public_id])
    return client.post(where, {"question": "And?"}, follow=True).text


def asked_lately(teller, leader):
    """Two questions that somebody was written to about in these days."""
    for _ in range(2):
        told = make.story(in_space=teller.space, teller=teller, shared=True)
        actions.ask_what_happened(told.steps.get().moment, by=leader)
    tasks.send_waiting_follow_ups()


@pytest.mark.parametrize("known", ["asked twice", "without an account", "gone"])
def test_what_is_known_of_somebody_does_not_tell_that_they_are_the_teller(
    space, signed_in, teller, leader, known
):
    moment = nameless(space, teller).steps.get().moment
    if known == "asked twice":
        asked_lately(teller, leader)
    elif known == "gone":
        Membership.objects.filter(pk=teller.pk).update(left_on=space.today)
    else:
        Membership.objects.filter(pk=teller.pk).update(person=None)
    written = len(mail.outbox)

    assert "Asked." in ask(signed_in(leader.person), moment)
    assert FollowUp.objects.about(moment).waiting().count() == 1
    assert len(mail.outbox) == written


def test_questions_to_a_nameless_teller_do_not_show_where_they_are_asked_by_name(
    space, signed_in, teller, leader
):
    for _ in range(2):
        actions.ask_what_happened(nameless(space, teller).steps.get().moment, by=leader)
    tasks.send_waiting_follow_ups()
    openly = make.story(in_space=space, teller=teller, shared=True).steps.get().moment

    assert "Asked." in ask(signed_in(leader.person), openly)


def test_nobody_is_offered_to_ask_what_would_be_refused(space, signed_in, teller, leader):
    told = make.story(in_space=space, teller=teller, shared=True, cycles=["potential", "applied"])
    first, second = (step.moment for step in told.steps.all())
    actions.ask_what_happened(first, by=leader)
    page = signed_in(leader.person).get(
        reverse("valuecreation:story", args=[space.slug, told.public_id])
    )

    assert page.context["askable"] == {second.public_id}
    where = reverse("valuecreation:ask_what_happened", args=[space.slug, first.public_id])
    assert "the question still waits" in signed_in(leader.person).get(where).text
    own = signed_in(teller.person).get(page.request["PATH_INFO"])
    assert own.context["askable"] == set()


def test_a_nameless_story_says_of_no_moment_that_it_came_back_or_who_took_it_up(
    space, signed_in, teller, leader
):
    told = nameless(space, teller, cycles=["applied", "immediate"])
    tried, back = (step.moment for step in told.steps.all())
    Moment.objects.filter(pk=back.pk).update(location=Location.IN_SPACE)
    make.flow(tried, back, kind=FlowKind.RETURN)
    Uptake.objects.create(moment=back, label="Taken to the ward.", by=leader)
    reader = make.member(space)
    address = reverse("valuecreation:story", args=[space.slug, told.public_id])
    flows = f"/api/v1/spaces/{space.slug}/flows/"

    page = signed_in(reader).get(address).text
    assert "Comes back as" not in page and "Taken to the ward." not in page
    assert [row["kind"] for row in signed_in(reader).get(flows).json()["results"]] == ["forward"]
    assert "Taken to the ward." in signed_in(leader.person).get(address).text
    own = signed_in(teller.person).get(address).text
    assert "Comes back as" in own and "Taken to the ward." in own
    assert [row["kind"] for row in signed_in(teller.person).get(flows).json()["results"]] == [
        "return"
    ]
