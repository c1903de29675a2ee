"""Mails wait as rows while the mail server is away; none is lost, none is sent twice."""

import datetime as dt
import smtplib
import socket

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import timezone

from spaces import outbox, tasks
from spaces.models import Mail, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return outbox.post(to="bo@example.org", subject="Come\n in", text="The door is open.")


@pytest.fixture
def server_away(settings):
    """A mail server's address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    kept = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port

    def back():
        settings.EMAIL_BACKEND = kept
        Mail.objects.update(next_try_at=timezone.now())

    return back


def test_mail_is_sent_once_and_its_row_goes(letter):
    tasks.send_mail(letter.pk)
    tasks.send_mail(letter.pk)
    tasks.send_waiting_mails()
    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (
        ["bo@example.org"],
        "Come in",
        "The door is open.",
    )
    assert not Mail.objects.exists()


def test_mail_waits_while_the_server_is_away_and_goes_when_it_is_back(letter, server_away, caplog):
    tasks.send_mail(letter.pk)
    letter.refresh_from_db()
    assert letter.tries == 1
    assert letter.next_try_at > timezone.now()
    assert "ConnectionRefusedError" in caplog.text
    assert "bo@example.org" not in caplog.text
    tasks.send_waiting_mails()
    letter.refresh_from_db()
    assert letter.tries == 1  # it is not its time yet

    server_away()
    tasks.send_waiting_mails()
    assert len(mail.outbox) == 1
    assert not Mail.objects.exists()


def test_server_that_is_away_is_asked_for_one_mail_only(letter, server_away):
    outbox.post(to="ana@example.org", subject="Come in", text="The door is open.")
    tasks.send_waiting_mails()
    assert sorted(Mail.objects.values_list("tries", flat=True)) == [0, 1]


class RefusesBo(BaseEmailBackend):
    """A mail server that takes everything but what is for Bo."""

    code = 550

    def send_messages(self, messages):
        for message in messages:
            if message.to == ["bo@example.org"]:
                raise smtplib.SMTPRecipientsRefused({"bo@example.org": (self.code, b"No")})
        return len(messages)


class BusyForBo(RefusesBo):
    """A mail server that takes what is for Bo another time."""

    code = 451


class GoneAfterwards(BaseEmailBackend):
    """A mail server that may have taken the mail when the connection broke."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


def test_address_that_takes_no_mail_now_keeps_no_other_mail_back(letter, settings):
    outbox.post(to="ana@example.org", subject="Come in", text="The door is open.")
    settings.EMAIL_BACKEND = "tests.spaces.test_outbox.BusyForBo"
    tasks.send_waiting_mails()
    assert [kept.to for kept in Mail.objects.all()] == ["bo@example.org"]


def test_refused_address_is_not_tried_again(letter, settings, caplog):
    settings.EMAIL_BACKEND = "tests.spaces.test_outbox.RefusesBo"
    tasks.send_waiting_mails()
    assert not Mail.objects.exists()
    assert "is refused" in caplog.text
    assert "bo@example.org" not in caplog.text


def test_what_the_server_may_have_taken_is_not_sent_twice(letter, settings):
    settings.EMAIL_BACKEND = "tests.spaces.test_outbox.GoneAfterwards"
    tasks.send_waiting_mails()
    assert not Mail.objects.exists()


def test_one_sender_at_a_time_and_each_try_later_than_the_last(letter):
    now = timezone.now()
    waits = []
    for _try in range(9):
        assert Mail.objects.claim(letter.pk, now)
        assert not Mail.objects.claim(letter.pk, now)
        letter.refresh_from_db()
        waits.append((letter.next_try_at - now).total_seconds() // 60)
        now = letter.next_try_at
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_mail_of_a_worker_that_was_killed_is_sent_by_another(letter):
    Mail.objects.claim(letter.pk, timezone.now() - dt.timedelta(minutes=5))
    tasks.send_waiting_mails()
    assert len(mail.outbox) == 1


def test_mail_of_a_worker_that_died_handing_it_over_is_not_sent_again(letter, caplog):
    letter.tries = 1
    letter.save()
    assert Mail.objects.begin_handing(letter)
    assert not Mail.objects.begin_handing(letter)
    Mail.objects.update(next_try_at=timezone.now())
    tasks.send_waiting_mails()
    assert mail.outbox == []
    assert not Mail.objects.exists()
    assert "is unconfirmed" in caplog.text


def test_mail_nobody_took_for_days_is_given_up_and_said_so(letter, caplog):
    Mail.objects.update(tries=200, of_use_until=timezone.now())
    tasks.send_waiting_mails()
    assert not Mail.objects.exists()
    assert mail.outbox == []
    assert "1 mails were given up" in caplog.text


def test_mail_waits_for_days(letter):
    later = timezone.now() + dt.timedelta(days=6)
    Mail.objects.update(tries=140)
    assert not Mail.objects.of_no_use(later).exists()
    assert Mail.objects.claim(letter.pk, later)


def test_sign_up_goes_on_while_the_mail_server_is_away(
    client, server_away, django_capture_on_commit_callbacks
):
    words = {"email": "bo@example.org", "password1": "a long enough secret", "name": "Bo"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("account_signup"), words)
    assert answer.status_code == 302
    assert Person.objects.get().name == "Bo"
    assert Mail.objects.get().to == "bo@example.org"

    server_away()
    tasks.send_waiting_mails()
    assert mail.outbox[0].to == ["bo@example.org"]
