"""A figure about too few people stays hidden when it is corrected, wherever figures are shown."""

import datetime as dt
import io
import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from evaluation import actions, releases
from evaluation.models import Release
from spaces.permissions import Role
from tests import make
from tests.evaluation import make_signs as signs

pytestmark = pytest.mark.django_db
AUDIENCES = ["space", "organisation", "partner_spaces", "public"]
BEFORE = dt.date(2026, 4, 20)  # the small figure stood then
SMALL = re.compile(r"(?<![\w/-])(?:61|83|73[.,]5)(?![\w/-])")  # 61 of 83, in numbers and percent
LARGE = re.compile(r"(?<![\w/-])171(?![\w/-])")


@pytest.fixture
def space():
    return make.space(slug="here", name="Here", min_group_size=100)


@pytest.fixture
def steward(space):
    return make.membership(space, make.person("Grace"), Role.FACILITATOR)


@pytest.fixture
def corrected(space, steward):
    """An observation about 83 people that was put right since: it was 190."""
    sign = signs.indicator(space, kind="ratio", counts_people=True, steward=steward)
    [small, _other] = signs.observed(sign, Q1=[61, 83], Q2=[150, 202])
    actions.correct_observation(small, by=steward, value=[171, 190], reason="Two wards forgotten.")
    small.refresh_from_db()
    assert small.superseded_by
    return small


def pages(space, observation):
    sign = observation.indicator
    season = reverse("evaluation:matrix", args=[space.slug]) + "?season=2026-H1"
    yield from (season, reverse("evaluation:matrix", args=[space.slug]))
    yield reverse("evaluation:indicators", args=[space.slug])
    yield reverse("evaluation:indicator", args=[space.slug, sign.ref])
    yield reverse("api:observations", args=[space.slug, sign.ref])
    yield reverse("api:readings", args=[space.slug])
    yield reverse("api:readings", args=[space.slug]) + f"?as_of={BEFORE}"
    yield reverse("spacefile:export_space", args=[space.slug])


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.EVALUATOR, Role.SPONSOR])
def test_corrected_small_figure_stands_on_no_page_and_in_no_answer(
    space, corrected, role, signed_in
):
    client = signed_in(make.member(space, role, name="Mei"))
    answers = {page: client.get(page) for page in pages(space, corrected)}
    texts = {page: answer.content.decode() for page, answer in answers.items()}

    assert [page for page, text in texts.items() if SMALL.search(text)] == []
    assert len([page for page, text in texts.items() if LARGE.search(text)]) >= 3
    assert (
        "Two wards forgotten."
        in client.get(
            reverse("evaluation:indicator", args=[space.slug, corrected.indicator.ref])
        ).text
    )


def test_corrected_small_figure_is_not_offered_to_be_corrected_again(space, corrected, signed_in):
    client = signed_in(make.member(space, Role.FACILITATOR, name="Mei"))
    for observation in (corrected, corrected.superseded_by):
        args = [space.slug, corrected.indicator.ref, observation.pk]
        page = client.get(reverse("evaluation:correct_observation", args=args))
        assert page.status_code == 200
        assert not re.search(r"61 of 83|73[.,]5|value=\"(61|83)\"", page.text)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("command", ["readings", "exportspace"])
def test_corrected_small_figure_is_in_no_audiences_readings_or_file(
    space, corrected, command, audience
):
    def said(**options):
        out = io.StringIO()
        call_command(command, space.slug, stdout=out, stderr=io.StringIO(), **options)
        return out.getvalue()

    assert SMALL.search(said())  # those who keep the server read everything
    assert not SMALL.search(said(audience=audience))
    assert LARGE.search(said(audience=audience))
    assert "2026-Q1" in said(audience=audience)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("day", [BEFORE, dt.date(2099, 1, 1)])
def test_corrected_small_figure_is_in_no_release(space, corrected, steward, audience, day):
    release = releases.release_of(
        Release(
            space=space,
            number=1,
            label="H-2026-1",
            period_start=dt.date(2026, 1, 1),
            period_end=dt.date(2026, 6, 30),
            audience=audience,
            as_of=day,
            frozen_by=steward,
        )
    )
    text = re.sub(r'"sha256":"\w+"', "", release.to_json())

    assert not SMALL.search(text)
    assert bool(LARGE.search(text)) is (day > BEFORE)


def test_claim_that_rests_on_a_corrected_small_figure_does_not_say_it(
    space, corrected, steward, signed_in
):
    actions.write_claim(
        aspiration=signs.hope(signs.version(space)),
        by=steward,
        statement="It contributed.",
        observations=[corrected, corrected.superseded_by],
    )
    text = (
        signed_in(make.member(space, name="Mei"))
        .get(reverse("evaluation:claims", args=[space.slug]))
        .text
    )

    assert not SMALL.search(text)
    assert LARGE.search(text)
