"""The day on which members agreed can be stated when the frame stands."""

import datetime as dt

import pytest

from framing import actions
from framing.models import FramingVersion, Reframing
from spaces.permissions import Role
from tests import make
from tests.framing import rows
from tests.framing.rows import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def tomasz(space):
    return rows.member(space, Role.FACILITATOR)


def answered(space, tomasz, **about):
    draft = actions.begin_draft(space, by=tomasz, **about)
    actions.answer_version(draft, by=tomasz, answer="agree")
    return draft


def stand(client, draft, day):
    return client.post(address("let_stand", draft.space, draft.number), {"agreed_on": day})


def test_frame_stands_since_the_day_that_is_stated(space, tomasz, signed_in):
    draft, client = answered(space, tomasz), signed_in(tomasz.person)
    assert 'name="agreed_on"' in client.get(address("version", space, 1)).text
    stand(client, draft, "2018-11-05")
    draft.refresh_from_db()

    assert draft.is_agreed
    assert draft.agreed_on == dt.date(2018, 11, 5)


def test_frame_whose_day_nobody_states_stands_since_today(space, tomasz, signed_in):
    draft = answered(space, tomasz)
    stand(signed_in(tomasz.person), draft, "")
    draft.refresh_from_db()
    assert draft.agreed_on == space.today


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2199-01-01", "lies ahead"),
        ("1822-01-01", "cannot be right"),
        ("2018-11-04", "was agreed later, on 5 November 2018"),
    ],
)
def test_day_that_cannot_be_is_refused_beside_its_field(space, tomasz, signed_in, day, said):
    first = answered(space, tomasz)
    actions.let_stand(first, by=tomasz, agreed_on=dt.date(2018, 11, 5))
    draft = answered(space, tomasz, reason="We saw more.")
    page = stand(signed_in(tomasz.person), draft, day)

    assert said in " ".join(page.context["stand_form"].errors["agreed_on"])
    assert not FramingVersion.objects.get(number=2).is_agreed


def test_frame_is_not_agreed_before_what_caused_it(space, tomasz, signed_in):
    first = answered(space, tomasz)
    actions.let_stand(first, by=tomasz, agreed_on=dt.date(2018, 11, 5))
    cause = make.moment(space, agent=tomasz, recorded_by=tomasz)  # of 1 May 2025
    draft = answered(space, tomasz, reason="We saw more.", causes=[cause])
    client = signed_in(tomasz.person)
    page = client.post(address("let_stand", space, 2), {"agreed_on": "2025-04-30"}, follow=True)
    assert "This happened on 1 May 2025" in page.text
    stand(client, draft, "2025-05-01")
    assert Reframing.objects.get().version.agreed_on == dt.date(2025, 5, 1)
