"""Stories and members are found whatever accents, case and width are typed, on both databases."""

import pytest
from django.urls import reverse

from learningspaces.lib.folding import folded
from spaces.models import Membership
from tests import make
from valuecreation.models import Attribution, Consent, Moment, Story

pytestmark = pytest.mark.django_db
WRITTEN = "The Caf\xe9 Z\xfcrich, the h\xf4pital, and \u0130stanbul.\n\uff21\uff22\uff23 Stra\xdfe"
ASKED = [
    "Caf\xe9", "Cafe\u0301", "cafe", "CAF\xc9", "CAFE", "Z\xfcrich", "zurich", "istanbul",
    "\u0130STANBUL", "ISTANBUL", "hopital", "H\xd4PITAL", "abc", "\uff43\uff41\uff46\uff45",
    "strasse",
    "istanbul. abc",
]  # fmt: skip


@pytest.fixture
def found(space, signed_in):
    """A function that looks for words as a member of the space and gives the titles found."""
    client = signed_in(make.member(space))

    def look(words):
        page = client.get(reverse("valuecreation:story_list", args=[space.slug]), {"words": words})
        titles = Story.objects.values_list("title", flat=True)
        return [title for title in titles if title in page.text]

    return look


@pytest.fixture
def told(space):
    """Two stories, of which one holds the words."""
    make.story(in_space=space, shared=True, title="Another one")
    story = make.story(in_space=space, shared=True, title="The first one")
    Moment.objects.filter(steps__story=story).update(text=WRITTEN)
    return story


@pytest.mark.parametrize("words", ASKED)
def test_story_is_found_by_its_words_however_they_are_typed(told, found, words):
    assert found(words) == ["The first one"]


def test_story_is_found_by_its_title(told, found):
    Story.objects.filter(pk=told.pk).update(title="\xc9t\xe9")
    assert found("ETE") == ["\xc9t\xe9"]


@pytest.mark.parametrize("words", ["caffe", "%", "_", "zurich hopital", "'"])
def test_what_does_not_stand_there_is_not_found(told, found, words):
    assert found(words) == []


def test_name_that_gave_way_is_not_found(told, found):
    name = told.teller.name
    Moment.objects.filter(steps__story=told).update(text=f"{name} tried it.")
    assert found(name) == ["The first one"]
    Consent.objects.filter(story=told).update(attribution=Attribution.ANONYMOUS)
    assert found(name) == []


@pytest.mark.parametrize(
    "words", ["zoe", "ZO\xcb", "eluard", "\uff3a\uff4f\uff45", "\xc9luard zoe"]
)
def test_member_is_found_whatever_accents_are_typed(space, words):
    make.membership(space, name="Ana Alves")
    member = make.membership(space, name="Zo\xeb \xc9luard")
    assert list(Membership.objects.in_space(space).named_like(words)) == [member]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u304b", "\u304c"),  # ka and ga
        ("\u0e19\u0e49\u0e33", "\u0e19\u0e33"),  # water, and to lead
        ("\u0915\u093f", "\u0915\u0940"),  # Devanagari vowels
    ],
)
def test_marks_that_make_another_word_stay(one, other):
    assert folded(one) != folded(other)


def test_vowel_points_fall_away():
    assert folded("\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd") == "\u05e9\u05dc\u05d5\u05dd"
    assert folded("\u0645\u064e\u0631\u0652\u062d\u064e\u0628\u064b\u0627") == folded(
        "\u0645\u0631\u062d\u0628\u0627"
    )
