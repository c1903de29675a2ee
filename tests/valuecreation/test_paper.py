"""Whoever has no account takes back what they told with a code on paper."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.models import PaperCode, Story, StoryState, Withdrawal

pytestmark = pytest.mark.django_db
PAGE = "/paper/"


@pytest.fixture(autouse=True)
def limits_begin_anew():
    cache.clear()


@pytest.fixture
def collector(space):
    return make.membership(space, make.person("Grace Ellwood"), Role.PARTICIPANT)


@pytest.fixture
def story(space, collector):
    """Told by somebody with nothing but a name, and read by the space."""
    teller = make.membership(space, name="Rosa Lind")
    return make.story(
        in_space=space, teller=teller, collector=collector, shared=True, title="The grid"
    )


def make_page(story):
    return reverse("valuecreation:paper", args=[story.space.slug, story.public_id])


@pytest.fixture
def code(story, collector, signed_in):
    """The code as it stands on the printed page."""
    page = signed_in(collector.person).post(make_page(story)).text
    return re.search(r'class="paper-code">([^<]+)<', page)[1]


def test_code_on_paper_takes_the_story_back_without_an_account(space, story, code):
    reader = make.member(space)
    assert story in Story.objects.for_user(reader)
    answer = Client().post(PAGE, {"code": code})
    assert Withdrawal.objects.get().receipt in answer.text
    assert Story.objects.get().state == StoryState.WITHDRAWN
    assert story not in Story.objects.for_user(reader)
    assert "The grid" not in answer.text


def test_code_is_read_however_it_is_typed_from_the_paper(story, code):
    Client().post(PAGE, {"code": f"  {code.upper().replace('-', ' ')} "})
    assert Story.objects.get().state == StoryState.WITHDRAWN


def test_opening_the_page_does_nothing_and_a_wrong_code_is_refused_in_words(story, code):
    assert Client().get(PAGE, {"code": code}).status_code == 200
    answer = Client().post(PAGE, {"code": "bcdfg-hjkmn-23456-pqrst"})
    assert answer.status_code == 200
    assert "This code is not known here" in answer.text
    assert Story.objects.get().state == StoryState.APPROVED


def test_code_works_once_and_is_nowhere_but_on_the_paper(story, code):
    assert code not in str(list(PaperCode.objects.values()))
    Client().post(PAGE, {"code": code})
    actions.give_consent(Story.objects.get(), by=story.teller, audience=["space"])
    assert "was used already" in Client().post(PAGE, {"code": code}).text
    assert Story.objects.get().state == StoryState.APPROVED


def test_new_code_ends_the_one_before(story, code, collector):
    actions.make_paper_code(story, by=collector)
    assert "not known here" in Client().post(PAGE, {"code": code}).text


def test_codes_cannot_be_tried_for_ever(story, code):
    for _try in range(20):
        assert Client().post(PAGE, {"code": "wrong"}).status_code == 200
    assert Client().post(PAGE, {"code": code}).status_code == 429
    assert Story.objects.get().state == StoryState.APPROVED


def test_paper_is_made_by_whoever_wrote_the_story_down(space, story, collector, signed_in):
    client = signed_in(collector.person)
    page = reverse("valuecreation:story", args=[space.slug, story.public_id])
    assert make_page(story) in client.get(page).text
    assert client.get(make_page(story)).status_code == 200
    assert not PaperCode.objects.exists()
    other = signed_in(make.member(space, Role.CONVENER))
    assert other.post(make_page(story)).status_code == 403
    assert not PaperCode.objects.exists()


def test_teller_with_an_account_needs_no_paper(space, collector, signed_in):
    teller = make.membership(space, make.person(), Role.PARTICIPANT)
    told = make.story(in_space=space, teller=teller, collector=collector, shared=True)
    assert signed_in(collector.person).post(make_page(told)).status_code == 403
    assert not PaperCode.objects.exists()


def test_name_of_a_nameless_teller_is_not_given_away_by_the_paper(space, signed_in):
    told = make.story(in_space=space, teller=make.membership(space), shared=True)
    convener = signed_in(make.member(space, Role.CONVENER))
    assert convener.get(make_page(told)).status_code == 200
    make.consent(told, "space", attribution="anonymous")
    assert convener.get(make_page(told)).status_code == 403
