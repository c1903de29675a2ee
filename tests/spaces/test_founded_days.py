"""A space says when it began, which may be long before its page."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from spaces import actions
from spaces.models import Space
from spaces.permissions import Role
from tests import make
from tests.spaces.test_spaces import WORDS, edited

pytestmark = pytest.mark.django_db
LONG_BEFORE = dt.date(2009, 5, 4)
NEVER_YET = dt.date(2199, 1, 1)


def test_space_is_founded_on_the_day_that_is_stated(signed_in):
    address = reverse("spaces:new_space") + "?from=scratch"
    client = signed_in(make.person())
    assert 'name="founded_on"' in client.get(address).text
    client.post(address, WORDS | {"founded_on": "2009-05-04"})

    assert Space.objects.get().founded_on == LONG_BEFORE


def test_space_whose_beginning_nobody_states_began_today(signed_in):
    signed_in(make.person()).post(reverse("spaces:new_space"), WORDS | {"founded_on": ""})
    space = Space.objects.get()
    assert space.founded_on == space.today


def test_founding_is_changed_to_an_earlier_day_and_stays_where_none_is_given(space, signed_in):
    client = signed_in(make.member(space, Role.CONVENER))
    address = reverse("spaces:edit_space", args=[space.slug])
    assert f'value="{space.founded_on}"' in client.get(address).text
    client.post(address, edited(space, founded_on="2009-05-04"))
    space.refresh_from_db()
    assert space.founded_on == LONG_BEFORE

    client.post(address, edited(space, founded_on=""))
    space.refresh_from_db()
    assert space.founded_on == LONG_BEFORE


@pytest.mark.parametrize("day", [NEVER_YET, dt.date(1899, 12, 31)])
def test_founding_ahead_or_before_every_calendar_is_refused_beside_its_field(space, signed_in, day):
    convener = make.member(space, Role.CONVENER)
    client, typed = signed_in(convener), {"founded_on": day.isoformat()}
    pages = [
        client.post(reverse("spaces:new_space"), WORDS | typed),
        client.post(reverse("spaces:edit_space", args=[space.slug]), edited(space, **typed)),
    ]
    for page in pages:
        assert page.status_code == 200
        assert list(page.context["form"].errors) == ["founded_on"]
    assert Space.objects.count() == 1
    with pytest.raises(ValidationError):
        actions.edit_space(space, by=convener, seen=0, founded_on=day)
