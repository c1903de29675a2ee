"""From which day on it is time to ask what happened: the same on every surface."""

import datetime as dt

import pytest
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation.cycles import Cycle, MomentStatus, Precision
from valuecreation.loops import keeping as readings
from valuecreation.loops import readings as loops
from valuecreation.loops.loading import graph_of
from valuecreation.models import Moment, StillMoment
from valuecreation.summaries import tallies

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(space):
    """A story of one applied moment; the space asks after 120 days."""
    who = make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT)
    return make.story(in_space=space, teller=who, cycles=[Cycle.APPLIED], shared=True)


def on(told, **fields):
    """The story's moment with other days, summed up and read again."""
    Moment.objects.in_story(told).update(**fields)
    tallies.recount(told.space)
    readings.read_due(told.space)
    return Moment.objects.in_story(told).get()


def listed(client, space, which, key):
    """Whether a list of the flows page and the API's readings have the moment."""
    page = client.get(reverse("valuecreation:flow_list", args=[space.slug, which]))
    answer = client.get(reverse("api:readings", args=[space.slug])).json()
    return [len(page.context["told"].lines) == 1, len(answer[key]) == 1]


@pytest.mark.parametrize(("days", "quiet"), [(120, False), (121, True)])
def test_moment_is_quiet_from_the_day_after_its_period(space, told, days, quiet, signed_in):
    today = space.today
    moment = on(told, occurred_on=today - dt.timedelta(days=days))
    still = StillMoment.objects.in_space(space).for_audience("space")
    client = signed_in(make.member(space))

    assert still.quiet(today, space.quiet_before(today)).exists() is quiet
    assert bool(loops.quiet(graph_of(space).as_of(today), today)) is quiet
    assert Moment.objects.untold_since(space, today).exists() is quiet
    assert listed(client, space, "quiet", "quiet") == [quiet, quiet]
    client.force_login(told.teller.person)
    assert (moment.text in client.get(reverse("valuecreation:to_follow_up")).text) is quiet


@pytest.mark.parametrize(("days", "past"), [(0, False), (1, True)])
def test_hope_is_past_its_day_from_the_day_after(space, told, days, past, signed_in):
    today = space.today
    due = today - dt.timedelta(days=days)
    on(told, status=MomentStatus.HOPED, occurred_on=None, due_on=due)
    still = StillMoment.objects.in_space(space).for_audience("space")
    client = signed_in(make.member(space))

    assert still.past_their_day(today).exists() is past
    assert bool(loops.overdue_hopes(graph_of(space).as_of(today), today)) is past
    assert Moment.objects.hopes_past(today).exists() is past
    assert listed(client, space, "hopes", "overdue_hopes") == [past, past]


@pytest.mark.parametrize(
    ("precision", "first"),
    [
        (Precision.DAY, dt.date(2025, 5, 20)),
        (Precision.MONTH, dt.date(2025, 5, 1)),
        (Precision.QUARTER, dt.date(2025, 4, 1)),
        (Precision.YEAR, dt.date(2025, 1, 1)),
    ],
)
def test_moment_is_there_from_the_first_day_of_its_period(space, told, precision, first):
    on(told, occurred_on=dt.date(2025, 5, 20), precision=precision)
    graph = graph_of(space)

    assert len(graph.as_of(first).moments) == 1
    assert graph.as_of(first - dt.timedelta(days=1)).moments == ()
