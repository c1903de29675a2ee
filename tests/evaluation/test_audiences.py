"""Whom a consent reaches in what leaves the program: readings, files, releases and the matrix."""

import io
import json

import pytest
from django.core.management import call_command

from evaluation import releases
from evaluation.matrix import ValueMatrix
from evaluation.models import Release
from tests import make
from tests.evaluation import make_signs as signs
from tests.valuecreation.test_audiences import ACTS, AUDIENCES, REACHED
from valuecreation.cycles import Cycle
from valuecreation.models import StoryState, StoryStep
from valuecreation.summaries import tallies

pytestmark = pytest.mark.django_db


@pytest.fixture
def space(db):
    return make.space(slug="here")


@pytest.fixture
def sign(space):
    return signs.indicator(space)


def told(space, sign, *audience):
    """A story of one applied moment that speaks to an indicator."""
    story = make.story(in_space=space, cycles=[Cycle.APPLIED], state=StoryState.APPROVED)
    if audience:
        make.consent(story, *audience)
    signs.linked(story.steps.get().moment, sign)
    return story


def said(space, command, audience):
    """What a command says to an audience, as plain data."""
    out = io.StringIO()
    more = {"format": "json"} if command == "exportspace" else {}
    call_command(command, space.slug, audience=audience, stdout=out, stderr=io.StringIO(), **more)
    return json.loads(out.getvalue())


def release_of(space, audience):
    """A release for an audience, of everything that was told by today."""
    days = {"period_start": make.LONG_AGO, "period_end": space.today, "as_of": space.today}
    return releases.release_of(
        Release(space=space, number=1, label="H-1", audience=audience, **days)
    )


def moments_told(space, audience):
    """How many moments each surface has for an audience."""
    tallies.recount(space)
    readings, file = (said(space, name, audience) for name in ("readings", "exportspace"))
    matrix = ValueMatrix.build(space, audience=audience)
    [row] = [row for row in matrix.rows if row.cycle == Cycle.APPLIED]
    return {
        "readings": readings["counts"]["moments"],
        "named in readings": len(readings["audience"]["moments"]),
        "file": sum(len(story["steps"]) for story in file.get("stories", ())),
        "release": len(release_of(space, audience).moments),
        "matrix": row.counts.positive,
        "linked": row.cells[0].linked.stories,
    }


@ACTS
@pytest.mark.parametrize("audience", AUDIENCES)
def test_story_is_in_all_that_leaves_for_those_its_consent_reaches(space, sign, given_to, audience):
    told(space, sign, given_to)
    number = 1 if audience in REACHED[given_to] else 0

    found = moments_told(space, audience)
    assert found == dict.fromkeys(found, number)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_moment_of_two_stories_is_in_what_leaves_only_where_both_are(space, sign, audience):
    wide, strict = told(space, sign, "public"), told(space, sign, "named_people")
    shared = wide.steps.get().moment
    StoryStep.objects.create(story=strict, moment=shared, order=2)
    other = make.moment(space, agent=wide.teller)
    StoryStep.objects.create(story=wide, moment=other, order=2)
    signs.linked(other, sign)

    found = moments_told(space, audience)
    assert found == dict.fromkeys(found, 1)
