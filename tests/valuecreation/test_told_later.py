"""A consent covers a wording: what is told later is with its teller until they share it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.cycles import Cycle
from valuecreation.models import Flow, Moment, Story, StoryState, StoryVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT)


@pytest.fixture
def story(space, ana):
    told = make.story(in_space=space, teller=ana)
    actions.give_consent(told, by=ana, audience=["space"])
    return told


@pytest.fixture
def later(story, ana):
    """A moment that Ana added for herself only, after others had begun to read."""
    return actions.add_moment(
        story,
        by=ana,
        fields={
            "cycle": Cycle.REALIZED,
            "polarity": "positive",
            "text": "It healed.",
            "occurred_on": dt.date(2025, 5, 20),
            "location": "in_practice",
        },
        follows=story.steps.get().moment,
        keep_sharing=False,
    )


def at(page, row):
    return reverse(f"valuecreation:{page}", args=[row.space.slug, row.public_id])


def test_readers_keep_the_wording_that_was_agreed_to(space, story, later, signed_in):
    reader = make.member(space)
    first = story.steps.get().moment
    assert list(Story.objects.for_user(reader)) == [story]
    assert list(Moment.objects.for_user(reader)) == [first]
    assert list(Flow.objects.for_user(reader)) == []
    page = signed_in(reader).get(at("story", story)).text
    assert first.text in page
    assert "It healed." not in page
    assert StoryVersion.objects.count() == 1


def test_its_teller_reads_it_beside_the_story_and_shares_it_by_a_post(
    space, ana, story, later, signed_in
):
    reader, client = make.member(space), signed_in(ana.person)
    page = client.get(at("story", story)).text
    assert "It healed." in page
    assert at("share_moment", later) in page
    client.post(at("share_moment", later))
    assert set(Moment.objects.for_user(reader)) == {later, story.steps.first().moment}
    assert StoryVersion.objects.count() == 2
    story.refresh_from_db()
    assert story.consent.version.number == 2


def test_composer_keeps_it_beside_the_story_when_it_is_for_me_only(space, ana, story, signed_in):
    reader = make.member(space)
    typed = {
        "cycle": "realized", "text": "It healed.", "status": "actual", "polarity": "positive",
        "on": "2025-05-20", "agent": "teller", "for_whom": "teller", "then": "alone",
    }  # fmt: skip
    signed_in(ana.person).post(at("and_then", story), typed)
    assert Moment.objects.get(text="It healed.").beside == story
    assert list(Story.objects.for_user(reader)) == [story]


def test_nobody_else_shares_it_or_lets_it_go(space, later, signed_in):
    client = signed_in(make.member(space, Role.CONVENER))
    for page in ("share_moment", "drop_moment"):
        assert client.post(at(page, later)).status_code == 404
    assert Moment.objects.get(pk=later.pk).beside


def test_it_is_let_go_and_nothing_of_the_story_with_it(story, ana, later, signed_in):
    answer = signed_in(ana.person).post(at("drop_moment", later))
    assert answer.url == at("story", story)
    assert list(Moment.objects.all()) == [story.steps.get().moment]


def test_it_is_erased_with_its_story(story, ana, later):
    actions.erase_story(story, by=ana)
    assert not Moment.objects.exists()


def test_moment_noted_earlier_stays_beside_a_story_that_others_read(space, ana, story):
    reader = make.member(space)
    noted = make.moment(space, agent=ana, recorded_by=ana)
    actions.adopt_moment(story, noted, by=ana)
    assert noted not in Moment.objects.for_user(reader)
    actions.share_moment(noted, by=ana)
    assert noted in Moment.objects.for_user(reader)


def test_moment_of_a_story_nobody_else_reads_stands_in_it_at_once(space, ana):
    alone = make.story(in_space=space, teller=ana, state=StoryState.WITH_TELLER)
    noted = make.moment(space, agent=ana, recorded_by=ana)
    actions.adopt_moment(alone, noted, by=ana)
    assert alone.steps.filter(moment=noted).exists()
    with pytest.raises(ValidationError, match="beside no story"):
        actions.share_moment(noted, by=ana)
