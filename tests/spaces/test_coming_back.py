"""Who left and comes back, by whatever way, is the same member as before."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.urls import reverse

from spaces import actions
from spaces.addresses import Address
from spaces.models import Absence, Boundary, Membership, RoleAssignment
from spaces.permissions import Role
from tests import make
from valuecreation.models import Story


@pytest.fixture
def convener(space):
    return make.membership(space, make.person("Nadia Okafor"), Role.CONVENER)


@pytest.fixture
def bo(space, convener):
    """A facilitator who told a story, and left."""
    row = make.membership(space, make.person("Bo Lind"), Role.FACILITATOR, practice="porter")
    RoleAssignment.objects.create(membership=row, role=Role.EVALUATOR, since=make.LONG_AGO)
    make.story(in_space=space, teller=row, shared=True)
    actions.state_level(row, by=row.person, level="core")
    actions.leave_space(row, by=row.person)
    return row


def by_invitation(bo, convener, role=Role.PARTICIPANT, claims=None):
    address = Address(bo.person.email, "")
    (made,) = actions.invite(by=convener, addresses=[address], role=role, claims=claims)
    return actions.redeem_invitation(made, by=bo.person, practice="")


def by_request(bo, convener):
    bo.space.boundary_policy = Boundary.BY_REQUEST
    bo.space.save()
    asked = actions.ask_to_join(bo.space, by=bo.person, practice="")
    actions.answer_request(asked, by=convener, welcome=True)
    return Membership.objects.get(person=bo.person)


def by_open_door(bo, convener):
    bo.space.boundary_policy = Boundary.OPEN
    bo.space.save()
    return actions.join_space(bo.space, by=bo.person)


@pytest.mark.parametrize("way", [by_invitation, by_request, by_open_door])
def test_who_comes_back_is_the_same_member_with_none_of_the_old_roles(bo, convener, way):
    before = (bo.ref, bo.name, bo.practice, bo.joined_on)
    back = way(bo, convener)
    assert back.pk == bo.pk
    assert (back.ref, back.name, back.practice, back.joined_on) == before
    assert back.left_on is None
    assert back.access_roles == {Role.PARTICIPANT}
    assert Membership.objects.in_space(bo.space).of_person(bo.person).count() == 1
    assert Story.objects.told_by(bo.person).get().teller == back
    assert not back.levels.current().exists()


def test_who_comes_back_holds_what_the_invitation_gives(bo, convener):
    assert by_invitation(bo, convener, Role.SPONSOR).access_roles == {Role.SPONSOR}
    bo.refresh_from_db()
    assert bo.outside


def test_days_of_being_away_are_kept_and_shown(bo, convener, signed_in):
    Membership.objects.filter(pk=bo.pk).update(left_on=dt.date(2025, 3, 4))
    back = by_invitation(bo, convener)
    (away,) = Absence.objects.of_member(back)
    assert (away.left_on, away.back_on) == (dt.date(2025, 3, 4), bo.space.today)
    page = signed_in(convener.person).get(reverse("spaces:member", args=[bo.space.slug, bo.ref]))
    assert "Left on 4 March 2025, came back on" in page.text


def test_roles_without_a_last_day_do_not_come_back_either(space, convener):
    """As a file may leave them: the day on which somebody left, and roles that never ended."""
    cem = make.membership(space, make.person("Cem"), Role.CONVENER, left_on=dt.date(2025, 4, 1))
    back = by_invitation(cem, convener)
    assert back.access_roles == {Role.PARTICIPANT}
    assert cem.roles.get(role=Role.CONVENER).until == dt.date(2025, 4, 1)


def test_nobody_has_two_names_in_one_space(bo, space, convener):
    waiting = make.membership(space, None, Role.PARTICIPANT, name="Bo L.")
    EmailAddress.objects.create(user=bo.person, email=bo.person.email, verified=True)
    with pytest.raises(ValidationError, match="You were in this space before, as Bo Lind"):
        by_invitation(bo, convener, claims=waiting)
    waiting.refresh_from_db()
    assert waiting.person is None
    assert not Membership.objects.current().of_person(bo.person).exists()


def test_leaving_twice_and_coming_back_twice_keeps_both_absences(bo, convener):
    again = by_invitation(bo, convener)
    actions.leave_space(again, by=bo.person)
    by_invitation(bo, convener)
    assert Absence.objects.of_member(bo).count() == 2
    assert bo.roles.filter(role=Role.PARTICIPANT, until__isnull=True).count() == 1


def test_who_comes_back_is_not_spoken_to_as_if_for_the_first_time(bo, convener, client):
    address = Address(bo.person.email, "")
    (made,) = actions.invite(by=convener, addresses=[address])
    client.force_login(bo.person)
    where = reverse("spaces:redeem_invitation", args=[made.token])
    page = client.get(where).text
    assert "You were here before, as Bo Lind, until" in page
    assert "A few questions that help people meet you." not in page
    done = client.post(where, {"practice": "porter"}, follow=True).text
    assert "Welcome back, as Bo Lind." in done
    assert "a first story" not in done
