"""My stories: everything a person told, in every space, also in those they left."""

import datetime as dt

import pytest
from django.urls import reverse

from evaluation.models import Release
from spaces.models import Trace, TraceKind
from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.fetching import note_fetched
from valuecreation.models import Consent, Moment, Story, StoryState, Withdrawal

pytestmark = pytest.mark.django_db
PAGE = "/me/stories/"


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT, practice="nurse")


@pytest.fixture
def story(space, ana):
    told = make.story(in_space=space, teller=ana, title="The grid", state=StoryState.WITH_TELLER)
    Moment.objects.in_story(told).update(text="The other foot was cold.")
    return told


@pytest.fixture
def mine(signed_in, ana):
    """The page as Ana reads it."""
    client = signed_in(ana.person)

    def read():
        return client.get(PAGE)

    read.post = client.post
    read.get = client.get
    return read


def leave(member):
    member.left_on = member.space.today
    member.save()
    member.roles.update(until=member.space.today - dt.timedelta(days=1))


def at(page, story):
    return reverse(f"valuecreation:{page}", args=[story.space.slug, story.public_id])


def test_story_is_listed_with_its_words_and_that_nobody_else_reads_it(mine, story):
    page = mine().text
    for words in ("The grid", "The other foot was cold.", "Only you.", "Nowhere"):
        assert words in page
    assert "Let others read it" in page


def test_page_says_who_reads_a_story_how_its_teller_is_named_and_until_when(mine, ana, story):
    actions.give_consent(
        story,
        by=ana,
        audience=["organisation"],
        attribution="role",
        expires_on=dt.date(2199, 2, 4),
    )
    page = mine().text
    assert "People in this space and the organisation with its sponsor." in page
    assert "Told by “a nurse”." in page
    assert "Until 4 February 2199." in page
    assert "Change who reads it" in page


def test_page_says_how_many_have_joined_since(mine, ana, story):
    make.member(story.space)
    actions.give_consent(story, by=ana, audience=["space"])
    assert "joined since" not in mine().text
    Consent.objects.update(given_on=dt.date(2024, 12, 1))
    assert "1 person has joined since and reads it, too." in mine().text


def test_story_told_in_a_space_one_left_stays_on_the_page(mine, ana, story):
    leave(ana)
    page = mine().text
    assert "The grid" in page
    assert "You left on" in page
    assert at("consent", story) in page
    assert f'href="/spaces/{story.space.slug}/"' not in page


def test_note_in_no_story_is_there_after_leaving_and_can_be_let_go(mine, ana, space):
    noted = make.moment(space, agent=ana, recorded_by=ana, text="Overheard at the door.")
    leave(ana)
    assert "Overheard at the door." in mine().text
    page = reverse("valuecreation:edit_moment", args=[space.slug, noted.public_id])
    assert mine.get(page).status_code == 200
    answer = mine.post(reverse("valuecreation:drop_moment", args=[space.slug, noted.public_id]))
    assert answer.url == PAGE
    assert not Moment.objects.exists()


def test_other_peoples_stories_are_not_on_the_page(mine, space, story):
    other = make.story(in_space=space, shared=True, title="Of somebody else")
    assert other in Story.objects.for_user(story.teller.person)
    assert "Of somebody else" not in mine().text


def test_story_written_down_by_somebody_else_is_to_be_read_and_corrected(mine, space, story):
    grace = make.membership(space, make.person("Grace Ellwood"), Role.PARTICIPANT)
    Story.objects.update(collector=grace, state=StoryState.WITH_TELLER)
    page = mine().text
    assert "Grace Ellwood wrote this down for you. Nobody else can read it." in page
    assert "Read and correct" in page


def test_ended_consent_is_said_and_can_be_left_so(mine, ana, story):
    actions.give_consent(story, by=ana, audience=["space"])
    Consent.objects.update(given_on=dt.date(2024, 1, 1), expires_on=dt.date(2026, 1, 4))
    page = mine().text
    assert "This ended on 4 January 2026. Nobody new reads it." in page
    assert "Open it again" in page
    mine.post(at("keep_closed", story))
    page = mine().text
    assert "Only you." in page
    assert "This ended" not in page


def test_empty_page_says_what_will_be_here(mine, ana):
    assert "What you tell, in any space, will be listed here" in mine().text


def test_withdrawing_leaves_a_line_with_a_receipt_and_no_word(mine, ana, story):
    actions.give_consent(story, by=ana, audience=["space"])
    answer = mine.post(at("withdraw_story", story))
    assert answer.url == PAGE
    receipt = Withdrawal.objects.get().receipt
    for page in (mine().text, mine.get(reverse("receipt", args=[receipt])).text):
        assert receipt in page
        assert "Withdrawn" in page or "withdrawn" in page
        assert "The grid" not in page
        assert "other foot" not in page
    assert at("consent", story) in mine().text  # to tell it again


def test_erasing_is_asked_once_and_leaves_a_line_that_can_go_too(mine, ana, story):
    actions.give_consent(story, by=ana, audience=["space"])
    assert "This cannot be undone." in mine.get(at("erase_story", story)).text
    mine.post(at("erase_story", story))
    assert not Moment.objects.exists()
    assert "A story you erased" in mine().text
    assert "Tell it again" not in mine().text
    assert "This cannot be undone." in mine.get(at("erase_line", story)).text
    mine.post(at("erase_line", story))
    assert "A story you erased" not in mine().text
    assert not Story.objects.exists()


def test_line_of_a_story_whose_words_are_there_does_not_go(mine, ana, story):
    actions.withdraw_story(story, by=ana)
    mine.post(at("erase_line", story))
    assert Story.objects.get() == story


def test_receipt_is_its_tellers_alone(client, ana, story):
    actions.withdraw_story(story, by=ana)
    receipt = reverse("receipt", args=[Withdrawal.objects.get().receipt])
    client.force_login(ana.person)
    assert client.get(receipt).status_code == 200
    client.force_login(make.member(story.space, Role.CONVENER))
    assert client.get(receipt).status_code == 404


def test_page_says_which_release_holds_a_story_and_who_fetched_it(mine, space, ana, story):
    actions.give_consent(story, by=ana, audience=["organisation"], uses=["report"])
    sponsor = make.membership(space, make.person("Denise Farrow"), Role.SPONSOR, outside=True)
    days = {"period_start": make.LONG_AGO, "period_end": space.today, "as_of": space.today}
    Release.objects.create(
        space=space,
        number=3,
        label="release-3",
        audience="organisation",
        frozen_by=ana,
        state="ready",
        stories=[{"story": story.ref}],
        **days,
    )
    assert "Dataset release-3" in mine().text
    handed = {"label": "Spring report", "on": space.today, "person": sponsor.person}
    trace = Trace.objects.create(space=space, kind=TraceKind.REPORT, number=3, **handed)
    note_fetched(trace, [story.pk])
    assert "Denise Farrow" in mine().text
    mine.post(at("withdraw_story", story))
    page = mine().text
    assert "Spring report" in page
    assert "to delete it. No answer yet." in page


def test_header_leads_to_my_stories_from_every_page(mine, ana, story):
    for page in ("/", at("story", story), "/to-follow-up/"):
        assert f'href="{PAGE}"' in mine.get(page).text


def test_page_costs_the_same_for_one_space_and_for_many(
    mine, ana, story, django_assert_max_num_queries
):
    for _number in range(3):
        other = make.membership(make.space(), ana.person, Role.PARTICIPANT)
        for _more in range(3):
            told = make.story(in_space=other.space, teller=other, shared=True)
        actions.withdraw_story(told, by=other)
    mine()
    with django_assert_max_num_queries(18):
        mine()
