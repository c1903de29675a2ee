"""Today is the person's for what they type, and the space's for what is worked out."""

import datetime as dt

import pytest
from django.urls import reverse

from evaluation.models import Indicator, Observation
from evaluation.readings import readings_of
from framing.actions import check_assumption
from framing.models import Assumption, AssumptionCheck
from spaces import actions
from spaces.actions.entering import enter
from spaces.models import Membership, RoleAssignment, TokenScope
from spaces.permissions import Role
from tests import make
from tests.framing import rows
from valuecreation.actions import tell_story
from valuecreation.loops import keeping
from valuecreation.models import LoopReading, Moment, Story
from valuecreation.summaries import tallies

pytestmark = pytest.mark.django_db
FIRST, LAST = "Pacific/Kiritimati", "Etc/GMT+12"  # 26 hours apart: never the same day
SIDES = [(FIRST, LAST), (LAST, FIRST)]
DAY = dt.timedelta(days=1)


@pytest.fixture(params=SIDES, ids=["person ahead", "person behind"])
def met(request):
    """A person in one zone, in a space in another, and the day it is for each."""
    theirs, its = request.param
    space = make.space(time_zone=its)
    person = make.member(space, Role.FACILITATOR, time_zone=theirs)
    assert person.today != space.today
    return space, person


def typed(**changed):
    return {
        "cycle": "applied",
        "text": "We tried it.",
        "status": "actual",
        "polarity": "positive",
        "then": "add",
    } | changed


def test_a_moment_without_a_day_is_of_the_persons_today(met, signed_in):
    space, person = met
    signed_in(person).post(reverse("valuecreation:tell_story", args=[space.slug]), typed())
    assert Moment.objects.get().occurred_on == person.today
    assert Story.objects.get().told_on == space.today


def test_both_todays_may_be_typed_and_no_later_day(met, signed_in):
    space, person = met
    client, tell = signed_in(person), reverse("valuecreation:tell_story", args=[space.slug])
    for day in (person.today, space.today):
        assert client.post(tell, typed(on=day.isoformat())).status_code == 302
    ahead = max(person.today, space.today) + DAY
    assert "This day lies ahead" in client.post(tell, typed(on=ahead.isoformat())).text


def test_a_program_writes_by_its_persons_day(met, client):
    space, person = met
    _row, secret = actions.create_token(by=person, name="test", scope=TokenScope.WRITE, days=30)
    sent = {"moments": [{"cycle": "applied", "text": "We tried it.", "polarity": "positive"}]}
    answer = client.post(
        reverse("api:stories", args=[space.slug]),
        sent,
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.json()["moments"][0]["occurred_on"] == person.today.isoformat()


def test_an_action_knows_the_day_of_whoever_carries_it_out(met):
    space, person = met
    by = Membership.objects.get(person=person)
    fields = {"cycle": "applied", "text": "x", "polarity": "positive", "status": "actual"}
    tell_story(space, by=by, moments=[fields | {"occurred_on": person.today}])
    assert Moment.objects.get().occurred_on == person.today


def test_who_joins_tells_of_the_day_they_joined(met, signed_in):
    space, _facilitator = met
    newcomer = make.person(time_zone=LAST if space.time_zone == FIRST else FIRST)
    enter(space=space, person=newcomer, roles=[Role.PARTICIPANT])
    words = typed(on=newcomer.today.isoformat(), location="in_space")
    tell = reverse("valuecreation:tell_story", args=[space.slug])
    assert signed_in(newcomer).post(tell, words).status_code == 302


def test_a_figure_is_written_down_on_the_persons_day(met, signed_in):
    space, person = met
    Indicator.objects.create(space=space, ref="I1", cycle="applied", name="x", kind="count")
    address = reverse("evaluation:observe", args=[space.slug, "I1"])
    client = signed_in(person)
    assert f'value="{person.today.isoformat()}"' in client.get(address).text
    words = {"period": str(space.today.year), "value": "3", "collected_on": ""}
    client.post(address, words)
    assert Observation.objects.get().collected_on == person.today


def test_an_assumption_is_looked_at_on_the_persons_day(met, signed_in):
    space, person = met
    by = Membership.objects.get(person=person)
    rows.full(space)
    assumption = Assumption.objects.get()
    check_assumption(assumption, by=by, seen=assumption.revision, state="holding")
    assert AssumptionCheck.objects.latest("pk").checked_on == person.today


def test_what_happened_today_ahead_of_the_space_is_read_in_it_today():
    space = make.space(time_zone=LAST)
    teller = make.membership(space, make.person(time_zone=FIRST), Role.PARTICIPANT)
    told = make.story(in_space=space, teller=teller, cycles=["applied", "immediate"], shared=True)
    for step in told.steps.all():
        Moment.objects.filter(pk=step.moment_id).update(occurred_on=teller.person.today)
    first, second = (step.moment for step in told.steps.all())
    make.flow(first, second, kind="return")
    keeping.reread(space)
    assert {row.status for row in LoopReading.objects.all()} == {"open"}
    assert [row["status"] for row in readings_of(space, day=space.today)["returns"]] == ["open"]


def test_totals_roles_and_lists_stand_when_a_space_changes_its_zone(signed_in):
    space = make.space(time_zone=FIRST)
    leader = make.member(space, Role.CONVENER)
    RoleAssignment.objects.update(since=space.today)
    told = make.story(in_space=space, cycles=["applied"])
    make.consent(told, "space", on=space.today)
    Story.objects.update(state="approved", told_on=space.today)
    tallies.recount(space)
    before = space.today
    client = signed_in(leader)
    page = reverse("valuecreation:story", args=[space.slug, told.public_id])
    assert client.get(page).status_code == 200

    space.time_zone = LAST  # as the form leaves it
    actions.edit_space(space, by=leader, seen=0, time_zone=LAST)
    space.refresh_from_db()

    assert (space.time_zone, space.today) == (LAST, before)
    assert tallies.check(space.pk) == {}
    assert client.get(page).status_code == 200
    assert told.title in client.get(reverse("valuecreation:story_list", args=[space.slug])).text


def test_a_zone_is_proposed_where_none_was_chosen(space, signed_in, client):
    asked = 'data-zone=""'
    assert asked in client.get(reverse("account_signup")).text
    person = make.member(space, Role.CONVENER)
    pages = [reverse("spaces:profile"), reverse("spaces:new_space") + "?from=scratch"]
    assert [asked in signed_in(person).get(page).text for page in pages] == [True, True]
    edit = reverse("spaces:edit_space", args=[space.slug])
    assert asked not in signed_in(person).get(edit).text
    person.time_zone = "Pacific/Auckland"
    person.save()
    assert [asked in signed_in(person).get(page).text for page in pages] == [False, False]
