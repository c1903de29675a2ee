"""A story is handed over to a member who says yes; until then it stays with its teller."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from evaluation.actions import close_account
from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.models import HandOver, Story, StoryVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace(space):
    return make.membership(space, make.person("Grace Ellwood"), Role.PARTICIPANT)


@pytest.fixture
def priya(space):
    return make.membership(
        space, make.person("Priya Raman"), Role.PARTICIPANT, practice="vascular nurse"
    )


@pytest.fixture
def story(space, grace):
    told = make.story(in_space=space, teller=grace, title="The grid", raw_text="As I said it.")
    actions.give_consent(told, by=grace, audience=["space"], note="for myself")
    return told


@pytest.fixture
def offer(story, grace, priya):
    return actions.offer_story(story, by=grace, to=priya)


def of(person):
    browser = Client()
    browser.force_login(person)
    return browser


def at(page, row):
    return reverse(f"valuecreation:{page}", args=[row.space.slug, row.public_id])


def test_whoever_is_asked_says_yes_and_looks_after_it(story, grace, priya, mailoutbox):
    mine, theirs = of(grace.person), of(priya.person)
    page = mine.post(at("hand_over", story), {"to": priya.pk}, follow=True).text
    assert "Priya Raman is asked and has not answered yet." in page
    assert "The grid" in theirs.get(reverse("valuecreation:to_follow_up")).text
    where = reverse("valuecreation:answer_hand_over", args=[HandOver.objects.get().pk])
    assert "Grace Ellwood asks you to look after this story." in theirs.get(where).text
    story.refresh_from_db()
    assert story.teller == grace
    assert theirs.post(where, {"answer": "yes"}).url == at("story", story)
    story.refresh_from_db()
    assert (story.teller, story.consent.attribution) == (priya, "role")
    assert "Hand it over to somebody" in theirs.get(at("story", story)).text
    assert mine.get(at("consent", story)).status_code == 403


def test_what_was_the_tellers_alone_does_not_go_along(story, grace, priya):
    first = {"text": "Priya Raman held the pen."}
    moment = story.steps.get().moment
    actions.change_moment(moment, by=grace, seen=0, fields=first, keep_sharing=False)
    actions.answer_offer(
        actions.offer_story(Story.objects.get(), by=grace, to=priya), by=priya, accepted=True
    )
    story.refresh_from_db()
    assert (story.raw_text, story.corrected) == ("", None)
    assert set(story.consents.values_list("note", flat=True)) == {""}
    assert not story.kept_beside.exists()
    assert StoryVersion.objects.count() == 1


def test_no_leaves_it_with_its_teller(story, grace, priya, offer):
    where = reverse("valuecreation:answer_hand_over", args=[offer.pk])
    of(priya.person).post(where, {"answer": "no"})
    story.refresh_from_db()
    assert story.teller == grace
    assert of(priya.person).get(where).status_code == 404


def test_offer_ends_when_the_story_is_kept_to_oneself_or_asked_no_more(story, grace, priya, offer):
    of(grace.person).post(at("hand_over", story), {"then": "take_back"})
    assert not HandOver.objects.exists()
    actions.offer_story(story, by=grace, to=priya)
    actions.keep_to_oneself(story, by=grace)
    assert not HandOver.objects.exists()


def test_nobody_else_answers_and_nobody_outside_is_asked(space, story, grace, offer):
    other = make.membership(space, make.person(), Role.CONVENER)
    where = reverse("valuecreation:answer_hand_over", args=[offer.pk])
    assert of(other.person).post(where, {"answer": "yes"}).status_code == 404
    with pytest.raises(ValidationError, match="asked of somebody else"):
        actions.answer_offer(offer, by=other, accepted=True)
    elsewhere = make.membership(make.space(), make.person(), Role.PARTICIPANT)
    for wrong in (elsewhere, grace):
        with pytest.raises(ValidationError, match="who takes part here now"):
            actions.offer_story(story, by=grace, to=wrong)


def test_story_that_nobody_else_reads_is_handed_to_nobody(space, grace, priya):
    alone = make.story(in_space=space, teller=grace)
    with pytest.raises(ValidationError, match="Nobody else reads this story"):
        actions.offer_story(alone, by=grace, to=priya)


def test_account_is_closed_and_the_story_is_whose_it_became(story, grace, priya, offer):
    close_account(grace.person, by=grace.person, stories={story: "nameless"})
    actions.answer_offer(HandOver.objects.get(), by=priya, accepted=True)
    story.refresh_from_db()
    assert story.teller == priya
    assert "Grace" not in of(priya.person).get(at("story", story)).text
