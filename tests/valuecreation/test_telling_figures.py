"""Figures on the telling itself: for those who lead, never by person, small groups hidden."""

import datetime as dt

import pytest
from django.urls import reverse

from spaces.models import Level, ParticipationPeriod
from spaces.permissions import Role
from tests import make
from valuecreation.cycles import MomentStatus
from valuecreation.loops import keeping
from valuecreation.models import FollowUp, Moment
from valuecreation.summaries import tallies
from valuecreation.summaries.telling import PeopleCount, telling_figures

pytestmark = pytest.mark.django_db


def tellers(space, number, practice, level):
    found = []
    for _ in range(number):
        one = make.membership(space, make.person(), Role.PARTICIPANT, practice=practice)
        ParticipationPeriod.objects.create(membership=one, level=level, since=dt.date(2025, 1, 1))
        found.append(one)
    return found


def figures(space):
    tallies.recount(space)
    keeping.read_due(space)
    return telling_figures(space)


def test_few_who_have_begun_a_story_are_not_counted(space):
    people = tellers(space, 5, "nurse", Level.CORE)
    make.story(in_space=space, teller=people[0], shared=True)
    for one in people[:4]:
        make.story(in_space=space, teller=one)
    assert (figures(space).shared, figures(space).told) == (1, None)
    make.story(in_space=space, teller=people[4])
    assert figures(space).told == 6


def test_tellers_are_counted_by_practices_and_levels_of_enough_people(space):
    for one in [
        *tellers(space, 5, "nurse", Level.CORE),
        *tellers(space, 4, "podiatrist", Level.PERIPHERAL),
    ]:
        told = make.story(in_space=space, teller=one, shared=True)
    assert figures(space).practices == [PeopleCount("nurse", 5)]
    assert [row.people for row in figures(space).levels] == [5]
    nurse = figures(space).practices and told.space.stories.order_by("pk").first()
    make.consent(nurse, "space", attribution="anonymous")
    assert figures(space).practices == []


def test_hopes_and_outcomes_are_counted(space):
    (one,) = tellers(space, 1, "nurse", Level.CORE)
    told = make.story(in_space=space, teller=one, shared=True, cycles=["applied", "realized"])
    Moment.objects.in_story(told).filter(cycle="applied").update(polarity="negative")
    Moment.objects.in_story(told).filter(cycle="realized").update(was_hoped=True)
    hope = make.moment(space, agent=one, status=MomentStatus.HOPED, due_on=dt.date(2025, 7, 1))
    told.steps.create(moment=hope, order=3)
    found = figures(space)
    assert (found.moments, found.turned_out["negative"], found.share_of(1)) == (2, 1, 50)
    assert (found.hopes_passed, found.hopes_heard_of) == (2, 1)


def test_answers_of_few_people_are_not_counted(space):
    people = tellers(space, 6, "nurse", Level.CORE)
    asked = {"asked_by": people[0], "asked_on": space.today, "question": "And then?"}
    for one in people[2:]:
        FollowUp.objects.create(moment=make.moment(space), asked_of=one, **asked)
    assert figures(space).asked is None
    FollowUp.objects.create(
        moment=make.moment(space), asked_of=people[1], answered_on=space.today, **asked
    )
    assert (figures(space).asked, figures(space).answered) == (5, 1)


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_lead_see_them(space, signed_in, role):
    client = signed_in(make.member(space, role))
    page = client.get(reverse("valuecreation:telling", args=[space.slug]))
    leads = role in (Role.CONVENER, Role.FACILITATOR)
    assert page.status_code == (200 if leads else 403)
    flows = client.get(reverse("valuecreation:flows", args=[space.slug])).text
    assert ("Figures on the telling itself" in flows) == leads
