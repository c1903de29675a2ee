"""Moments linked to indicators: figures and stories side by side, for those who may read both."""

import pytest
from django.urls import reverse

from evaluation.models import MomentIndicator
from tests import make
from tests.evaluation import make_signs as signs
from tests.pages import HTMX

pytestmark = pytest.mark.django_db


def url(name, space, *args):
    return reverse(f"evaluation:{name}", args=[space.slug, *args])


def test_moment_is_linked_and_unlinked_on_its_own_page_and_in_a_part(space, signed_in):
    sign = signs.indicator(space, name="Tested in time")
    told = make.story(in_space=space, shared=True)
    moment = told.steps.get().moment
    client = signed_in(make.member(space))
    address = url("moment_indicators", space, moment.public_id)
    assert client.post(address, {"indicator": sign.pk})["Location"] == address
    assert MomentIndicator.objects.get().indicator == sign
    part = client.post(address, {"unlink": sign.pk}, headers=HTMX)
    assert "<html" not in part.text
    assert not MomentIndicator.objects.exists()


def test_moment_one_may_not_read_and_foreign_indicators_are_not_there(space, signed_in):
    hidden = make.story(in_space=space).steps.get().moment
    shared = make.story(in_space=space, shared=True).steps.get().moment
    foreign = signs.indicator(make.space())
    client = signed_in(make.member(space))
    assert client.get(url("moment_indicators", space, hidden.public_id)).status_code == 404
    assert client.get(url("moment_indicators", space, shared.public_id)).status_code == 200
    client.post(url("moment_indicators", space, shared.public_id), {"indicator": foreign.pk})
    assert (
        client.post(
            url("moment_indicators", space, shared.public_id), {"unlink": foreign.pk}
        ).status_code
        == 404
    )
    assert not MomentIndicator.objects.exists()


def test_story_supports_the_indicators_of_its_readable_moments(space, signed_in):
    sign = signs.indicator(space, name="Tested in time", baseline=2, target=9)
    signs.observed(sign, Q1=7)
    told = make.story(in_space=space, shared=True)
    client = signed_in(make.member(space))
    assert "Tested in time" not in client.get(url("story_supports", space, told.public_id)).text
    signs.linked(told.steps.get().moment, sign)
    part = client.get(url("story_supports", space, told.public_id), headers=HTMX).text
    assert "<html" not in part
    assert "Tested in time" in part
    assert "From 2 to 7; target 9." in part
    assert client.get(url("story_supports", space, "S99")).status_code == 404


def test_moments_of_hidden_stories_stand_on_no_indicator_page(space, signed_in):
    sign = signs.indicator(space)
    for shared in (True, False):
        told = make.story(in_space=space, shared=shared, title=f"Shared {shared}")
        signs.linked(told.steps.get().moment, sign)
    text = signed_in(make.member(space)).get(url("indicator", space, sign.ref)).text
    assert "Shared True" in text
    assert "Shared False" not in text
