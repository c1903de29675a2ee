"""The mailed link of an invitation proves its address; nothing else does."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.urls import reverse

from spaces import actions
from spaces.addresses import Address
from spaces.models import Mail, Person
from spaces.permissions import Role
from tests import make

PASSWORD = "a long enough secret"


@pytest.fixture
def invitation(space):
    leader = make.membership(space, make.person("Nadia Okafor"), Role.CONVENER)
    [made] = actions.invite(by=leader, addresses=[Address("ana@xn--bcher-kva.example")])
    return made


def sign_up(client, token, email):
    """Follow a link as a stranger, make an account with an address; the page that comes next."""
    answer = client.post(reverse("spaces:redeem_invitation", args=[token]), {"account": "new"})
    form = client.get(answer["Location"])
    words = {"email": email, "password1": PASSWORD, "name": "Ana Alves"}
    words["next"] = reverse("spaces:redeem_invitation", args=[token])
    return form, client.post(reverse("account_signup"), words)


@pytest.mark.parametrize("email", ["ana@xn--bcher-kva.example", "Ana@bücher.example"])
def test_who_signs_up_with_the_address_of_the_mailed_link_needs_no_code(client, invitation, email):
    form, answer = sign_up(client, invitation.token, email)
    assert 'value="ana@xn--bcher-kva.example"' in form.text
    assert answer["Location"] == reverse("spaces:redeem_invitation", args=[invitation.token])
    assert client.get("/me/").status_code == 200
    [address] = EmailAddress.objects.all()
    assert (address.verified, address.primary) == (True, True)
    assert not Mail.objects.filter(subject__icontains="code").exists()


def test_another_address_is_verified_by_a_code(client, invitation):
    sign_up(client, invitation.token, "someone@example.org")
    assert client.get("/me/").status_code == 302
    [address] = EmailAddress.objects.all()
    assert (address.email, address.verified) == ("someone@example.org", False)
    assert Person.objects.filter(email="someone@example.org").exists()


def test_link_that_is_handed_over_proves_no_address(client, invitation):
    form, _answer = sign_up(client, invitation.handed_token, invitation.email)
    assert invitation.email not in form.text
    assert client.get("/me/").status_code == 302
    assert not EmailAddress.objects.get().verified


def test_page_of_a_handed_link_does_not_show_the_mailed_one(client, invitation):
    client.force_login(make.person())
    page = client.get(reverse("spaces:redeem_invitation", args=[invitation.handed_token]))
    assert invitation.token not in page.text


def test_opening_the_link_proves_nothing_and_leaves_no_trace(client, invitation):
    client.get(reverse("spaces:redeem_invitation", args=[invitation.token]))
    assert not Session.objects.exists()
    words = {"email": invitation.email, "password1": PASSWORD, "name": "Ana Alves"}
    client.post(reverse("account_signup"), words)
    assert client.get("/me/").status_code == 302


def test_revoked_link_proves_nothing(client, invitation):
    actions.revoke_invitation(invitation, by=invitation.invited_by)
    answer = client.post(reverse("spaces:redeem_invitation", args=[invitation.token]), {})
    assert answer.status_code == 200
    assert not Session.objects.exists()
