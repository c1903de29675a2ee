"""A space whose leaders have all been gone for 60 days lets its members choose one."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from spaces import actions, tasks
from spaces.leaders import leaders_are_gone
from spaces.models import ApiToken, LeaderProposal, Membership, TokenScope
from spaces.permissions import Role
from tests import make

DAY = dt.timedelta(days=1)


def came(space, days_ago, role=Role.PARTICIPANT, name=""):
    """A member who signed in last so many days ago."""
    who = make.person(name, last_login=timezone.now() - days_ago * DAY)
    return make.membership(space, who, role)


@pytest.fixture
def nadia(space):
    """The convener, who has not been here for long."""
    return came(space, 61, Role.CONVENER, "Nadia")


@pytest.fixture
def members(space, nadia):
    """Three who are here, and one who has not been for long."""
    came(space, 100)
    return [came(space, 3, name=name) for name in ("Ana", "Bo", "Cem")]


def test_leader_who_is_there_through_a_program_is_not_gone(space, nadia):
    assert leaders_are_gone(space)
    actions.create_token(by=nadia.person, name="reports", scope=TokenScope.READ, days=30)
    assert leaders_are_gone(space)
    ApiToken.objects.update(last_used_on=timezone.now().date() - 59 * DAY)
    assert not leaders_are_gone(space)
    ApiToken.objects.update(last_used_on=timezone.now().date() - 61 * DAY)
    assert leaders_are_gone(space)


def a_week_passes():
    LeaderProposal.objects.update(proposed_at=timezone.now() - 7 * DAY)


@pytest.mark.parametrize(
    ("role", "days", "gone"),
    [
        (Role.FACILITATOR, 59, False), (Role.CONVENER, 1, False), (Role.FACILITATOR, 61, True),
        (Role.PARTICIPANT, 1, True), (Role.EVALUATOR, 1, True),
    ],
)  # fmt: skip
def test_leaders_are_gone_when_none_of_them_was_here_for_60_days(space, nadia, role, days, gone):
    came(space, days, role)
    assert leaders_are_gone(space) is gone


def test_a_leader_who_left_was_here_until_then(space, nadia, members):
    tomasz = came(space, 2, Role.FACILITATOR)
    actions.leave_space(tomasz, by=tomasz.person)
    assert not leaders_are_gone(space)
    assert leaders_are_gone(space, timezone.now() + 61 * DAY)


def test_more_than_half_and_the_one_chosen_agree_and_a_week_has_passed(space, members):
    ana, bo, cem = members
    proposal = actions.propose_leader(bo, by=ana)
    actions.agree_to_leader(proposal, by=cem)
    a_week_passes()
    tasks.settle_leader_choices()
    assert not bo.holds(Role.CONVENER)  # two of three, but he has not said that he will
    actions.agree_to_leader(proposal, by=bo)
    assert bo.holds(Role.CONVENER)
    tasks.settle_leader_choices()
    assert bo.roles.filter(role=Role.CONVENER).count() == 1


def test_nobody_is_chosen_within_the_week_and_the_timetable_does_it_after(space, members):
    ana, bo, _cem = members
    actions.agree_to_leader(actions.propose_leader(ana, by=ana), by=bo)
    assert not ana.holds(Role.CONVENER)
    a_week_passes()
    tasks.settle_leader_choices()
    assert ana.holds(Role.CONVENER)
    assert not LeaderProposal.objects.open().exists()


def test_half_is_not_enough_and_who_is_away_does_not_count(space, members):
    ana, bo, _cem = members
    came(space, 1)
    proposal = actions.propose_leader(ana, by=ana)
    actions.agree_to_leader(proposal, by=bo)
    actions.agree_to_leader(proposal, by=Membership.objects.get(person__name="Nadia"))
    a_week_passes()
    tasks.settle_leader_choices()
    assert not ana.holds(Role.CONVENER)


def test_a_leader_who_comes_back_ends_the_choosing(space, nadia, members):
    ana, bo, _cem = members
    proposal = actions.propose_leader(ana, by=ana)
    actions.agree_to_leader(proposal, by=bo)
    a_week_passes()
    nadia.person.last_login = timezone.now()
    nadia.person.save()
    tasks.settle_leader_choices()
    assert not ana.holds(Role.CONVENER)
    with pytest.raises(ValidationError, match="Somebody leads this space"):
        actions.propose_leader(bo, by=bo)


def test_the_page_says_the_rule_and_carries_it_out(space, members, signed_in):
    ana, bo, _cem = members
    where = reverse("spaces:choose_leader", args=[space.slug])
    assert where in signed_in(ana.person).get(reverse("spaces:people", args=[space.slug])).text
    page = signed_in(ana.person).post(where, {"member": bo.pk}, follow=True).text
    assert "more than half of the members agree" in page
    assert "Proposed by Ana" in page
    agree = reverse("spaces:agree_to_leader", args=[space.slug, LeaderProposal.objects.get().pk])
    page = signed_in(bo.person).get(where).text
    assert "I will do it" in page
    a_week_passes()
    signed_in(bo.person).post(agree)
    assert bo.holds(Role.CONVENER)


def test_where_somebody_leads_the_page_offers_nothing(space, members, signed_in):
    came(space, 1, Role.FACILITATOR)
    where = reverse("spaces:choose_leader", args=[space.slug])
    page = signed_in(members[0].person).get(where).text
    assert "Propose</button>" not in page
    people = reverse("spaces:people", args=[space.slug])
    assert where not in signed_in(members[0].person).get(people).text
