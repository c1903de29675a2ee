import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluation.models import Indicator, Observation
from framing.models import FramingEvent
from spaces.permissions import Role
from tests import make
from valuecreation.cycles import Cycle
from valuecreation.loops import keeping as readings
from valuecreation.models import Moment
from valuecreation.still_notices import note_still
from valuecreation.summaries import tallies

pytestmark = pytest.mark.django_db


def overview(person, space):
    client = Client()
    client.force_login(person)
    return client.get(reverse("space_overview", args=[space.slug]))


def counted(space):
    tallies.recount(space)
    readings.read_due(space)
    return space


def test_overview_of_an_empty_space_teaches(space):
    html = overview(make.member(space), space).text

    assert "Tell the first story" in html
    assert "This season" not in html


def test_overview_shows_new_stories_picture_and_season(space):
    told = make.story(in_space=space, shared=True, told_on=space.today, title="The Tuesday round")
    html = overview(make.member(counted(space)), space).text

    assert "The Tuesday round" in html
    assert "1 moment in 1 story." in html
    assert "1 of 2" in html
    assert reverse("valuecreation:story", args=[space.slug, told.public_id]) in html


def test_sponsor_sees_what_the_organisation_may_and_no_small_group(space):
    make.story(in_space=space, shared=True, told_on=space.today, title="For the space alone")
    wide = make.story(in_space=space, shared=True, told_on=space.today, title="For the house")
    make.consent(wide, "organisation")
    html = overview(make.member(counted(space), Role.SPONSOR), space).text

    assert "For the house" in html
    assert "For the space alone" not in html
    assert "1 moment in 1 story." in html
    assert "fewer than 5" in html


def test_participant_sees_their_own_waiting_moments_and_a_leader_all(space):
    mine, theirs = (
        make.membership(space, make.person(name), Role.PARTICIPANT) for name in ("Ana", "Ben")
    )
    for who in (mine, theirs):
        told = make.story(in_space=space, teller=who, shared=True, cycles=[Cycle.POTENTIAL])
        Moment.objects.in_story(told).update(text=f"What {who.name} took away.")
    counted(space)
    note_still(space)

    own = overview(mine.person, space).text
    mine_alone = own[own.index("For you") : own.index("New stories")]
    assert "What Ana took away." in mine_alone
    assert "What Ben took away." not in mine_alone
    assert "Say what came of it" in mine_alone
    led = overview(make.member(space, Role.CONVENER), space).text
    assert "Ask Ana" in led
    assert "Ask Ben" in led


def test_next_gathering_is_shown_to_those_who_may_come(space):
    soon = timezone.now() + dt.timedelta(days=3)
    FramingEvent.objects.create(space=space, title="What counts as healed?", starts_at=soon)

    assert "What counts as healed?" in overview(make.member(space), space).text
    assert "What counts as healed?" not in overview(make.member(space, Role.SPONSOR), space).text


@pytest.mark.parametrize("stories", [1, 9])
def test_overview_costs_the_same_for_few_stories_and_for_many(
    stories, space, django_assert_max_num_queries
):
    for _ in range(stories):
        make.story(in_space=space, shared=True, cycles=list(Cycle))
    client = Client()
    client.force_login(make.member(counted(space), Role.FACILITATOR))

    with django_assert_max_num_queries(18):
        client.get(reverse("space_overview", args=[space.slug]))


def test_stranger_does_not_learn_that_the_space_exists(space):
    assert overview(make.person(), space).status_code == 404


def test_indicators_on_course_are_counted_once_the_page_is_shown(space):
    for number, last in enumerate((30, 12)):
        measure = Indicator.objects.create(
            space=space,
            ref=f"I{number}",
            cycle="applied",
            name="Calls",
            kind="count",
            target=40,
            baseline=10,
        )
        Observation.objects.create(
            indicator=measure,
            period="2025-Q1",
            period_start=dt.date(2025, 1, 1),
            period_end=dt.date(2025, 3, 31),
            value=last,
        )
    client = Client()
    client.force_login(make.member(space))
    address = reverse("course", args=[space.slug])

    assert "1 of 2" in client.get(address, headers={"hx-request": "true"}).text
    assert client.get(address).url == reverse("evaluation:matrix", args=[space.slug])
