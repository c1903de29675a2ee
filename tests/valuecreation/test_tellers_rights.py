"""A teller's rights are the person's, whatever they are in the space of their story by now."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from spaces.models import RoleAssignment
from spaces.permissions import Role
from tests import make
from tests.test_offers import Offers
from valuecreation import actions
from valuecreation.models import Moment, Story, StoryState

pytestmark = pytest.mark.django_db


def leaves(member):
    """The membership ends, with its roles."""
    member.left_on = member.space.today
    member.save()
    member.roles.update(until=member.space.today - dt.timedelta(days=1))


def loses_the_role(member):
    member.roles.all().delete()


def comes_back(member):
    """By invitation, in another role than before."""
    leaves(member)
    member.left_on = None
    member.save()
    RoleAssignment.objects.create(membership=member, role=Role.EVALUATOR, since=member.space.today)


def sponsors_instead(member):
    loses_the_role(member)
    RoleAssignment.objects.create(membership=member, role=Role.SPONSOR, since=make.LONG_AGO)


FATES = [leaves, loses_the_role, comes_back, sponsors_instead]


@pytest.fixture(params=FATES, ids=lambda fate: fate.__name__)
def ana(request, space):
    """Somebody who told a story that the space reads, and is no participant of it any more."""
    member = make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT, practice="nurse")
    make.story(in_space=space, teller=member, shared=True, title="The grid")
    make.story(in_space=space, shared=True, title="Of somebody else")
    request.param(member)
    return member


@pytest.fixture
def browser(ana):
    client = Client()
    client.force_login(ana.person)
    return client


@pytest.fixture
def story(ana):
    return Story.objects.get(teller=ana)


def at(page, story, *more):
    return reverse(f"valuecreation:{page}", args=[story.space.slug, story.public_id, *more])


@pytest.mark.parametrize("page", ["story", "wordings", "edit_story", "consent", "withdraw_story"])
def test_teller_opens_every_page_of_their_story(browser, story, page):
    answer = browser.get(at(page, story))
    assert answer.status_code == 200


def test_teller_corrects_a_moment(browser, story):
    moment = story.steps.get().moment
    page = reverse("valuecreation:edit_moment", args=[story.space.slug, moment.public_id])
    form = browser.get(page).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    answer = browser.post(page, typed | {"text": "Better said.", "revision": 0})
    assert answer.status_code == 302, answer.context["form"].errors
    assert Moment.objects.get(pk=moment.pk).text == "Better said."


def test_teller_corrects_the_title(browser, story):
    typed = {"title": "The cold foot", "kind": story.kind, "told_strength": "asserted"}
    answer = browser.post(at("edit_story", story), typed | {"revision": 0})
    assert answer.status_code == 302
    assert Story.objects.get(pk=story.pk).title == "The cold foot"


def test_teller_narrows_and_nobody_else_reads_it_then(browser, space, story):
    reader = make.member(space)
    assert story in Story.objects.for_user(reader)
    form = {"audience": [], "attribution": "named"}
    assert browser.post(at("consent", story), form).status_code == 302
    assert story not in Story.objects.for_user(reader)


def test_teller_withdraws(browser, space, story):
    reader = make.member(space)
    assert story in Story.objects.for_user(reader)
    browser.post(at("withdraw_story", story))
    assert Story.objects.get(pk=story.pk).state == StoryState.WITHDRAWN
    assert story not in Story.objects.for_user(reader)


def test_teller_erases(browser, story):
    browser.post(at("erase_story", story))
    assert not story.steps.exists()


def test_teller_retires_and_brings_back(browser, story):
    browser.post(at("retire_story", story))
    assert Story.objects.get(pk=story.pk).state == StoryState.RETIRED
    browser.post(at("bring_back_story", story))
    assert Story.objects.get(pk=story.pk).state == StoryState.APPROVED


def test_rights_end_at_ones_own_stories(browser, space, ana):
    other = Story.objects.exclude(teller=ana).get()
    for page in ("consent", "withdraw_story", "edit_story"):
        assert browser.get(at(page, other)).status_code in (403, 404)
    for page in ("retire_story", "withdraw_story", "approve_story", "consent"):
        assert browser.post(at(page, other)).status_code in (403, 404)
    assert Story.objects.get(pk=other.pk).state == StoryState.APPROVED


def test_whoever_left_is_offered_nothing_that_is_refused(space):
    member = make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT)
    story = make.story(in_space=space, teller=member, shared=True)
    leaves(member)
    client = Client()
    client.force_login(member.person)
    offered = Offers(client.get(at("story", story)).text).links
    here = [link for link in offered if link.startswith(f"/spaces/{space.slug}/")]
    assert here
    assert [link for link in here if client.get(link).status_code >= 400] == []


def test_story_withdrawn_stays_with_its_teller_and_is_opened_again_by_a_new_consent(
    browser, space, story
):
    reader = make.member(space)
    actions.withdraw_story(story, by=story.teller)
    assert story.steps.get().moment.text in browser.get(at("story", story)).text
    form = {"audience": ["space"], "attribution": "named"}
    assert browser.post(at("consent", story), form).status_code == 302
    assert list(Story.objects.for_user(reader).called(story.ref)) == [story]


def test_story_whose_words_are_erased_is_not_opened_again(browser, story):
    actions.erase_story(story, by=story.teller)
    form = {"audience": ["space"], "attribution": "named"}
    answer = browser.post(at("consent", story), form)
    assert "erased" in answer.text
    assert Story.objects.get(pk=story.pk).state == StoryState.WITHDRAWN


def test_question_about_ones_own_story_is_answered_after_leaving(space):
    member = make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT)
    told = make.story(in_space=space, teller=member, shared=True)
    asker = make.membership(space, make.person(), Role.FACILITATOR)
    asked = make.morning(actions.ask_what_happened(told.steps.get().moment, by=asker))
    leaves(member)
    client = Client()
    client.force_login(member.person)
    page = reverse("valuecreation:answer_follow_up", args=[asked.pk])
    assert page in client.get(reverse("valuecreation:to_follow_up")).text
    assert client.post(page, {"tap": "words", "words": "It healed."}).status_code == 302
    asked.refresh_from_db()
    assert asked.answered_on


def test_story_written_down_for_somebody_who_left_still_waits_for_them(space):
    member = make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT)
    grace = make.membership(space, make.person("Grace Ellwood"), Role.PARTICIPANT)
    told = make.story(in_space=space, teller=member, collector=grace, state=StoryState.WITH_TELLER)
    leaves(member)
    client = Client()
    client.force_login(member.person)
    assert at("story", told) in client.get(reverse("valuecreation:to_follow_up")).text
    client.post(at("approve_story", told))
    assert Story.objects.get(pk=told.pk).state == StoryState.APPROVED


# --- a consent that has ended ---------------------------------------------------------------------


@pytest.fixture
def lapsed(space):
    """A story that the space read until yesterday."""
    told = make.story(in_space=space, shared=True)
    make.consent(told, "space", expires_on=space.today - dt.timedelta(days=1))
    return told


def test_story_whose_consent_ended_can_be_kept_to_oneself(lapsed):
    moment = lapsed.steps.get().moment
    actions.change_moment(
        moment, by=lapsed.teller, seen=0, fields={"text": "Mine."}, keep_sharing=False
    )
    lapsed.refresh_from_db()
    assert lapsed.consent.grant.audience == frozenset()
    assert lapsed.consent.expires_on is None


def test_page_proposes_a_new_end_after_the_last_has_passed(lapsed, space):
    client = Client()
    client.force_login(lapsed.teller.person)
    until = client.get(at("consent", lapsed)).context["form"]["expires_on"].value()
    assert until == actions.default_expiry(space.today)


def test_narrowing_holds_whatever_day_is_typed(lapsed, space):
    client = Client()
    client.force_login(lapsed.teller.person)
    form = {"audience": [], "attribution": "named", "uses": []}
    ended = (space.today - dt.timedelta(days=1)).isoformat()
    assert client.post(at("consent", lapsed), form | {"expires_on": ended}).status_code == 302
    lapsed.refresh_from_db()
    assert lapsed.consent.grant.audience == frozenset()


def test_people_chosen_who_have_left_do_not_stand_in_the_way_of_a_new_consent(space):
    priya = make.membership(space, make.person("Priya Raman"), Role.PARTICIPANT)
    told = make.story(in_space=space, shared=True)
    actions.give_consent(told, by=told.teller, audience=["named_people"], named_people=[priya])
    leaves(priya)
    client = Client()
    client.force_login(told.teller.person)
    form = {"audience": ["named_people"], "named_people": [priya.pk], "attribution": "role"}
    assert client.post(at("consent", told), form).status_code == 302
    told.refresh_from_db()
    assert told.consent.attribution == "role"
