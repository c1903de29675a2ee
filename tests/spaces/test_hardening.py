"""What strangers and finders of a forgotten key cannot do."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spaces import actions, tasks
from spaces.addresses import Address
from spaces.doorway import AT_MOST
from spaces.models import ApiToken, Invitation, Mail, Person, Space
from spaces.permissions import Role
from tests import make
from tests.test_access import PAGES, arguments

PASSWORD = "a long enough secret"
NEW = "another long secret"


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password was made into a hash, which is what takes time."""

    times = 0

    def encode(self, password, salt):
        CountingHasher.times += 1
        return super().encode(password, salt)


@pytest.fixture
def known(db):
    """A person with a password and a verified address."""
    person = make.person("Ana Alves")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.fixture
def hashes(settings):
    """A function that says how often a request made a hash of a password."""
    settings.PASSWORD_HASHERS = ["tests.spaces.test_hardening.CountingHasher"]

    def counted(page, **words):
        before = CountingHasher.times
        Client().post(reverse(page), words)
        return CountingHasher.times - before

    return counted


def sign_in(client, person, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": person.email, "password": password})


# --- no oracle


def test_signing_up_takes_as_long_with_an_address_that_has_an_account(known, hashes):
    words = {"password1": PASSWORD, "name": "Bo"}
    free = hashes("account_signup", email="new@example.org", **words)
    taken = hashes("account_signup", email=known.email, **words)
    assert free == taken > 0


def test_signing_in_takes_as_long_without_an_account_and_without_a_password(known, hashes):
    without = make.person(email="code@example.org")
    without.set_unusable_password()
    without.save()
    wrong = [
        hashes("account_login", login=email, password="wrong")
        for email in ("nobody@example.org", without.email)
    ]
    Person.objects.filter(pk=known.pk).update(password=CountingHasher().encode(PASSWORD, "salt"))
    assert wrong == [hashes("account_login", login=known.email, password="wrong")] * 2


def test_sign_up_answers_alike_whether_there_is_an_account(known, client):
    words = {"password1": PASSWORD, "name": "Bo"}
    answers = [
        Client().post(reverse("account_signup"), words | {"email": email})
        for email in (known.email, "new@example.org")
    ]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1


def test_founder_does_not_learn_whether_a_space_has_the_name(db):
    ana = make.person()
    first = actions.found_space(by=ana, name="Round", purpose="x")
    make.space(slug="round")
    again = [actions.found_space(by=by, name="Round", purpose="x") for by in (ana, make.person())]
    for founded in (first, *again):
        assert re.fullmatch(r"round-[a-z0-9]{6}", founded.slug)


# --- what is switched off


@pytest.mark.parametrize("sign_up", ["invited", "closed"])
def test_sign_up_can_be_switched_off(client, db, settings, sign_up):
    settings.SIGN_UP = sign_up
    assert "No new accounts just now" in client.get(reverse("account_signup")).text
    words = {"email": "bo@example.org", "password1": PASSWORD, "name": "Bo"}
    client.post(reverse("account_signup"), words)
    assert not Person.objects.exists()
    assert reverse("account_signup") not in client.get("/").text
    assert reverse("account_signup") not in client.get(reverse("account_login")).text


@pytest.mark.parametrize(("sign_up", "opens"), [("invited", True), ("closed", False)])
def test_who_is_invited_signs_up_where_only_they_may(space, client, settings, sign_up, opens):
    settings.SIGN_UP = sign_up
    leader = make.membership(space, make.person(), Role.CONVENER)
    [made] = actions.invite(by=leader, addresses=[Address("bo@example.org")])
    client.post(reverse("spaces:redeem_invitation", args=[made.token]), {"account": "new"})
    words = {"email": "bo@example.org", "password1": PASSWORD, "name": "Bo"}
    client.post(reverse("account_signup"), words)
    assert Person.objects.filter(email="bo@example.org").exists() == opens


@pytest.mark.parametrize("name", ["spaces:new_space", "spacefile:import_space"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_founding_can_be_switched_off(signed_in, known, settings, name, method):
    settings.FOUNDING = False
    client = signed_in(known)
    answer = getattr(client, method)(reverse(name), {"name": "Round", "purpose": "x"})
    assert answer.status_code == 403
    assert "started by those who run this site" in answer.text
    assert reverse("spaces:new_space") not in client.get("/").text
    assert not Space.objects.exists()


# --- limits


def test_one_person_invites_so_many_a_day(space, settings):
    settings.INVITATIONS_A_DAY = 3
    leader = make.membership(space, make.person(), Role.CONVENER)
    people = [Address(f"p{number}@example.org") for number in range(4)]
    actions.invite(by=leader, addresses=people[:2])
    with pytest.raises(ValidationError, match="Invite the others tomorrow"):
        actions.invite(by=leader, addresses=people[2:])
    Invitation.objects.update(created_at=timezone.now() - dt.timedelta(days=2))
    assert len(actions.invite(by=leader, addresses=people[2:])) == 2


def test_one_address_is_not_invited_again_and_again(space):
    leader = make.membership(space, make.person(), Role.CONVENER)
    for _ in range(3):
        [made] = actions.invite(by=leader, addresses=[Address("bo@example.org")])
        actions.revoke_invitation(made, by=leader)
    with pytest.raises(ValidationError, match="three times within a day"):
        actions.invite(by=leader, addresses=[Address("bo@example.org")])


def test_mail_that_just_went_out_is_not_sent_again(space):
    leader = make.membership(space, make.person(), Role.CONVENER)
    [made] = actions.invite(by=leader, addresses=[Address("bo@example.org")])
    tasks.send_invitation(made.pk)
    with pytest.raises(ValidationError, match="within the hour"):
        actions.resend_invitation(made, by=leader)


def test_no_flood_clears_a_limit(client, known):
    for _ in range(6):
        sign_in(client, known, "wrong")
    cache._max_entries, most = 20, cache._max_entries
    try:
        for number in range(60):
            cache.set(f"flood-{number}", number, 300)
    finally:
        cache._max_entries = most
    sign_in(client, known)
    assert client.get("/me/").status_code == 302


def test_full_cache_is_rid_of_what_has_ended(db):
    cache.set("ended", 1, -1)
    cache.set("lasting", 1, 300)
    tasks.forget_what_ended()
    assert cache.get("lasting") == 1
    assert cache.get("ended") is None


def test_wrong_passwords_of_others_lock_nobody_out(known, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    elsewhere, here = Client(), Client()
    for _ in range(7):
        elsewhere.post(
            reverse("account_login"),
            {"login": known.email, "password": "wrong"},
            HTTP_X_FORWARDED_FOR="203.0.113.7",
        )
    here.post(
        reverse("account_login"),
        {"login": known.email, "password": PASSWORD},
        HTTP_X_FORWARDED_FOR="198.51.100.20",
    )
    assert here.get("/me/").status_code == 200


def test_code_signs_in_where_the_password_is_locked(client, known):
    for _ in range(7):
        sign_in(client, known, "wrong")
    answer = client.post(reverse("account_request_login_code"), {"email": known.email})
    tasks.send_waiting_mails()
    code = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", mail.outbox[-1].body, re.MULTILINE)[1]
    client.post(answer["Location"], {"code": code})
    assert client.get("/me/").status_code == 200


# --- sessions


def test_no_page_leaves_a_row_for_a_stranger_who_reads(circle, client):
    client.raise_request_exception = False
    for name, (where, _view) in PAGES.items():
        client.get(reverse(name, kwargs=arguments(name, where)))
    for name in ("account_login", "account_signup", "account_reset_password"):
        client.get(reverse(name))
    assert not Session.objects.exists()


def test_what_a_stranger_sent_is_kept_for_a_day_and_then_cleared(client, known):
    words = {"whose": str(known.pk), "title": "What we tried"}
    client.post("/me/", words)
    [row] = Session.objects.all()
    assert row.expire_date <= timezone.now() + dt.timedelta(days=1)
    Session.objects.update(expire_date=timezone.now())
    tasks.forget_what_ended()
    assert not Session.objects.exists()


def test_session_of_who_signs_in_lasts_as_usual(client, known):
    client.post("/me/", {"whose": str(known.pk), "title": "What we tried"})
    sign_in(client, known)
    [row] = Session.objects.all()
    assert row.expire_date > timezone.now() + dt.timedelta(days=2)


def test_stranger_has_so_many_forms_kept_and_no_more(known):
    words = {"whose": str(known.pk), "title": "What we tried"}
    answers = [Client().post("/me/", words)["Location"] for _ in range(61)]
    assert [reverse("spaces:kept_words") in where for where in answers].count(False) == 1
    assert Session.objects.count() == 60


def test_stranger_presses_at_a_door_so_often_and_no_more(space, monkeypatch):
    monkeypatch.setitem(AT_MOST, "door", "3/h/ip")
    leader = make.membership(space, make.person(), Role.CONVENER)
    link = actions.make_join_link(by=leader, lasts=dt.timedelta(hours=1), most=2)
    door = reverse("spaces:come_in", args=[link.token])
    assert [Client().post(door).status_code for _ in range(4)] == [302, 302, 302, 429]
    assert Session.objects.count() == 3


# --- who has the key, who changed it


def test_somebody_who_changed_my_password_is_told_of(
    client, known, django_capture_on_commit_callbacks
):
    sign_in(client, known)
    words = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_change_password"), words)
    assert mail.outbox[-1].to == [known.email]
    assert "password" in mail.outbox[-1].subject.lower()


def test_somebody_who_added_an_address_to_my_account_is_told_of(client, known):
    sign_in(client, known)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    EmailAddress.objects.create(user=known, email="other@example.org", verified=True)
    words = {"email": "other@example.org", "action_primary": ""}
    client.post(reverse("account_email"), words)
    tasks.send_waiting_mails()
    assert known.email in [to for sent in mail.outbox for to in sent.to]


@pytest.mark.parametrize("how", ["change", "reset"])
def test_new_password_ends_the_keys(client, known, how):
    token, _secret = actions.create_token(by=known, name="reports", scope="read", days=30)
    if how == "change":
        sign_in(client, known)
        words = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        client.post(reverse("account_change_password"), words)
    else:
        answer = client.post(reverse("account_reset_password"), {"email": known.email})
        tasks.send_waiting_mails()
        code = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", mail.outbox[-1].body, re.MULTILINE)[1]
        answer = client.post(answer["Location"], {"code": code})
        client.post(answer["Location"], {"password1": NEW, "password2": NEW})
    known.refresh_from_db()
    assert known.check_password(NEW)
    assert not ApiToken.objects.usable().filter(pk=token.pk).exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("spaces:tokens", {"name": "reports", "scope": "read", "days": "30", "once": "k"}),
        ("account_email", {"email": "other@example.org", "action_add": ""}),
    ],
)
def test_keys_and_addresses_want_the_password_again(client, known, name, words):
    sign_in(client, known)
    answer = client.post(reverse(name), words)
    assert reverse("account_reauthenticate") in answer["Location"]
    assert not ApiToken.objects.exists()
    page = client.post(answer["Location"], {"password": PASSWORD}, follow=True)
    assert page.status_code == 200
    if name == "spaces:tokens":
        assert "Copy the key now" in page.text
        assert ApiToken.objects.count() == 1
    else:
        assert Mail.objects.get().to == "other@example.org"
