"""A link to hand over in a room: for participants, for a while, for so many."""

import datetime as dt
import re

import pytest
import segno
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spaces import actions
from spaces.models import JoinLink, Membership
from spaces.permissions import Role
from spaces.qr_codes import qr_code
from tests import make

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def leader(space):
    return make.membership(space, make.person("Nadia Okafor"), Role.FACILITATOR)


@pytest.fixture
def link(leader):
    return actions.make_join_link(by=leader, lasts=HOUR, most=2)


def address(link):
    return reverse("spaces:come_in", args=[link.token])


def come_in(link, person):
    client = Client()
    client.force_login(person)
    return client.post(address(link), {"cares": "that nobody waits"})


def test_whoever_has_the_link_comes_in_as_a_participant(space, link):
    bo = make.person("Bo")
    assert come_in(link, bo).status_code == 302
    assert space.roles_of(bo) == {Role.PARTICIPANT}
    assert Membership.objects.get(person=bo).cares == "that nobody waits"


def test_opening_the_link_lets_nobody_in_and_tells_a_stranger_how(space, link, client):
    page = client.get(address(link))
    assert "First, an account" in page.text
    bo = make.person("Bo")
    client.force_login(bo)
    client.get(address(link))
    assert space.roles_of(bo) == frozenset()


def test_stranger_makes_an_account_and_comes_back_to_the_door(link, client):
    answer = client.post(address(link))
    assert answer["Location"].startswith(reverse("account_signup"))
    assert f"next={address(link).replace('/', '%2F')}" in answer["Location"]


def test_link_lets_in_no_more_than_it_was_made_for(space, link):
    people = [make.person() for _ in range(3)]
    answers = [come_in(link, who) for who in people]
    assert "can no longer be used" in answers[-1].text
    assert [bool(space.roles_of(who)) for who in people] == [True, True, False]


def test_who_is_inside_uses_nothing_up(space, link, leader):
    come_in(link, leader.person)
    link.refresh_from_db()
    assert link.used == 0


@pytest.mark.parametrize("end", ["revoke", "expire", "close", "maker leads no more"])
def test_ended_link_lets_nobody_in(space, link, leader, end):
    if end == "revoke":
        actions.revoke_join_link(link, by=leader)
    elif end == "expire":
        JoinLink.objects.update(expires_at=timezone.now())
    elif end == "close":
        actions.close_space(space, by=leader.person, reflection="We are done.")
    else:
        leader.roles.all().delete()
    bo = make.person("Bo")
    assert come_in(link, bo).status_code == 200
    assert space.roles_of(bo) == frozenset()


def test_link_opens_no_other_door(space, link, client):
    client.force_login(make.person())
    assert client.get(reverse("spaces:join", args=[space.slug])).status_code == 404


def test_leader_makes_shows_and_revokes_a_link(space, leader, signed_in):
    client = signed_in(leader.person)
    made = client.post(
        reverse("spaces:join_links", args=[space.slug]), {"lasts": "2", "most": "30"}, follow=True
    )
    link = JoinLink.objects.get()
    assert link.most == 30
    assert (link.expires_at - link.created_at) == 2 * HOUR
    assert address(link) in made.text
    assert "<svg" in made.text
    client.post(reverse("spaces:revoke_join_link", args=[space.slug, link.pk]))
    assert "Revoked" in client.get(reverse("spaces:join_links", args=[space.slug])).text
    shown = client.get(reverse("spaces:join_link", args=[space.slug, link.pk])).text
    assert link.token not in shown


@pytest.mark.parametrize("most", ["0", "201", "x"])
def test_link_for_nobody_or_for_everybody_is_not_made(space, leader, signed_in, most):
    where = reverse("spaces:join_links", args=[space.slug])
    assert signed_in(leader.person).post(where, {"lasts": "2", "most": most}).status_code == 200
    assert not JoinLink.objects.exists()


def test_links_made_in_a_day_are_limited(leader):
    for _ in range(20):
        actions.make_join_link(by=leader, lasts=HOUR, most=2)
    with pytest.raises(ValidationError, match="within a day"):
        actions.make_join_link(by=leader, lasts=HOUR, most=2)


def test_code_says_the_address_square_by_square():
    where = "https://spaces.example.org/join/Jx3kQ9aB7cD1eF5gH2iK4w/"
    drawn = qr_code(where, title="Code")
    dark = set()
    for across, down, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", drawn):
        dark |= {(int(across) + step - 4, int(down) - 4) for step in range(int(length))}
    expected = segno.make(where, error="m", micro=False, boost_error=False).matrix
    assert dark == {
        (across, down)
        for down, row in enumerate(expected)
        for across, is_dark in enumerate(row)
        if is_dark
    }
