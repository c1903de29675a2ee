import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from spaces import actions, tasks
from spaces.addresses import read_addresses
from spaces.models import Boundary, Invitation, JoinRequest, Membership, RoleAssignment
from spaces.permissions import Role
from tests import make


@pytest.fixture
def convener(space):
    return make.membership(space, make.person("Nadia Okafor"), Role.CONVENER)


def invite(convener, *emails, **fields):
    rows = read_addresses("\n".join(emails), taken=[], invited=[])
    return actions.invite(by=convener, addresses=[row.address for row in rows], **fields)


def test_mail_goes_out_after_the_commit_and_once(convener, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        (made,) = invite(convener, "bo@example.org")
        assert mail.outbox == []
    tasks.send_invitation(made.pk)
    assert [sent.to for sent in mail.outbox] == [["bo@example.org"]]
    assert made.token in mail.outbox[0].body


def test_invitation_left_behind_is_picked_up(convener):
    (made,) = invite(convener, "bo@example.org")
    Invitation.objects.update(created_at=timezone.now() - dt.timedelta(minutes=10))
    tasks.send_waiting_invitations()
    tasks.send_waiting_invitations()
    assert [sent.to for sent in mail.outbox] == [[made.email]]


def test_opening_the_link_redeems_nothing(client, convener):
    (made,) = invite(convener, "bo@example.org")
    assert client.get(reverse("spaces:redeem_invitation", args=[made.token])).status_code == 200
    client.force_login(make.person(email="bo@example.org"))
    client.get(reverse("spaces:redeem_invitation", args=[made.token]))
    made.refresh_from_db()
    assert made.redeemed_at is None


def test_the_button_redeems_once(space, signed_in, convener):
    (made,) = invite(convener, "bo@example.org")
    address = reverse("spaces:redeem_invitation", args=[made.token])
    bo = make.person("Bo")
    answer = signed_in(bo).post(address, {"cares": "that nobody waits"})
    assert answer.status_code == 302
    row = Membership.objects.get(person=bo)
    assert (row.cares, space.roles_of(bo)) == ("that nobody waits", {Role.PARTICIPANT})
    page = signed_in(make.person()).post(address, {})
    assert "can no longer be used" in page.text


@pytest.mark.parametrize("end", ["revoke", "expire"])
def test_ended_invitation_lets_nobody_in(space, signed_in, convener, end):
    (made,) = invite(convener, "bo@example.org")
    if end == "revoke":
        actions.revoke_invitation(made, by=convener)
    else:
        Invitation.objects.update(expires_at=timezone.now())
    bo = make.person()
    signed_in(bo).post(reverse("spaces:redeem_invitation", args=[made.token]), {})
    assert space.roles_of(bo) == frozenset()


def test_sending_again_ends_the_old_link(client, convener):
    (made,) = invite(convener, "bo@example.org")
    old = made.token
    actions.resend_invitation(made, by=convener)
    client.force_login(make.person())
    assert client.get(reverse("spaces:redeem_invitation", args=[old])).status_code == 404
    assert client.get(reverse("spaces:redeem_invitation", args=[made.token])).status_code == 200


def test_claiming_takes_over_the_name_and_its_stories(space, convener):
    waiting = make.membership(space, None, Role.PARTICIPANT, name="Grace Ellwood")
    told = make.story(in_space=space, teller=waiting)
    (made,) = invite(convener, "grace@example.org", claims=waiting)
    grace = make.person(email="grace@example.org")
    EmailAddress.objects.create(user=grace, email=grace.email, verified=True)
    actions.redeem_invitation(made, by=grace)
    told.refresh_from_db()
    assert told.teller.person == grace
    assert space.roles_of(grace) == {Role.PARTICIPANT}


def test_open_space_is_joined_at_once(space, signed_in):
    space.boundary_policy = Boundary.OPEN
    space.save()
    bo = make.person()
    signed_in(bo).post(reverse("spaces:join", args=[space.slug]), {"cares": "that"})
    assert Membership.objects.get(person=bo).cares == "that"


def test_space_by_invitation_has_no_welcome_page(space, signed_in):
    page = signed_in(make.person()).get(reverse("spaces:join", args=[space.slug]))
    assert page.status_code == 404


def test_request_is_answered_once_and_the_asker_is_told(
    space, convener, signed_in, django_capture_on_commit_callbacks
):
    space.boundary_policy = Boundary.BY_REQUEST
    space.save()
    bo = make.person("Bo")
    asked = actions.ask_to_join(space, by=bo, cares="that")
    assert space.roles_of(bo) == frozenset()
    with django_capture_on_commit_callbacks(execute=True):
        actions.answer_request(asked, by=convener, welcome=True, answer="Come in.")
    assert [sent.to for sent in mail.outbox] == [[bo.email]]
    assert Membership.objects.get(person=bo).cares == "that"
    with pytest.raises(ValidationError, match="answered this request already"):
        actions.answer_request(asked, by=convener, welcome=False)


def test_who_led_the_space_once_hears_of_no_requests_and_invitations(space, convener):
    JoinRequest.objects.create(space=space, person=make.person())
    invite(convener, "bo@example.org")
    assert JoinRequest.objects.for_user(convener.person).count() == 1
    make.membership(space, make.person(), Role.CONVENER)
    RoleAssignment.objects.create(membership=convener, role=Role.SPONSOR, since=make.LONG_AGO)
    actions.end_role(convener.roles.get(role=Role.CONVENER), by=convener)
    assert not JoinRequest.objects.for_user(convener.person).exists()
    assert not Invitation.objects.for_user(convener.person).exists()


def test_last_convener_does_not_leave(space, convener):
    with pytest.raises(ValidationError, match="only convener"):
        actions.leave_space(convener, by=convener.person)
    make.member(space, Role.CONVENER)
    actions.leave_space(convener, by=convener.person)
    assert list(Membership.objects.current().in_space(space).of_person(convener.person)) == []


@pytest.mark.parametrize("people", [1, 3])
def test_people_page_costs_the_same_for_one_and_for_three(
    people, space, signed_in, django_assert_num_queries
):
    for _ in range(people):
        make.membership(space, make.person(), Role.PARTICIPANT)
    client = signed_in(make.member(space))
    with django_assert_num_queries(13):
        client.get(reverse("spaces:people", args=[space.slug]))
