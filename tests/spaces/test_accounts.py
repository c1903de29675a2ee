"""Making an account, coming in and going out: allauth's ways, in our words."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from spaces import tasks
from spaces.models import Person
from tests import make

PASSWORD = "a long enough secret"


def code_sent():
    """The code in the mail that a page has put into the outbox."""
    tasks.send_waiting_mails()
    return re.search(r"^\s*([A-Z0-9-]{6,})\s*$", mail.outbox[-1].body, re.MULTILINE)[1]


@pytest.fixture
def verified(db):
    """A person with a password and a verified address."""
    person = make.person("Ana Alves")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def test_sign_up_is_verified_by_a_code(client, db):
    answer = client.post(
        reverse("account_signup"),
        {"email": "Bo@Example.org", "password1": PASSWORD, "name": "Bo Berg"},
    )
    assert answer.status_code == 302
    assert client.get("/me/").status_code == 302
    client.post(answer["Location"], {"code": code_sent()})
    bo = Person.objects.get()
    assert (bo.email, bo.name) == ("bo@example.org", "Bo Berg")
    assert client.get("/me/").status_code == 200


def test_wrong_code_lets_nobody_in(client, db):
    answer = client.post(
        reverse("account_signup"),
        {"email": "bo@example.org", "password1": PASSWORD, "name": "Bo Berg"},
    )
    client.post(answer["Location"], {"code": "WRONG1"})
    assert client.get("/me/").status_code == 302


def test_sign_up_needs_a_name(client, db):
    page = client.post(
        reverse("account_signup"), {"email": "bo@example.org", "password1": PASSWORD, "name": ""}
    )
    assert page.status_code == 200
    assert not Person.objects.exists()


def test_password_signs_in_and_a_wrong_one_does_not(client, verified):
    where = reverse("account_login")
    client.post(where, {"login": verified.email, "password": "wrong"})
    assert client.get("/me/").status_code == 302
    client.post(where, {"login": verified.email, "password": PASSWORD})
    assert client.get("/me/").status_code == 200
    client.post(reverse("account_logout"))
    assert client.get("/me/").status_code == 302


def test_code_by_mail_signs_in(client, verified):
    answer = client.post(reverse("account_request_login_code"), {"email": verified.email})
    client.post(answer["Location"], {"code": code_sent()})
    assert client.get("/me/").status_code == 200


def test_sessions_are_listed(client, verified):
    client.post(reverse("account_login"), {"login": verified.email, "password": PASSWORD})
    page = client.get(reverse("usersessions_list"))
    assert page.status_code == 200
    assert "127.0.0.1" in page.text


def test_people_who_meet_in_one_room_can_all_come_in(db):
    for number in range(41):
        words = {"email": f"p{number}@example.org", "password1": PASSWORD, "name": f"P {number}"}
        assert Client().post(reverse("account_signup"), words).status_code == 302


def test_one_account_is_not_guessed_at_for_long(client, verified):
    wrong = {"login": verified.email, "password": "wrong"}
    answers = [client.post(reverse("account_login"), wrong) for _ in range(6)]
    assert "Too many" in answers[-1].text
    right = client.post(reverse("account_login"), wrong | {"password": PASSWORD})
    assert right.status_code == 200
    assert client.get("/me/").status_code == 302


def test_people_behind_a_proxy_are_told_apart(client, verified, settings):
    signing_in = {"login": verified.email, "password": PASSWORD}
    there = {"HTTP_X_FORWARDED_FOR": "192.0.2.66, 203.0.113.7"}  # the first was made up by them
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client.post(reverse("account_login"), signing_in, **there)
    assert "203.0.113.7" in client.get(reverse("usersessions_list"), **there).text


def test_address_that_somebody_makes_up_is_not_believed_without_a_proxy(client, verified):
    signing_in = {"login": verified.email, "password": PASSWORD}
    there = {"HTTP_X_FORWARDED_FOR": "203.0.113.7"}
    client.post(reverse("account_login"), signing_in, **there)
    assert "203.0.113.7" not in client.get(reverse("usersessions_list"), **there).text


def test_name_language_and_time_zone_are_changed(client, verified):
    client.force_login(verified)
    words = {"name": "Ana Maria Alves", "language": "en", "time_zone": "Europe/Lisbon"}
    client.post(reverse("spaces:profile"), words)
    verified.refresh_from_db()
    assert (verified.name, verified.time_zone) == ("Ana Maria Alves", "Europe/Lisbon")
    page = client.post(reverse("spaces:profile"), words | {"time_zone": "Nowhere/Land"})
    assert page.status_code == 200
