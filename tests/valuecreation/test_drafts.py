"""What is typed and not sent yet."""

import pytest
from django.test import Client
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation.models import Draft, Story

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"valuecreation:{name}", args=args)


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT)


@pytest.fixture
def client(ana):
    browser = Client()
    browser.force_login(ana.person)
    return browser


def test_draft_is_kept_and_offered_again_to_its_writer_alone(space, client, ana):
    words = {"text": "Half a sent", "cycle": "applied", "once": "key", "csrfmiddlewaretoken": "x"}
    answer = client.post(url("save_draft", space.slug, "tell"), words)
    assert answer.status_code == 204
    assert Draft.objects.get().data == {"text": ["Half a sent"], "cycle": ["applied"]}
    assert "Half a sent" in client.get(url("tell_story", space.slug)).text
    other = Client()
    other.force_login(make.member(space))
    assert "Half a sent" not in other.get(url("tell_story", space.slug)).text


def test_draft_typed_on_is_one_row(space, client):
    for text in ("Half", "Half a sentence"):
        client.post(url("save_draft", space.slug, "tell"), {"text": text})
    assert Draft.objects.get().data == {"text": ["Half a sentence"]}


def test_draft_is_gone_when_the_story_is_sent(space, client):
    client.post(url("save_draft", space.slug, "tell"), {"text": "Half"})
    form = {"cycle": "applied", "text": "We tried it.", "status": "actual", "polarity": "nil"}
    client.post(url("tell_story", space.slug), form)
    assert Story.objects.count() == 1
    assert not Draft.objects.exists()


def test_draft_stays_while_the_form_has_a_fault(space, client):
    client.post(url("save_draft", space.slug, "tell"), {"text": "Half"})
    client.post(url("tell_story", space.slug), {"text": "Half a sentence"})
    assert Draft.objects.exists()


def test_draft_can_be_let_go(space, client):
    client.post(url("save_draft", space.slug, "tell"), {"text": "Half"})
    answer = client.post(url("discard_draft", space.slug, "tell"))
    assert answer.url == url("tell_story", space.slug)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("key", "size"), [("anything", 1), ("tell", 200_001)])
def test_draft_of_another_shape_is_refused(space, client, key, size):
    answer = client.post(url("save_draft", space.slug, key), {"text": "x" * size})
    assert answer.status_code == 400
    assert not Draft.objects.exists()


def test_draft_in_a_space_one_is_not_in_is_not_there(client):
    elsewhere = make.space()
    assert client.post(url("save_draft", elsewhere.slug, "tell"), {}).status_code == 404


def test_words_sent_after_the_session_ended_are_kept(space, client, ana):
    client.logout()
    form = {"text": "All my words.", "whose": str(ana.person.pk)}
    answer = client.post(url("tell_story", space.slug), form)
    assert answer.status_code == 302
    client.force_login(ana.person)
    assert "All my words." in client.get(reverse("spaces:kept_words")).text
