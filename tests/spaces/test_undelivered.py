"""Invitations whose mail did not arrive: the list says so, for as long as it takes."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spaces import actions, tasks
from spaces.addresses import Address
from spaces.models import Invitation, Mail, MailState
from spaces.permissions import Role
from tests import make
from tests.spaces.test_outbox import server_away  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(space):
    return make.membership(space, make.person("Nadia Okafor"), Role.CONVENER)


@pytest.fixture
def listed(space, leader, signed_in):
    """A function that gives back the page with the list of invitations."""
    client = signed_in(leader.person)
    return lambda: client.get(reverse("spaces:invitations", args=[space.slug])).text


def invite(leader, email="bo@example.org", **fields):
    [made] = actions.invite(by=leader, addresses=[Address(email)], **fields)
    tasks.send_invitation(made.pk)
    made.refresh_from_db()
    return made


def later(**time):
    """Let time pass for every mail and invitation."""
    passed = dt.timedelta(**time)
    for mail in Mail.objects.all():
        mail.next_try_at -= passed
        mail.created_at -= passed
        mail.of_use_until -= passed
        mail.save()
    for row in Invitation.objects.all():
        row.created_at -= passed
        row.expires_at -= passed
        row.save()


def test_mail_that_arrived_is_said_to_be_taken(leader, listed):
    invite(leader)
    assert "The mail server took the mail on" in listed()
    assert "Not delivered" not in listed()


def test_server_away_for_three_days_is_said_and_the_mail_goes_out_afterwards(
    leader,
    listed,
    server_away,  # noqa: F811
):
    made = invite(leader)
    for _day in range(3):
        later(days=1)
        tasks.send_waiting_mails()
        assert "Not delivered" in listed()
        assert "has not taken the mail since" in listed()
    server_away()
    tasks.send_waiting_mails()
    made.refresh_from_db()
    assert made.mail_state == MailState.SENT
    assert made.expires_at > timezone.now() + dt.timedelta(days=29)  # the full time from here on
    assert "Not delivered" not in listed()


def test_mail_that_was_given_up_is_still_said_when_the_invitation_has_ended(
    leader,
    listed,
    server_away,  # noqa: F811
):
    invite(leader)
    later(days=8)
    tasks.send_waiting_mails()
    assert not Mail.objects.exists()
    assert "it was tried until" in listed()
    later(days=40)
    assert "its day has passed" in listed()
    assert "Not delivered" in listed()


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ("RefusesBo", "The mail server refused the address"),
        ("GoneAfterwards", "arrived cannot be confirmed"),
    ],
)
def test_refused_and_unconfirmed_mails_are_told_apart(leader, listed, settings, server, said):
    settings.EMAIL_BACKEND = f"tests.spaces.test_outbox.{server}"
    invite(leader)
    assert said in listed()
    assert "Not delivered" in listed()


def test_trouble_stands_first_in_a_long_list(leader, listed, settings):
    settings.EMAIL_BACKEND = "tests.spaces.test_outbox.RefusesBo"
    invite(leader)
    for number in range(205):
        invite(leader, f"p{number}@example.org")
    assert listed().index("bo@example.org") < listed().index("p204@example.org")


@pytest.mark.parametrize("number", [1, 5])
def test_list_costs_the_same_for_one_and_for_many(
    number, space, leader, signed_in, django_assert_max_num_queries
):
    for place in range(number):
        invite(leader, f"p{place}@example.org")
    client = signed_in(leader.person)
    with django_assert_max_num_queries(20):
        client.get(reverse("spaces:invitations", args=[space.slug]))


def test_sending_again_is_offered_when_it_would_be_done(leader, listed):
    made = invite(leader)
    assert 'value="resend"' not in listed()
    with pytest.raises(ValidationError, match="within the hour"):
        actions.resend_invitation(made, by=leader)
    Invitation.objects.update(mail_state_at=timezone.now() - dt.timedelta(hours=2))
    assert 'value="resend"' in listed()
    actions.resend_invitation(made, by=leader)


def test_sent_again_only_the_new_mail_goes_out(leader, server_away):  # noqa: F811
    made = invite(leader)
    actions.resend_invitation(made, by=leader)
    tasks.send_invitation(made.pk)
    made.refresh_from_db()
    [waiting] = Mail.objects.all()
    assert made.token in waiting.text


def test_link_to_hand_over_is_not_the_mailed_one_and_lets_one_person_in(leader, listed):
    made = invite(leader)
    address = reverse("spaces:redeem_invitation", args=[made.handed_token])
    page = listed()
    assert address in page
    assert made.token not in page
    door = Client()
    door.force_login(make.person("Bo"))
    door.post(address, {"cares": "that nobody waits"})
    assert Invitation.objects.get().redeemed_at
    assert address not in listed()


def test_link_is_shown_only_to_those_who_could_have_sent_the_invitation(space, leader, signed_in):
    evaluator = invite(leader, role=Role.EVALUATOR)
    waiting = make.membership(space, None, Role.PARTICIPANT, name="Grace Ellwood")
    claim = invite(leader, "grace@example.org", claims=waiting)
    participant = invite(leader, "cem@example.org")
    facilitator = make.member(space, Role.FACILITATOR)
    page = signed_in(facilitator).get(reverse("spaces:invitations", args=[space.slug])).text
    shown = [row for row in (evaluator, claim, participant) if row.handed_token in page]
    assert shown == [participant]
