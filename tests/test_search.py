"""Stories and members are found whatever is typed, as far as their readers may read them."""

import datetime as dt

import pytest
from django.urls import reverse

from learningspaces.lib.folding import folded
from spaces.models import Membership
from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.models import Attribution, Consent, Moment, SearchDue, SearchedStory, Story
from valuecreation.searching import keeping

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

    def look(words="", **asked):
        make.searchable(space)
        return titles(client, words=words, **asked)

    return look


def titles(client, **asked):
    """The titles found by somebody who is signed in, those that fit best first."""
    page = client.get(reverse("valuecreation:search"), asked)
    return [plain(told.title) for told in page.context["found"]]


def plain(pieces):
    return "".join(piece.text for piece in pieces)


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


def test_list_of_a_space_is_narrowed_by_the_same_words(told, space, signed_in):
    make.searchable(space)
    address = reverse("valuecreation:story_list", args=[space.slug])
    page = signed_in(make.member(space)).get(address, {"words": "HOPITAL"})
    assert [card.title for card in page.context["stories"]] == ["The first one"]


def test_story_is_found_by_its_title(told, found):
    Story.objects.filter(pk=told.pk).update(title="\xc9t\xe9")
    assert found("ETE") == ["\xc9t\xe9"]


@pytest.mark.parametrize(
    "words",
    ["caffe", "%", "_", "zurich hospital", "'", '"zurich hopital"', "\\", "OR", "(", ":*", "-"],
)
def test_what_does_not_stand_there_is_not_found(told, found, words):
    assert found(words) == []


@pytest.mark.parametrize(
    "words",
    ["hopital zurich", '"cafe zurich"', "cafe' & (zurich | ) :*", "caf zur", "(caf\xe9)", "cafe*"],
)
def test_words_are_found_in_any_order_and_with_any_signs(told, found, words):
    assert found(words) == ["The first one"]


@pytest.mark.parametrize("words", ["\u6771\u4eac", "\u5927\u5b66"])
def test_words_of_a_script_without_spaces_are_found_within(told, found, words):
    Moment.objects.filter(steps__story=told).update(text="\u6771\u4eac\u5927\u5b66")
    assert found(words) == ["The first one"]
    assert found("\u4eac\u6771") == []


def test_title_counts_more_than_the_rest(space, found):
    for title, text in [("Rooms", "A lantern."), ("A lantern", "Rooms."), ("Lamps", "Nothing.")]:
        story = make.story(in_space=space, shared=True, title=title)
        Moment.objects.filter(steps__story=story).update(text=text)
    assert found("lantern") == ["A lantern", "Rooms"]


def test_story_is_found_by_person_cycle_and_day(space, found):
    priya = make.membership(space, make.person("Priya Raman"))
    make.story(in_space=space, teller=priya, shared=True, title="Hers", cycles=["strategic"])
    make.story(in_space=space, shared=True, title="Later", told_on=dt.date(2025, 8, 9))
    assert found(person="priya") == ["Hers"]
    assert found(cycle="strategic") == ["Hers"]
    assert found("story", person="raman", cycle="applied") == []
    assert found(cycle="applied", since="2025-08-09", until="2025-08-09") == ["Later"]
    assert found(cycle="applied", until="2025-08-08") == []
    assert found("2025-08-09") == ["Later"]


def test_name_that_gave_way_is_not_found(told, found):
    name = told.teller.name
    Moment.objects.filter(steps__story=told).update(text=f"{name} tried it.")
    assert found(f'"{name}"') == ["The first one"]
    make.consent(told, "space", attribution=Attribution.ANONYMOUS)
    assert found(f'"{name}"') == found(person=name) == []
    assert found("tried") == ["The first one"]


def test_name_is_not_found_from_the_moment_it_gives_way(told, space, signed_in):
    """The worker has not come by yet: until then the story is not found rather than its name."""
    client = signed_in(make.member(space))
    make.searchable(space)
    assert titles(client, words="cafe") == ["The first one"]
    make.consent(told, "space", attribution=Attribution.ANONYMOUS)
    assert titles(client, words="cafe") == []


def test_nameless_story_is_found_by_its_quarter_and_no_nearer(told, found):
    make.consent(told, "space", attribution=Attribution.PSEUDONYM)
    for since, until in [("2025-04-01", "2025-04-02"), ("2025-06-29", "2025-06-30")]:
        assert found("zurich", since=since, until=until) == ["The first one"]
    assert found("zurich", since="2025-07-01") == []
    assert found("2025-06-01 zurich") == found("2025-05-01 zurich") == []
    assert found("2025-Q2 zurich") == ["The first one"]


def test_consent_that_ends_is_felt_at_once(told, space, signed_in):
    client = signed_in(make.member(space))
    make.searchable(space)
    assert titles(client, words="cafe") == ["The first one"]
    Consent.objects.filter(story=told).update(expires_on=space.today - dt.timedelta(days=1))
    assert titles(client, words="cafe") == []
    Consent.objects.filter(story=told).update(expires_on=None, to_space=False)
    assert titles(client, words="cafe") == []


def test_sponsor_finds_the_practice_and_not_the_name(told, space, client):
    make.membership(space, make.person("Zelda Quist"), practice="vascular nurse")
    Moment.objects.filter(steps__story=told).update(text="Zelda showed me.")
    make.consent(told, "organisation")
    make.searchable(space)
    client.force_login(make.member(space, Role.SPONSOR))
    assert titles(client, words="zelda") == titles(client, words="quist") == []
    assert titles(client, words="vascular nurse") == ["The first one"]
    client.force_login(make.member(space))
    assert titles(client, words="zelda") == ["The first one"]
    assert titles(client, words="vascular") == []


def test_new_name_is_replaced_in_what_was_written_before(told, space, client):
    Moment.objects.filter(steps__story=told).update(text="Zelda showed me.")
    make.consent(told, "organisation")
    make.searchable(space)
    client.force_login(make.member(space, Role.SPONSOR))
    assert titles(client, words="zelda") == ["The first one"]
    make.membership(space, make.person("Zelda Quist"))
    keeping.note_renamed()
    assert keeping.write_due() > 0
    assert titles(client, words="zelda") == []
    assert keeping.note_renamed() == []


def test_everybody_finds_their_own_in_every_space_and_nobody_elses_drafts(space, client):
    here, there = space, make.space()
    me = make.person("Ana Alves")
    mine = make.membership(here, me)
    make.story(in_space=here, teller=mine, title="Begun")
    left = make.membership(there, me, left_on=dt.date(2025, 7, 1))
    make.story(in_space=there, teller=left, shared=True, title="Told there")
    make.story(in_space=there, shared=True, title="Somebody else's")
    make.story(in_space=here, title="Another's draft")
    for place in (here, there):
        make.searchable(place)
    client.force_login(me)
    assert sorted(titles(client, words="happened")) == ["Begun", "Told there"]
    assert [plain(told.title) for told in client.get("/search/?person=ana").context["found"]]


def lantern(space):
    return {"text": "A lantern.", "cycle": "applied", "occurred_on": space.today}


def test_telling_sharing_and_taking_back_are_followed(
    space, client, django_capture_on_commit_callbacks
):
    teller = make.membership(space, make.person(), Role.PARTICIPANT)
    with django_capture_on_commit_callbacks(execute=True):
        told = actions.tell_story(space, by=teller, title="Kept", moments=[lantern(space)])
    client.force_login(teller.person)
    assert titles(client, words="lantern") == ["Kept"]
    reader = make.member(space)
    client.force_login(reader)
    assert titles(client, words="lantern") == []
    with django_capture_on_commit_callbacks(execute=True):
        actions.share_with_space(told, by=teller, attribution="named")
    assert titles(client, words="lantern") == ["Kept"]
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_story(told, by=teller)
    assert titles(client, words="lantern") == []
    assert SearchedStory.objects.of_stories([told]).count() == 0


def test_writing_twice_changes_nothing(told, space):
    make.searchable(space)
    keeping.note_space(space)
    assert keeping.write_due() == 0


def test_story_told_by_a_way_that_notes_nothing_is_noted(told, space, found):
    keeping.note_missed()
    assert SearchDue.objects.count() == 2
    keeping.write_due()
    keeping.note_missed()
    assert SearchDue.objects.count() == 0


@pytest.mark.parametrize("stories", [1, 12])
def test_search_costs_the_same_however_much_is_found(
    stories, client, django_assert_max_num_queries
):
    me = make.person()
    for _ in range(stories):
        place = make.space()
        make.membership(place, me, Role.SPONSOR)
        told = make.story(in_space=place, shared=True)
        make.consent(told, "organisation", attribution="pseudonym")
        make.searchable(place)
    client.force_login(me)
    with django_assert_max_num_queries(16):
        assert len(titles(client, words="happened")) == stories


def test_words_are_shown_where_they_stand_with_their_signs_escaped(told, space, signed_in):
    Moment.objects.filter(steps__story=told).update(text=f"{'Before. ' * 60}<b>Caf\xe9</b> it was.")
    make.searchable(space)
    page = signed_in(make.member(space)).get("/search/?words=cafe")
    assert "&lt;b&gt;<mark>Caf\xe9</mark>&lt;/b&gt; it was." in page.text
    assert "\u2026 Before." in page.text


def test_search_page_without_a_question_says_how_to_ask(signed_in, space):
    client = signed_in(make.member(space))
    assert "All words must be there" in client.get("/search/").text
    for faulty in ("cycle=none", "since=yesterday", "words=%00", f"words={'a' * 300}"):
        assert client.get(f"/search/?{faulty}").status_code == 200


def test_days_that_stand_the_wrong_way_round_are_said(found, signed_in, space):
    page = signed_in(make.member(space)).get("/search/?words=a&since=2025-02-01&until=2025-01-01")
    assert "This day lies before the other." in page.text
    assert signed_in(make.member(space)).get("/search/?since=2025-02-01").status_code == 200


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
