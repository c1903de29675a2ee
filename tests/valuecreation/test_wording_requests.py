"""A story somebody wrote down: its teller corrects and agrees by a link, and shares signed in."""

import datetime as dt

import pytest
from django.urls import reverse

from spaces.models import Notice
from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.models import StoryState, WordingRequest
from valuecreation.wording_requests import signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(space):
    """What Ben heard from Grace and wrote down; it has just been sent to her."""
    teller = make.membership(space, make.person("Grace Bello"), Role.PARTICIPANT)
    detective = make.membership(space, make.person("Ben Ott"), Role.FACILITATOR)
    told = make.story(in_space=space, teller=teller, collector=detective, title="The grid")
    actions.finish_story(told, by=detective)
    return told


def page(story):
    return reverse("valuecreation:agree_to_wording", args=[signed(WordingRequest.objects.get())])


def typed(story, text="As I say it.", **more):
    moment = story.steps.get().moment
    return {"title": "Our grid", f"text_{moment.pk}": text} | more


def test_teller_agrees_to_corrected_words_without_signing_in(client, story):
    told = Notice.objects.get()
    assert (told.address, told.label) == (page(story), "Ben Ott")
    assert story.steps.get().moment.text in client.get(page(story)).text
    story.refresh_from_db()
    assert story.state == StoryState.WITH_TELLER
    answer = client.post(page(story), typed(story, then="agree"))
    assert answer.status_code == 302
    story.refresh_from_db()
    assert (story.state, story.title) == (StoryState.APPROVED, "Our grid")
    assert story.versions.get().content["moments"][0]["text"] == "As I say it."
    assert story.consent is None
    after = client.get(page(story)).text
    assert "The wording is approved." in after
    assert "As I say it." not in after
    consent = reverse("valuecreation:consent", args=[story.space.slug, story.public_id])
    assert "/account/login/" in client.get(consent).url


def test_corrections_are_kept_and_the_link_goes_on(client, story):
    client.post(page(story), typed(story, then="save"))
    assert "As I say it." in client.get(page(story)).text
    refused = client.post(page(story), typed(story, text=" ", then="agree"))
    assert refused.status_code == 200
    story.refresh_from_db()
    assert story.state == StoryState.WITH_TELLER


def test_declined_it_is_withdrawn_from_whoever_wrote_it_down(client, story):
    decline = reverse("valuecreation:decline_wording", args=[signed(WordingRequest.objects.get())])
    assert client.get(decline).status_code == 405
    client.post(decline)
    story.refresh_from_db()
    assert story.state == StoryState.WITHDRAWN
    client.post(page(story), typed(story, then="agree"))
    story.refresh_from_db()
    assert story.state == StoryState.WITHDRAWN


def test_a_spent_or_ended_link_shows_and_changes_nothing(client, story):
    WordingRequest.objects.update(open_until=story.space.today - dt.timedelta(days=1))
    assert "This link worked until" in client.get(page(story)).text
    client.post(page(story), typed(story, then="agree"))
    story.refresh_from_db()
    assert story.state == StoryState.WITH_TELLER
    assert story.steps.get().moment.text not in client.get(page(story)).text


def test_a_link_written_for_something_else_opens_nothing(client, story):
    other = page(story)[:-3] + "x/"
    assert client.get(other).status_code == 404
