"""Whom a consent reaches, the same on every surface: queries, totals, readings, pages and API."""

import datetime as dt

import pytest
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation.cycles import Cycle, Location
from valuecreation.loops import keeping
from valuecreation.loops.loading import graph_of
from valuecreation.models import (
    Flow,
    LoopReading,
    Moment,
    StillMoment,
    Story,
    StoryState,
    StoryStep,
)
from valuecreation.summaries import tallies, totals

pytestmark = pytest.mark.django_db
AUDIENCES = ["space", "organisation", "partner_spaces", "public"]
REACHED = {  # written by hand: whom an act of consent lets in
    "space": {"space"},
    "organisation": {"space", "organisation"},
    "partner_spaces": {"space", "partner_spaces"},
    "public": {"space", "organisation", "partner_spaces", "public"},
    "named_people": set(),
}
ACTS = pytest.mark.parametrize("given_to", REACHED)


def told(space, *audience, **consent):
    """A story that was tried in practice and came back to the space; nobody took it up."""
    cycles = [Cycle.APPLIED, Cycle.IMMEDIATE]
    story = make.story(in_space=space, cycles=cycles, state=StoryState.APPROVED)
    make.consent(story, *audience, **consent)
    tried, back = (step.moment for step in story.steps.all())
    Moment.objects.among([back.pk]).update(location=Location.IN_SPACE)
    make.flow(tried, back, kind="return")
    return story


def kept(space):
    """Everything summed up and read again, as the worker leaves it behind."""
    tallies.recount(space)
    keeping.read_due(space)
    return space


def going_to(audience, space, day):
    """The rows of a space that an audience reads on a day, by what they are."""
    return {
        "stories": Story.objects.in_space(space).for_audience(audience, day),
        "moments": Moment.objects.for_audience(audience, day, space=space),
        "flows": Flow.objects.for_audience(audience, day, space=space),
    }


def refs(client, name, space):
    """The rows of a list of the API, by name."""
    rows = client.get(reverse(f"api:{name}", args=[space.slug])).json()["results"]
    return {row.get("ref") or (row["source"], row["target"]) for row in rows}


# --- one story, one act ---------------------------------------------------------------------


@ACTS
def test_queries_give_a_story_to_those_its_consent_reaches(space, given_to):
    story = told(space, given_to)

    for name, number in (("stories", 1), ("moments", 2), ("flows", 1)):
        found = {a: going_to(a, space, space.today)[name].count() for a in AUDIENCES}
        assert found == {a: number if a in REACHED[given_to] else 0 for a in AUDIENCES}
    assert {a for a in AUDIENCES if story.goes_to(a, space.today)} == REACHED[given_to]
    moment = story.steps.first().moment
    assert {a for a in AUDIENCES if moment.goes_to(a, space.today)} == REACHED[given_to]


@ACTS
def test_totals_count_a_story_for_those_its_consent_reaches(space, given_to):
    told(space, given_to)
    kept(space)

    for audience in AUDIENCES:
        total = totals.read(space, audience, space.today)
        counted = (total.stories, total.actual, sum(total.returns.values()), total.loops_read)
        assert counted == ((1, 2, 1, 1) if audience in REACHED[given_to] else (0, 0, 0, 0))


@ACTS
def test_readings_hold_a_story_for_those_its_consent_reaches(space, given_to):
    told(space, given_to)
    kept(space)
    whole = graph_of(space).as_of(space.today)

    for audience in AUDIENCES:
        number = 1 if audience in REACHED[given_to] else 0
        graph = whole.for_audience(audience, space.today)
        assert (len(graph.stories), len(graph.flows)) == (number, number)
        for rows in (LoopReading.objects, StillMoment.objects):
            assert rows.in_space(space).for_audience(audience).count() == number


@ACTS
@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.SPONSOR])
def test_pages_and_api_give_a_story_to_those_its_consent_reaches(space, given_to, role, signed_in):
    story = told(space, given_to)
    person = make.member(kept(space), role)
    client = signed_in(person)
    reads = ("organisation" if role == Role.SPONSOR else "space") in REACHED[given_to]

    for rows in (Story.objects, Moment.objects, Flow.objects):
        assert rows.for_user(person).exists() is reads
    assert Story.objects.for_reader(space, person).exists() is reads
    for name in ("stories", "moments", "flows"):
        assert bool(refs(client, name, space)) is reads
    page = client.get(reverse("valuecreation:story", args=[space.slug, story.public_id]))
    assert page.status_code == (200 if reads else 404)
    for name in ("story_list", "flows"):
        page = client.get(reverse(f"valuecreation:{name}", args=[space.slug])).text
        assert ("What happened, number" in page) is reads


def test_people_a_teller_named_read_a_story_and_no_others_do(space, signed_in):
    story = told(space, "named_people")
    named, other = (make.member(space, Role.SPONSOR) for _ in range(2))
    story.consent.named_people.add(named.memberships.get())

    for person, reads in ((named, True), (other, False), (make.member(space), False)):
        client = signed_in(person)
        assert Story.objects.for_user(person).exists() is reads
        assert Story.objects.for_reader(space, person).exists() is reads
        page = client.get(reverse("valuecreation:story", args=[space.slug, story.public_id]))
        assert page.status_code == (200 if reads else 404)
        assert bool(refs(client, "stories", space)) is reads


@pytest.mark.parametrize("state", [StoryState.DRAFT, StoryState.WITH_TELLER, StoryState.RETIRED])
def test_story_that_is_not_approved_goes_to_nobody_whatever_was_agreed(space, state):
    story = told(space, "public")
    sponsor, reader = make.member(space, Role.SPONSOR), make.member(space)
    assert Story.objects.for_user(reader).exists()
    Story.objects.update(state=state)

    assert not Story.objects.for_audience("public", space.today).exists()
    assert not Moment.objects.for_audience("public", space.today, space=space).exists()
    for person in (sponsor, reader):
        assert not Story.objects.for_user(person).exists()
        assert not Story.objects.for_reader(space, person).exists()
    kept(space)
    assert totals.read(space, "space", space.today).stories == 0
    assert not Story.objects.get(pk=story.pk).goes_to("public", space.today)


@pytest.mark.parametrize(("days_after", "reads"), [(0, True), (1, False)])
def test_consent_holds_on_its_last_day_and_on_none_after(space, days_after, reads):
    last = space.today
    story = told(space, "organisation", expires_on=last)
    kept(space)
    day = last + dt.timedelta(days=days_after)
    person = make.member(space, Role.SPONSOR)

    for rows in going_to("organisation", space, day).values():
        assert rows.exists() is reads
    for rows in (Story.objects, Moment.objects, Flow.objects):
        assert rows.for_user(person, on=day).exists() is reads
    assert Story.objects.for_reader(space, person, on=day).exists() is reads
    assert story.goes_to("organisation", day) is reads
    assert bool(totals.read(space, "organisation", day).stories) is reads
    assert bool(graph_of(space).as_of(day).for_audience("organisation", day).moments) is reads


# --- a moment of two stories ----------------------------------------------------------------


@pytest.fixture
def shared(space):
    """A moment of a public story that stands in one with its teller alone, too."""
    told(space, "public")
    open_ = Story.objects.get()
    strict = make.story(in_space=space, cycles=[])
    moment = open_.steps.first().moment
    StoryStep.objects.create(story=strict, moment=moment, order=1)
    kept(space)
    return moment


def test_moment_of_two_stories_is_read_where_both_are(space, shared, signed_in):
    strict = Story.objects.get(state=StoryState.DRAFT)
    for role in (Role.PARTICIPANT, Role.SPONSOR):
        person = make.member(space, role)
        assert shared not in Moment.objects.for_user(person)
        assert not Flow.objects.for_user(person).exists()
        client = signed_in(person)
        assert len(refs(client, "moments", space)) == 1
        assert refs(client, "flows", space) == set()
    Story.objects.filter(pk=strict.pk).update(state=StoryState.APPROVED)
    make.consent(Story.objects.get(pk=strict.pk), "space")

    reader, sponsor = make.member(space), make.member(space, Role.SPONSOR)
    assert shared in Moment.objects.for_user(reader)
    assert shared not in Moment.objects.for_user(sponsor)
    assert Flow.objects.for_user(reader).exists()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_moment_of_two_stories_goes_where_both_go(space, shared, audience):
    other = Moment.objects.for_audience(audience, space.today, space=space).get()
    graph = graph_of(space).as_of(space.today).for_audience(audience, space.today)

    assert other != shared
    assert other.goes_to(audience, space.today)
    assert not shared.goes_to(audience, space.today)
    assert not Flow.objects.for_audience(audience, space.today, space=space).exists()
    assert set(graph.moment) == {other.ref}
    assert graph.flows == ()
    assert totals.read(space, audience, space.today).actual == 1
    still = StillMoment.objects.in_space(space).for_audience(audience)
    assert [row.moment for row in still] == [other]
    assert not LoopReading.objects.in_space(space).for_audience(audience).exists()
