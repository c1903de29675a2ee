"""The day a figure was collected can be stated, by form and API, and may lie long ago."""

import datetime as dt

import pytest
from django.urls import reverse

from evaluation.models import Observation
from spaces.permissions import Role
from tests import make
from tests.evaluation import make_signs as signs

pytestmark = pytest.mark.django_db
COLLECTED = dt.date(2019, 4, 2)
FIGURE = {"period": "2019-Q1", "value": 3}


@pytest.fixture
def sign(space):
    return signs.indicator(space, kind="count")


@pytest.fixture
def client(space, signed_in):
    return signed_in(make.member(space, Role.FACILITATOR))


def by_form(client, sign, day):
    address = reverse("evaluation:observe", args=[sign.space.slug, sign.ref])
    return client.post(address, FIGURE | {"collected_on": day})


def by_api(client, sign, day):
    address = reverse("api:observations", args=[sign.space.slug, sign.ref])
    wish = FIGURE | {"collected_on": day}
    return client.post(address, wish, content_type="application/json")


@pytest.mark.parametrize("record", [by_form, by_api])
def test_figure_is_collected_on_the_day_that_is_stated(client, sign, record):
    record(client, sign, "2019-04-02")
    assert Observation.objects.get().collected_on == COLLECTED


@pytest.mark.parametrize("day", ["2199-01-01", "1822-01-01"])
@pytest.mark.parametrize("record", [by_form, by_api])
def test_day_that_cannot_be_is_refused(client, sign, record, day):
    assert b"Choose" in record(client, sign, day).content
    assert not Observation.objects.exists()


def test_correction_begins_with_the_day_that_was_stated(client, sign):
    by_form(client, sign, "2019-04-02")
    args = [sign.space.slug, sign.ref, Observation.objects.get().pk]
    page = client.get(reverse("evaluation:correct_observation", args=args))
    assert 'value="2019-04-02"' in page.text
