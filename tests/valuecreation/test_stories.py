"""Stories told, approved, corrected, listed and read."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from spaces.models import Draft
from spaces.permissions import Role
from spaces.revisions import Conflict
from tests import make
from valuecreation import actions
from valuecreation.cycles import Location
from valuecreation.models import (
    Flow,
    FlowKind,
    FlowStatus,
    Moment,
    Story,
    StoryState,
    StoryVersion,
)

pytestmark = pytest.mark.django_db
MAY = dt.date(2025, 5, 1)
EARLY = {"occurred_on": dt.date(2024, 12, 1), "location": Location.IN_SPACE}


def fields(**changed):
    return {
        "cycle": "applied",
        "text": "We tried it.",
        "polarity": "positive",
        "status": "actual",
        "occurred_on": MAY,
        "location": Location.IN_PRACTICE,
    } | changed


def url(name, *args):
    return reverse(f"valuecreation:{name}", args=args)


@pytest.fixture
def teller(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT, practice="nurse")


@pytest.fixture
def collector(space):
    return make.membership(space, make.person("Mei Tanaka"), Role.PARTICIPANT)


def told_by(space, by, *moments, **more):
    return actions.tell_story(space, by=by, moments=moments or [fields()], **more)


# --- telling -------------------------------------------------------------------------------


def test_one_moment_is_a_story_that_only_its_teller_can_read(space, teller):
    story = told_by(space, teller)
    other = make.member(space)

    assert re.fullmatch(r"S\d{4,5}", story.ref)
    assert story.title == "We tried it"
    assert story.state == StoryState.DRAFT
    assert story.collector is None
    assert list(Story.objects.for_user(teller.person)) == [story]
    assert list(Story.objects.for_user(other)) == []


def test_number_of_a_story_says_nothing_of_its_neighbours(space, teller):
    numbers = [int(told_by(space, teller).ref[1:]) for _ in range(8)]
    assert len(set(numbers)) == len(numbers)
    assert numbers != sorted(numbers)


def test_what_comes_back_from_practice_is_proposed_as_a_return(space, teller):
    later = fields(cycle="immediate", location="in_space", occurred_on=dt.date(2025, 6, 1))
    story = told_by(space, teller, fields(), later)
    flow = Flow.objects.get()

    refs = [step.moment.ref for step in story.steps.all()]
    assert refs == [f"{story.ref}.1", f"{story.ref}.2"]
    assert (flow.kind, flow.status) == (FlowKind.RETURN, FlowStatus.HAPPENED)
    assert flow.claimed_by == teller


def test_flow_into_another_space_is_proposed_as_such(space, teller):
    link = space.links.create(slug="night-shift", name="Night shift leads")
    there = fields(location="other_space", other_space=link, agent_word="other_group")
    told_by(space, teller, fields(), there)
    assert Flow.objects.get().kind == FlowKind.CROSS_SPACE


def test_hope_without_a_day_gets_one_three_months_on(space, teller):
    story = told_by(space, teller, fields(status="hoped", occurred_on=None))
    moment = story.steps.get().moment
    assert moment.due_on > space.today
    assert (moment.due_on - space.today).days in range(85, 95)


def test_flow_into_a_hope_is_awaited(space, teller):
    told_by(space, teller, fields(), fields(status="hoped", occurred_on=None))
    assert Flow.objects.get().status == FlowStatus.AWAITED


def test_date_known_to_the_month_is_kept_as_its_first_day(space, teller):
    story = told_by(space, teller, fields(occurred_on=dt.date(2025, 5, 20), precision="month"))
    assert story.steps.get().moment.occurred_on == MAY


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"occurred_on": dt.date(2999, 1, 1)}, "occurred_on", "lies ahead"),
        (EARLY, "occurred_on", "joined on 1 January 2025"),
        (EARLY | {"precision": "month"}, "occurred_on", "joined on"),
        ({"occurred_on": None}, "occurred_on", "no day"),
        ({"occurred_on": dt.date(1899, 12, 31)}, "occurred_on", "1900"),
        ({"text": "  "}, "text", ""),
        ({"text": "a\x00b"}, "text", "place 2"),
        ({"text": "x" * 20_001}, "text", ""),
        ({"cycle": "reframing"}, "cycle", ""),
        ({"polarity": "good"}, "polarity", ""),
        ({"cycle": "potential", "subtype": "joy"}, "subtype", "insight_skill"),
        ({"location": "other_space"}, "other_space", "Name the other space"),
        ({"status": "hoped", "due_on": dt.date(3000, 1, 1)}, "occurred_on", ""),
    ],
)
def test_moment_that_breaks_a_rule_is_refused_at_its_field(space, teller, changed, field, words):
    with pytest.raises(ValidationError) as refused:
        told_by(space, teller, fields(**changed))

    assert words in " ".join(refused.value.message_dict[field])
    assert not Story.objects.exists()


def test_month_of_joining_is_late_enough(space, teller):
    teller.joined_on = dt.date(2025, 5, 20)
    teller.save()
    told_by(space, teller, fields(precision="month"))
    assert Moment.objects.count() == 1


def test_people_of_another_space_are_not_found(space, teller):
    stranger = make.membership(make.space(), make.person())
    with pytest.raises(ValidationError) as refused:
        told_by(space, teller, fields(agent=stranger))
    assert "not found among this space's" in str(refused.value.message_dict["agent"])


def test_moment_before_the_one_it_came_from_is_refused(space, teller):
    story = told_by(space, teller)
    first = story.steps.get().moment
    early = fields(occurred_on=dt.date(2025, 4, 1))
    with pytest.raises(ValidationError, match="dated 1 April 2025, before the moment"):
        actions.add_moment(story, by=teller, fields=early, follows=first)
    assert story.steps.count() == 1


def test_moment_told_late_stands_where_its_day_puts_it(space, teller):
    story = told_by(space, teller, fields(text="second"))
    actions.add_moment(
        story, by=teller, fields=fields(text="hope", status="hoped", occurred_on=None)
    )
    early = fields(text="first", occurred_on=dt.date(2025, 4, 1))
    actions.add_moment(story, by=teller, fields=early)

    assert [step.moment.text for step in story.steps.all()] == ["first", "second", "hope"]


def test_nothing_is_told_in_a_closed_space(space, teller):
    space.state, space.closed_on = "closed", MAY
    space.save()
    with pytest.raises(ValidationError, match="closed"):
        told_by(space, teller)


# --- written down for somebody ------------------------------------------------------------------


def test_collected_story_goes_to_its_teller_and_nobody_else(
    space, teller, collector, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        story = told_by(space, collector, teller=teller, finished=True)
    convener = make.member(space, Role.CONVENER)

    assert (story.state, story.collector) == (StoryState.WITH_TELLER, collector)
    assert list(Story.objects.for_user(teller.person)) == [story]
    assert list(Story.objects.for_user(collector.person)) == [story]
    assert list(Story.objects.for_user(convener)) == []
    assert [m.to for m in mail.outbox] == [[teller.person.email]]
    assert "We tried it" not in mail.outbox[0].body + mail.outbox[0].subject


def test_collected_story_is_the_tellers_to_change_once_handed_over(space, teller, collector):
    story = told_by(space, collector, teller=teller, finished=True)
    moment = story.steps.get().moment
    with pytest.raises(ValidationError, match="Only the people who tell"):
        actions.change_moment(moment, by=collector, seen=0, fields=fields(text="Mine."))
    actions.change_moment(moment, by=teller, seen=0, fields=fields(text="As I said it."))

    moment.refresh_from_db()
    assert moment.text == "As I said it."


def test_only_the_teller_approves_and_the_wording_is_kept(space, teller, collector):
    story = told_by(space, collector, teller=teller, finished=True)
    with pytest.raises(ValidationError):
        actions.approve_story(story, by=collector)
    version = actions.approve_story(story, by=teller)

    assert story.state == StoryState.APPROVED
    assert version.number == 1
    assert version.content["moments"][0]["text"] == "We tried it."
    assert not story.goes_to("space", space.today)


def test_teller_and_collector_are_two_people(space, teller):
    assert told_by(space, teller, teller=teller).collector is None


# --- changing -----------------------------------------------------------------------------------


def shared(space, teller, *moments):
    story = told_by(space, teller, *moments)
    actions.give_consent(story, by=teller, audience=["space"], uses=["learning", "quote"])
    return story


def test_change_of_an_approved_story_is_a_new_version_shared_as_before(space, teller):
    story = shared(space, teller)
    moment = story.steps.get().moment
    actions.change_moment(moment, by=teller, seen=0, fields=fields(text="Better said."))

    story.refresh_from_db()
    assert StoryVersion.objects.count() == 2
    assert story.consents.count() == 2
    assert story.consent.version.content["moments"][0]["text"] == "Better said."
    assert story.consent.uses == ["learning", "quote"]
    assert story.goes_to("space", space.today)


def test_change_saved_for_me_only_leaves_readers_what_was_agreed_to(space, teller):
    story = shared(space, teller)
    reader = make.member(space)
    assert list(Story.objects.for_user(reader)) == [story]
    moment = story.steps.get().moment
    actions.change_moment(
        moment, by=teller, seen=0, fields=fields(text="Not yet."), keep_sharing=False
    )

    story.refresh_from_db()
    assert story.state == StoryState.APPROVED
    assert list(Story.objects.for_user(reader)) == [story]
    assert [one.text for one in Moment.objects.for_user(reader)] == [moment.text]


def test_lapsed_consent_is_not_renewed_by_a_change(space, teller):
    story = shared(space, teller)
    story.consent.expires_on = story.consent.given_on = dt.date(2025, 7, 1)
    story.consent.save()
    moment = story.steps.get().moment
    actions.change_moment(moment, by=teller, seen=0, fields=fields(text="Later."))

    story.refresh_from_db()
    assert not story.goes_to("space", space.today)


def test_second_save_from_an_old_form_is_refused(space, teller):
    moment = told_by(space, teller).steps.get().moment
    actions.change_moment(moment, by=teller, seen=0, fields=fields(text="First tab."))
    with pytest.raises(Conflict):
        actions.change_moment(moment, by=teller, seen=0, fields=fields(text="Second tab."))
    moment.refresh_from_db()
    assert moment.text == "First tab."


def test_changed_day_must_agree_with_the_ways_around_it(space, teller):
    later = fields(occurred_on=dt.date(2025, 6, 1))
    story = told_by(space, teller, fields(), later)
    first = story.steps.first().moment
    changed = fields(occurred_on=dt.date(2025, 7, 1))
    with pytest.raises(ValidationError, match="no longer holds"):
        actions.change_moment(first, by=teller, seen=0, fields=changed)


def test_changed_hope_keeps_what_was_hoped_first(space, teller):
    hope = fields(status="hoped", occurred_on=None, text="All six.")
    moment = told_by(space, teller, fields(), hope).steps.last().moment
    changed = fields(status="hoped", occurred_on=None, text="Some of them.")
    actions.change_moment(moment, by=teller, seen=0, fields=changed)
    moment.refresh_from_db()
    assert moment.hope["text"] == "All six."


def test_moments_of_one_day_can_change_places(space, teller):
    story = told_by(space, teller, fields(text="one"), fields(text="two"))
    second = story.steps.last().moment
    actions.move_moment(story, second, by=teller, earlier=True)
    assert [step.moment.text for step in story.steps.all()] == ["two", "one"]


def test_moments_of_different_days_keep_their_order(space, teller):
    story = told_by(space, teller, fields(), fields(occurred_on=dt.date(2025, 6, 1)))
    with pytest.raises(ValidationError, match="days say which came first"):
        actions.move_moment(story, story.steps.last().moment, by=teller, earlier=True)


def test_moment_of_a_draft_can_be_taken_out(space, teller):
    story = told_by(space, teller, fields(), fields(text="too much"))
    actions.delete_moment(story, story.steps.last().moment, by=teller)
    assert [moment.text for moment in Moment.objects.all()] == ["We tried it."]


def test_approved_wording_loses_no_moment(space, teller):
    story = shared(space, teller, fields(), fields())
    with pytest.raises(ValidationError, match="Others read these words"):
        actions.delete_moment(story, story.steps.last().moment, by=teller)


def test_draft_let_go_leaves_nothing(space, teller):
    story = told_by(space, teller)
    action = f"/spaces/{space.slug}/stories/{story.public_id}/and-then/"
    Draft.objects.create(person=teller.person, space=space, key="k", action=action)
    actions.discard_story(story, by=teller)
    assert not Draft.objects.exists()
    assert not Story.objects.exists()
    assert not Moment.objects.exists()


def test_retired_story_is_the_tellers_alone_until_brought_back(space, teller):
    story = shared(space, teller)
    reader = make.member(space)
    actions.retire_story(story, by=teller)
    assert list(Story.objects.for_user(reader)) == []
    actions.bring_back_story(story, by=teller)
    assert list(Story.objects.for_user(reader)) == [story]
