"""Access roles from one day to another."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from spaces import actions
from spaces.models import Membership, RoleAssignment, Space
from spaces.permissions import Action, Role, may
from tests import make
from valuecreation.models import Moment, Story


@pytest.fixture
def convener(space):
    return make.membership(space, make.person("Nadia"), Role.CONVENER)


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT)


def days(space, number):
    return space.today + dt.timedelta(days=number)


def held_on(member, day):
    rows = RoleAssignment.objects.giving_access(on=day).held_by(member.person, space=member.space)
    return rows.roles()


def test_role_gives_rights_from_its_first_to_its_last_day(space, convener, ana):
    first, last = days(space, 10), days(space, 20)
    actions.give_role(ana, by=convener, role=Role.EVALUATOR, since=first, until=last)
    always = {Role.PARTICIPANT}
    for day, roles in (
        (days(space, 9), always),
        (first, always | {Role.EVALUATOR}),
        (last, always | {Role.EVALUATOR}),
        (days(space, 21), always),
    ):
        assert held_on(ana, day) == roles


def test_page_says_from_when_until_when(space, convener, ana, signed_in):
    client = signed_in(convener.person)
    where = reverse("spaces:give_role", args=[space.slug, ana.ref])
    wish = {"role": "evaluator", "since": days(space, 10), "until": days(space, 400)}
    page = client.post(where, wish, follow=True).text
    assert "Evaluator, from" in page
    assert ", until" in page
    people = client.get(reverse("spaces:people", args=[space.slug])).text
    assert "evaluator" not in people

    client.post(where, {"role": "facilitator", "until": days(space, 30)})
    assert (
        "participant and facilitator"
        in client.get(reverse("spaces:people", args=[space.slug])).text
    )


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"role": "evaluator", "since": "31/31/2025"}, "This is not a day"),
        ({"role": "evaluator", "since": "9999-12-31"}, "This year cannot be right"),
        (
            {"role": "evaluator", "since": "2026-03-02", "until": "2026-03-01"},
            "before the first",
        ),
        ({"role": "convener", "until": "2100-01-01"}, "has no last day"),
        ({"role": "participant", "since": "2100-01-01"}, "holds this role in that time already"),
        ({"role": "keeper"}, "Select a valid choice"),
    ],
)
def test_impossible_role_comes_back_with_its_words(space, convener, ana, signed_in, wish, said):
    answer = signed_in(convener.person).post(
        reverse("spaces:give_role", args=[space.slug, ana.ref]), wish
    )
    assert answer.status_code == 200
    assert said in answer.text
    assert all(f'value="{day}"' in answer.text for day in wish.values() if day[:1] in "0123456789")
    assert ana.roles.count() == 1


def test_role_that_has_not_begun_is_ended_and_given_anew(space, convener, ana):
    planned = actions.give_role(ana, by=convener, role=Role.EVALUATOR, since=days(space, 10))
    with pytest.raises(ValidationError, match="already"):
        actions.give_role(ana, by=convener, role=Role.EVALUATOR)
    actions.end_role(planned, by=convener)
    assert held_on(ana, days(space, 10)) == {Role.PARTICIPANT}
    actions.give_role(ana, by=convener, role=Role.EVALUATOR)
    assert held_on(ana, space.today) == {Role.PARTICIPANT, Role.EVALUATOR}


def test_who_leaves_holds_nothing_later_either(space, convener, ana):
    actions.give_role(ana, by=convener, role=Role.EVALUATOR, since=days(space, 10))
    actions.leave_space(ana, by=ana.person)
    assert held_on(ana, days(space, 11)) == set()
    assert not ana.roles.not_over(days(space, 1)).exists()


def leave(member):
    actions.leave_space(member, by=member.person)


def left(member):
    """As a space file says it: the day somebody left, and no last day of their roles."""
    Membership.objects.filter(pk=member.pk).update(left_on=member.space.today)


@pytest.mark.parametrize("goes", [leave, left])
def test_who_left_today_holds_nothing_and_opens_nothing_from_today_on(
    space, convener, ana, signed_in, goes
):
    pages = [
        reverse("space_overview", args=[space.slug]),
        reverse("spaces:people", args=[space.slug]),
        reverse("valuecreation:story_list", args=[space.slug]),
        reverse("evaluation:matrix", args=[space.slug]),
        *(reverse(f"api:{name}", args=[space.slug]) for name in ("space", "people", "stories")),
    ]
    client = signed_in(ana.person)
    assert {client.get(page).status_code for page in pages} == {200}
    assert may(ana.person, Action.TELL_STORY, space)
    goes(ana)

    assert held_on(ana, space.today) == set()
    assert held_on(ana, days(space, -1)) == {Role.PARTICIPANT}
    fresh = Space.objects.get(pk=space.pk)
    assert [action for action in Action if may(ana.person, action, fresh)] == []
    assert {client.get(page).status_code for page in pages} == {404}
    assert client.get(reverse("api:spaces")).json()["results"] == []
    assert space.name not in client.get(reverse("home")).text


@pytest.mark.parametrize("goes", [leave, left])
def test_who_left_today_is_among_nobody(space, convener, ana, goes, signed_in):
    people = reverse("spaces:people", args=[space.slug])
    api = reverse("api:people", args=[space.slug])
    client = signed_in(convener.person)
    assert "Ana Costa" in client.get(people).text
    goes(ana)

    assert ana not in Membership.objects.current()
    assert ana not in Membership.objects.holding_any([Role.PARTICIPANT])
    assert [row["name"] for row in client.get(api).json()["results"]] == ["Nadia"]
    assert ana in Membership.objects.current(days(space, -1))


@pytest.mark.parametrize("goes", [leave, left])
def test_who_left_today_reads_only_what_they_told(space, convener, ana, goes):
    own = make.story(in_space=space, teller=ana, shared=True)
    other = make.story(in_space=space, shared=True)
    assert {own, other} == set(Story.objects.for_user(ana.person))
    goes(ana)

    assert {own} == set(Story.objects.for_user(ana.person))
    assert set(Moment.objects.for_user(ana.person)) == {own.steps.get().moment}
