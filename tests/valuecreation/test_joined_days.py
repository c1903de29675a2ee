"""Since when somebody takes part can be stated, as far back as it goes."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.consent import Attribution
from valuecreation.models import Story

pytestmark = pytest.mark.django_db
LONG_BEFORE = dt.date(2012, 4, 1)
LATER = dt.date(2025, 5, 20)


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana"), Role.PARTICIPANT)


def member(space, role):
    return make.membership(space, make.person(), role)


def state(client, member, day):
    address = reverse("valuecreation:state_joined", args=[member.space.slug, member.ref])
    answer = client.post(address, {"joined_on": day}, follow=True)
    member.refresh_from_db()
    return answer


def deed(ana, day, **fields):
    """A shared story of somebody else in which Ana did something in the space."""
    told = make.story(in_space=ana.space, shared=True)
    told.steps.get().moment.__class__.objects.in_story(told).update(
        agent=ana, location="in_space", occurred_on=day, **fields
    )
    return told


def test_member_states_since_when_they_take_part(ana, signed_in):
    client = signed_in(ana.person)
    assert "State this day" in client.get(reverse("spaces:oneself", args=[ana.space.slug])).text
    page = state(client, ana, "2012-04-01")

    assert ana.joined_on == LONG_BEFORE
    assert "Taking part since 1 April 2012" in page.text


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.CONVENER])
def test_leader_states_an_earlier_day_and_no_later_one(ana, signed_in, role):
    client = signed_in(member(ana.space, role).person)
    assert "A later day is theirs" in state(client, ana, "2025-02-02").text
    assert ana.joined_on == make.LONG_AGO
    state(client, ana, "2012-04-01")
    assert ana.joined_on == LONG_BEFORE


def test_other_participants_state_nobodys_day(ana, signed_in):
    client = signed_in(member(ana.space, Role.PARTICIPANT).person)
    assert state(client, ana, "2012-04-01").status_code == 403
    assert ana.joined_on == make.LONG_AGO
    shown = client.get(reverse("spaces:member", args=[ana.space.slug, ana.ref])).text
    assert "State this day" not in shown


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2199-01-01", "lies ahead"),
        ("1822-01-01", "cannot be right"),
        ("soon", "not a day"),
        ("", "required"),
    ],
)
def test_day_that_cannot_be_is_refused_in_words(ana, signed_in, day, said):
    assert said in state(signed_in(ana.person), ana, day).text
    assert ana.joined_on == make.LONG_AGO


def test_nobody_takes_part_later_than_what_they_did_here(ana, signed_in):
    deed(ana, dt.date(2025, 5, 1))
    client = signed_in(ana.person)
    assert "You did something here by 1 May 2025." in state(client, ana, "2025-05-02").text
    assert ana.joined_on == make.LONG_AGO
    state(client, ana, "2025-05-01")
    assert ana.joined_on == dt.date(2025, 5, 1)


def test_what_is_known_to_a_month_counts_by_its_last_day(ana):
    deed(ana, dt.date(2025, 5, 1), precision="month")
    actions.state_joined(ana, by=ana, joined_on=dt.date(2025, 5, 31))
    with pytest.raises(ValidationError):
        actions.state_joined(ana, by=ana, joined_on=dt.date(2025, 6, 1))


def test_what_happened_elsewhere_is_no_bound(ana):
    told = make.story(in_space=ana.space, teller=ana, shared=True)  # in practice
    assert told.steps.get().moment.occurred_on < LATER
    actions.state_joined(ana, by=ana, joined_on=LATER)
    ana.refresh_from_db()
    assert ana.joined_on == LATER


@pytest.mark.parametrize("day", [dt.date(2025, 4, 2), dt.date(2025, 6, 29)])
def test_asking_for_every_day_tells_the_quarter_of_a_nameless_teller(ana, day):
    told = deed(ana, day)
    make.consent(told, "space", attribution=Attribution.ANONYMOUS)
    Story.objects.among([told.pk]).list_anew()
    actions.state_joined(ana, by=ana, joined_on=dt.date(2025, 4, 1))
    for asked in (dt.date(2025, 4, 2), day, dt.date(2025, 6, 30)):
        with pytest.raises(ValidationError) as refused:
            actions.state_joined(ana, by=ana, joined_on=asked)
        assert "1 April 2025" in str(refused.value.messages)


def test_what_a_member_may_not_read_of_themselves_answers_nothing(ana):
    hidden = deed(ana, dt.date(2025, 5, 1))
    Story.objects.among([hidden.pk]).update(state="with_teller")
    actions.state_joined(ana, by=ana, joined_on=LATER)
    ana.refresh_from_db()
    assert ana.joined_on == LATER


def test_nobody_joins_after_they_left(ana):
    ana.left_on = dt.date(2025, 5, 1)
    ana.save()
    with pytest.raises(ValidationError):
        actions.state_joined(ana, by=ana, joined_on=LATER)
