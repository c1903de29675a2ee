"""A correction for its teller alone takes nothing from the readers, until it is shared."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.loops.loading import graph_of
from valuecreation.models import Moment, Story, StoryState

pytestmark = pytest.mark.django_db

TYPED = {
    "cycle": "applied", "status": "actual", "polarity": "positive", "on": "2025-05-01",
    "precision": "day", "location": "in_practice", "agent": "teller", "for_whom": "teller",
}  # fmt: skip


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT)


@pytest.fixture
def story(space, ana):
    told = make.story(in_space=space, teller=ana, title="The grid")
    actions.give_consent(told, by=ana, audience=["space"])
    return told


@pytest.fixture
def client(ana):
    return of(ana.person)


def of(person):
    """A browser in which somebody is signed in."""
    browser = Client()
    browser.force_login(person)
    return browser


@pytest.fixture
def reads(story):
    """The story's page as somebody else of the space reads it."""
    reader = of(make.member(story.space))
    return lambda: reader.get(at("story", story)).text


def at(page, row):
    return reverse(f"valuecreation:{page}", args=[row.space.slug, row.public_id])


def correct(client, moment, **typed):
    return client.post(at("edit_moment", moment), TYPED | {"revision": "0"} | typed)


def test_readers_keep_the_words_they_agreed_to_read(story, client, reads):
    moment = story.steps.get().moment
    correct(client, moment, text="Better said.", then="alone")
    assert moment.text in reads()
    assert "Better said." not in reads()
    mine = client.get(at("story", story)).text
    assert "Better said." in mine
    assert "Changed, with you alone" in mine
    assert len(graph_of(story.space).moments) == 1


def test_it_is_typed_on_where_it_was_left_and_shared_by_a_post(story, client, reads):
    moment = story.steps.get().moment
    correct(client, moment, text="Better said.", then="alone")
    page = client.get(at("edit_moment", moment), follow=True)
    assert page.context["form"]["text"].value() == "Better said."
    kept = Moment.objects.correcting(moment).get()
    correct(client, kept, text="Best said.", then="alone")
    assert Moment.objects.count() == 2
    client.post(at("share_moment", kept))
    assert "Best said." in reads()
    assert Moment.objects.get() == moment
    assert story.versions.count() == 2


def test_it_is_shared_from_its_own_form(story, client, reads):
    moment = story.steps.get().moment
    correct(client, moment, text="Better said.", then="alone")
    correct(client, Moment.objects.correcting(moment).get(), text="Best said.", then="keep")
    assert "Best said." in reads()
    assert not Moment.objects.correcting(moment).exists()


def test_it_is_let_go_and_the_story_stands_as_it_did(story, client, reads):
    moment = story.steps.get().moment
    correct(client, moment, text="Better said.", then="alone")
    client.post(at("drop_moment", Moment.objects.correcting(moment).get()))
    assert Moment.objects.get() == moment
    assert moment.text in reads()


def test_nobody_else_finds_or_shares_it(story, client):
    moment = story.steps.get().moment
    correct(client, moment, text="Better said.", then="alone")
    kept = Moment.objects.correcting(moment).get()
    other = of(make.member(story.space, Role.CONVENER))
    for page in ("share_moment", "drop_moment", "adopt_moment", "edit_moment"):
        assert other.post(at(page, kept), TYPED | {"text": "Mine."}).status_code == 404
    kept.refresh_from_db()
    assert kept.text == "Better said."


def about(story, **typed):
    said = {"title": story.title, "kind": story.kind, "told_strength": story.told_strength}
    return said | {"told_on": "2025-06-01", "revision": story.revision} | typed


def test_title_and_what_stands_around_go_the_same_way(story, client, reads):
    client.post(at("edit_story", story), about(story, title="The wide grid", then="alone"))
    assert "The wide grid" not in reads()
    assert "The grid" in reads()
    assert "The wide grid" in client.get(at("story", story)).text
    assert "The wide grid" in client.get(at("edit_story", story)).text
    client.post(at("share_around", story))
    assert "The wide grid" in reads()
    story.refresh_from_db()
    assert story.corrected is None


def test_what_was_changed_around_the_story_is_let_go(story, client, reads):
    client.post(at("edit_story", story), about(story, did_not_work="The pen.", then="alone"))
    client.post(at("let_go_around", story))
    assert "The pen." not in client.get(at("story", story)).text
    assert "The pen." not in reads()


def test_erasing_leaves_no_word_of_it(story, client, ana):
    correct(client, story.steps.get().moment, text="Better said.", then="alone")
    client.post(at("edit_story", story), about(story, title="The wide grid", then="alone"))
    actions.erase_story(Story.objects.get(), by=ana)
    assert not Moment.objects.exists()
    assert Story.objects.get().corrected is None


def test_withdrawn_story_offers_nothing_to_share(story, client, ana):
    correct(client, story.steps.get().moment, text="Better said.", then="alone")
    actions.withdraw_story(story, by=ana)
    page = client.get(at("story", story)).text
    assert "Better said." in page
    assert "/share/" not in page


def test_moment_is_taken_out_once_nobody_else_reads_it(space, ana):
    told = make.story(in_space=space, teller=ana, cycles=("applied", "realized"))
    actions.give_consent(told, by=ana, audience=["space"])
    first = told.steps.first().moment
    with pytest.raises(ValidationError, match="Others read"):
        actions.delete_moment(told, first, by=ana)
    actions.keep_to_oneself(told, by=ana)
    assert told.state == StoryState.APPROVED
    actions.delete_moment(told, first, by=ana)
    assert told.versions.last().content["moments"][0]["cycle"] == "realized"
