"""Whatever way words come in, they are stored alike: by a form, by a program, in a file."""

import pytest
from django.urls import reverse

from spaces import actions
from spaces.models import TokenScope
from tests import make
from tests.spacefile.example import example, read
from valuecreation.models import Moment, Story

pytestmark = pytest.mark.django_db
TYPED = "Cafe\u0301\x0bZu\u0308rich\r\nA\u200bna"
STORED = "Caf\xe9\nZ\xfcrich\nAna"
LINES = 250
LONG = "\r\n".join(["x" * 79] * (LINES - 1) + ["y" * (19_999 - 80 * (LINES - 1))])


def told(client, space, text):
    words = {"cycle": "applied", "text": text, "on": "2025-05-01", "polarity": "positive"}
    address = reverse("valuecreation:tell_story", args=[space.slug])
    return client.post(address, words | {"status": "actual", "then": "add"})


def test_words_of_a_form_are_mended(space, signed_in):
    told(signed_in(make.member(space)), space, TYPED)
    assert Moment.objects.get().text == STORED


def test_words_of_a_program_are_mended(space, client):
    teller = make.member(space)
    _row, secret = actions.create_token(by=teller, name="test", scope=TokenScope.WRITE, days=30)
    moment = {"cycle": "applied", "text": TYPED, "polarity": "positive"}
    answer = client.post(
        reverse("api:stories", args=[space.slug]),
        {"title": TYPED, "moments": [moment]},
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 201
    assert Moment.objects.get().text == STORED
    assert Story.objects.get().title == STORED


def test_a_form_sent_to_the_interface_of_programs_is_refused_in_words(space, signed_in):
    address = reverse("api:stories", args=[space.slug])
    answer = signed_in(make.member(space)).post(address, {"title": TYPED})
    assert answer.status_code in (400, 415)
    assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize("key", ["did_not_work", "other_factors"])
def test_words_of_a_file_are_mended(key):
    data = example()
    data["stories"][0][key] = TYPED
    document, faults = read(data)
    assert faults == []
    assert getattr(document.stories[0], key) == STORED


def test_lines_count_for_the_server_as_for_the_browser(space, signed_in):
    client = signed_in(make.member(space))
    assert told(client, space, LONG).status_code == 302
    assert len(Moment.objects.get().text) == 19_999
    assert "at most 20000 characters (it has 20001)" in told(client, space, LONG + "xx").text


def test_a_secret_is_taken_as_it_was_typed(db, client):
    person = make.person()
    person.set_password("a long one, e\u0301 and all")
    person.save()
    words = {"login": person.email, "password": "a long one, \xe9 and all"}
    assert client.post(reverse("account_login"), words).status_code == 200
    words["password"] = "a long one, e\u0301 and all"
    assert client.post(reverse("account_login"), words).status_code == 302
