"""Analysts read a moment as another cycle than its teller: each reading stays a row of its own."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from evaluation import actions
from evaluation.models import Coding
from spaces.models import Membership
from spaces.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db


def url(name, space, *args):
    return reverse(f"evaluation:{name}", args=[space.slug, *args])


@pytest.fixture
def story(space):
    return make.story(in_space=space, shared=True, cycles=["applied"])


@pytest.fixture
def moment(story):
    return story.steps.get().moment


def analyst(space, **fields):
    person = make.member(space, Role.EVALUATOR, **fields)
    return Membership.objects.get(space=space, person=person)


def test_analyst_reads_a_moment_otherwise_and_the_tellers_word_counts(
    space, story, moment, signed_in
):
    ingrid = analyst(space, name="Ingrid Moen")
    client = signed_in(ingrid.person)
    page = client.get(reverse("valuecreation:story", args=[space.slug, story.public_id])).text
    assert url("read_as", space, moment.public_id) in page
    client.post(url("read_as", space, moment.public_id), {"cycle": "enabling"})
    moment.refresh_from_db()
    assert moment.cycle == "applied"
    part = " ".join(client.get(url("story_supports", space, story.public_id)).text.split())
    assert "Applied, read as Enabling" in part
    assert "Ingrid Moen" in part


def test_no_reading_overwrites_another(space, moment):
    first, second = analyst(space), analyst(space)
    actions.read_as(moment, by=first, cycle="enabling")
    actions.read_as(moment, by=second, cycle="strategic")
    actions.read_as(moment, by=first, cycle="realized")
    said = [(row.by, row.cycle, row.ended_at is None) for row in Coding.objects.order_by("pk")]
    assert said == [
        (first, "enabling", False),
        (second, "strategic", True),
        (first, "realized", True),
    ]
    actions.read_as(moment, by=first, cycle="")
    assert [row.by for row in Coding.objects.current()] == [second]
    assert Coding.objects.count() == 3


def test_same_reading_said_twice_is_one(space, moment):
    ingrid = analyst(space)
    for _time in range(2):
        actions.read_as(moment, by=ingrid, cycle="enabling")
    assert Coding.objects.count() == 1


def test_reading_is_not_for_tellers_nor_for_participants(space, story, moment, signed_in):
    with pytest.raises(ValidationError, match="told this yourself"):
        actions.read_as(moment, by=story.teller, cycle="enabling")
    client = signed_in(make.member(space))
    assert client.get(url("read_as", space, moment.public_id)).status_code == 403


def test_reading_of_a_moment_one_may_not_read_is_nowhere(space, signed_in):
    hidden = make.story(in_space=space).steps.get().moment
    Coding.objects.create(moment=hidden, cycle="enabling")
    client = signed_in(analyst(space).person)
    assert client.get(url("read_as", space, hidden.public_id)).status_code == 404
    assert client.get(reverse("api:codings", args=[space.slug])).json()["results"] == []


def test_program_gets_every_reading_and_a_sponsor_no_name(space, story, moment, signed_in):
    make.consent(story, "organisation")
    for name in ("Ingrid Moen", "David Okoro"):
        actions.read_as(moment, by=analyst(space, name=name), cycle="enabling")
    found = signed_in(analyst(space).person).get(reverse("api:codings", args=[space.slug])).json()
    assert [row["by"] for row in found["results"]] == ["Ingrid Moen", "David Okoro"]
    answer = signed_in(make.member(space, Role.SPONSOR)).get(
        reverse("api:codings", args=[space.slug])
    )
    assert len(answer.json()["results"]) == 2
    assert "Ingrid" not in answer.text
