"""Seasons and periods reach as far back as what a reader may know of a space."""

import datetime as dt

import pytest
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation.consent import Attribution
from valuecreation.first_days import first_day_known
from valuecreation.models import Moment, Story

pytestmark = pytest.mark.django_db
BEFORE = dt.date(2021, 3, 9)
FOUNDED = make.LONG_AGO


def told_before(space, **fields):
    """A shared story told, about something that had happened, years before the founding."""
    told = make.story(in_space=space, shared=True, told_on=BEFORE, **fields)
    Moment.objects.in_story(told).update(occurred_on=BEFORE)
    return told


def shown(page):
    return [story.title for story in page.context["stories"]]


def test_stories_told_before_the_founding_are_found_by_a_season(space, signed_in):
    told_before(space, title="Long before")
    make.story(in_space=space, shared=True, title="Since")
    client, address = (
        signed_in(make.member(space)),
        reverse("valuecreation:story_list", args=[space.slug]),
    )

    for name in ("season", "happened_in"):
        page = client.get(address, {name: "2021-H1"})
        assert shown(page) == ["Long before"]
        assert 'value="2021-H1" selected' in page.text


def test_matrix_offers_and_shows_a_season_before_the_founding(space, signed_in):
    told_before(space)
    address = reverse("evaluation:matrix", args=[space.slug])
    page = signed_in(make.member(space)).get(address, {"season": "2021-H1"})

    assert page.context["scope"].season == "2021-H1"


def test_report_over_all_days_begins_with_the_first_that_is_known(space, signed_in):
    told_before(space)
    who = make.member(space, Role.EVALUATOR)
    address = reverse("evaluation:new_release", args=[space.slug])
    terms = {"period": "span", "audience": "space", "purpose": "report", "do": "preview"}
    form = signed_in(who).post(address, terms).context["form"]

    assert (form.terms["period_start"], form.terms["period_end"]) == (BEFORE, space.today)
    assert "2021-H1" not in dict(form.fields["period"].choices)  # the four newest halves only


def test_space_without_older_stories_begins_with_its_founding(space):
    make.story(in_space=space, shared=True)
    assert first_day_known(space, make.member(space)) == FOUNDED


def test_what_a_reader_may_not_read_moves_no_first_day(space):
    teller = make.membership(space, make.person(), Role.PARTICIPANT)
    hidden = make.story(in_space=space, teller=teller, told_on=BEFORE, state="with_teller")
    Moment.objects.in_story(hidden).update(occurred_on=BEFORE)

    assert first_day_known(space, make.member(space)) == FOUNDED
    assert first_day_known(space, teller.person) == BEFORE


@pytest.mark.parametrize("day", [dt.date(2025, 1, 3), dt.date(2025, 3, 30), BEFORE])
def test_first_day_tells_the_quarter_of_a_nameless_teller_and_no_more(space, day):
    space.founded_on = dt.date(2025, 2, 14)
    space.save()
    told = make.story(in_space=space, shared=True, told_on=day)
    Moment.objects.in_story(told).update(occurred_on=day)
    make.consent(told, "space", attribution=Attribution.ANONYMOUS)
    Story.objects.among([told.pk]).list_anew()

    assert first_day_known(space, make.member(space)) == dt.date(day.year, 1, 1)


@pytest.mark.parametrize("stories", [1, 3])
def test_first_day_is_one_query_whatever_there_is(space, stories, django_assert_num_queries):
    for _each in range(stories):
        told_before(space)
    reader = make.member(space)
    space.audience_of(reader)

    with django_assert_num_queries(1):
        assert first_day_known(space, reader) == BEFORE
