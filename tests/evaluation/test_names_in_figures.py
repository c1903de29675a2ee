"""A name typed into an indicator, an observation or a hope stays in the space, on every surface."""

import pytest
from django.urls import reverse

from evaluation import actions, releases
from evaluation.models import Release
from spaces.permissions import Role
from tests import make
from tests.evaluation import make_signs as signs

pytestmark = pytest.mark.django_db
NAME = "Oluwaseun"


@pytest.fixture
def space():
    space = make.space()
    teller = make.membership(space, make.person(NAME), Role.PARTICIPANT)
    teller.practice = "vascular nurse"
    teller.save()
    hope = signs.hope(signs.version(space, agreed_on=space.founded_on), text=f"As {NAME} does.")
    indicator = signs.indicator(
        space,
        aspiration=hope,
        kind="text",
        name=f"What {NAME} hears",
        question=f"Does {NAME} hear it?",
        source=f"{NAME} asks",
        note=f"Ask {NAME}.",
        steward=teller,
    )
    [first, second] = signs.observed(indicator, Q1=f"{NAME} heard it.", Q2=f"{NAME} did not.")
    first.note, first.collected_by = f"By way of {NAME}.", teller
    first.save()
    actions.correct_observation(
        second, by=teller, value=f"{NAME} did.", reason=f"{NAME} says so.", collected_on=None
    )
    return space


def pages(space):
    ref = space.indicators.get().ref
    yield from (
        reverse(f"evaluation:{name}", args=[space.slug]) for name in ("matrix", "indicators")
    )
    yield reverse("evaluation:indicator", args=[space.slug, ref])
    yield from (reverse(f"api:{name}", args=[space.slug]) for name in ("indicators", "readings"))
    yield reverse("api:observations", args=[space.slug, ref])


def test_name_is_read_inside_the_space_and_not_by_a_sponsor(space, signed_in):
    inside = signed_in(make.member(space))
    assert [page for page in pages(space) if NAME not in inside.get(page).text] == []

    sponsor = signed_in(make.member(space, Role.SPONSOR))
    answers = {page: sponsor.get(page) for page in pages(space)}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert [page for page, answer in answers.items() if NAME in answer.text] == []


def test_name_is_in_no_release_for_others(space):
    days = {"period_start": space.founded_on, "period_end": space.today, "as_of": space.today}

    def text(audience):
        asked = Release(space=space, number=1, label="R-1", audience=audience, **days)
        return releases.release_of(asked).to_json()

    assert NAME in text("space")
    assert NAME not in text("organisation")
