"""Each kind of record as one viewer may know it."""

import dataclasses
import datetime as dt
import json

import pytest
from django.urls import reverse

from spaces.permissions import Role
from spaces.presentation.viewer import OPERATOR, Viewer
from tests import make
from valuecreation.models import (
    Attribution,
    FlowKind,
    FlowStatus,
    FollowUp,
    Moment,
    Story,
    StoryStep,
    Uptake,
)
from valuecreation.presentation import records

NAME = "Grace Ellwood"


@pytest.fixture
def grace(space):
    return make.membership(
        space, make.person(NAME), Role.PARTICIPANT, name=NAME, practice="district nurse"
    )


def told_by(teller, attribution, *audience, **fields):
    story = make.story(in_space=teller.space, teller=teller, shared=True, title="How Grace did it")
    make.consent(story, *(audience or ["space"]), attribution=attribution, **fields)
    return Story.objects.with_moments().get(pk=story.pk)


def moment_of(story):
    return Moment.objects.with_stories().get(steps__story=story)


def plain(value) -> bool:
    """True for what JSON gives back as it was, tuples as lists."""
    fields = dataclasses.asdict(value)
    return json.loads(json.dumps(fields)) == {
        name: list(field) if isinstance(field, tuple) else field for name, field in fields.items()
    }


def test_member_reads_a_named_story_as_it_was_told(space, grace):
    story = told_by(grace, Attribution.NAMED)
    viewer = Viewer(space, make.member(space))
    shown, moment = (
        records.present_story(viewer, story),
        records.present_moment(viewer, moment_of(story)),
    )

    assert (shown.title, shown.told) == ("How Grace did it", "2025-06-01")
    assert (shown.teller.label, shown.teller.attribution, shown.teller.initials) == (
        NAME,
        "named",
        "GE",
    )
    assert shown.steps == (moment.ref,)
    assert (moment.when, moment.place, moment.agent) == ("2025-05-01", "in_practice", NAME)
    assert plain(shown)
    assert plain(moment)


@pytest.mark.parametrize("how", [Attribution.PSEUDONYM, Attribution.ANONYMOUS])
def test_nameless_teller_is_without_name_place_and_exact_day(space, grace, how):
    story = told_by(grace, how)
    viewer = Viewer(space, make.member(space))
    shown, moment = (
        records.present_story(viewer, story),
        records.present_moment(viewer, moment_of(story)),
    )

    assert (shown.told, moment.when, moment.place) == ("2025-Q2", "2025-Q2", "")
    assert "Grace" not in f"{shown}{moment}"
    assert shown.teller.initials == ""
    own = records.present_story(Viewer(space, grace.person), story)
    assert (own.title, own.told, own.teller.label) == ("How Grace did it", "2025-06-01", NAME)


def test_audience_has_no_story_of_its_own(space, grace):
    story = told_by(grace, Attribution.ROLE, "public")
    shown = records.present_story(Viewer(space, audience="public"), story)
    assert (shown.title, shown.teller.label) == ("How a district nurse did it", "a district nurse")


def test_operator_reads_what_is_written(space, grace):
    story = told_by(grace, Attribution.ANONYMOUS)
    viewer = Viewer(space, audience=OPERATOR)
    assert records.present_story(viewer, story).title == "How Grace did it"
    assert records.present_moment(viewer, moment_of(story)).when == "2025-05-01"


def test_moment_of_two_stories_is_shown_as_the_strictest_would_have_it(space, grace):
    open_, closed = (
        told_by(grace, how, "public") for how in (Attribution.NAMED, Attribution.ANONYMOUS)
    )
    shared = moment_of(open_)
    StoryStep.objects.create(story=closed, moment=shared, order=9)
    moment = records.present_moment(Viewer(space, audience="public"), moment_of(open_))
    assert (moment.when, moment.place, moment.agent) == ("2025-Q2", "", "a member")


def test_words_are_only_counted_where_their_teller_is_not_to_be_quoted(space, grace):
    story = told_by(grace, Attribution.NAMED, "public", uses=["report"])
    viewer = Viewer(space, audience="public", quoting=True)
    shown, moment = (
        records.present_story(viewer, story),
        records.present_moment(viewer, moment_of(story)),
    )
    assert (shown.title, shown.quotable, moment.text) == (None, False, None)
    assert moment.cycle == "applied"
    make.consent(story, "public", uses=["report", "quote"])
    again = Story.objects.with_moments().get(pk=story.pk)
    assert records.present_story(viewer, again).title == "How Grace did it"


def test_private_factors_stay_inside(space, grace):
    story = told_by(grace, Attribution.NAMED, "organisation")
    Story.objects.filter(pk=story.pk).update(other_factors="Luck.", other_factors_private=True)
    story = Story.objects.with_moments().get(pk=story.pk)
    inside = Viewer(space, make.member(space))
    assert records.present_story(inside, story).other_factors == "Luck."
    for outside in (
        Viewer(space, audience="organisation"),
        Viewer(space, audience="space", quoting=True),
    ):
        assert records.present_story(outside, story).other_factors is None


@pytest.mark.parametrize(
    ("how", "audience", "due", "reason", "note"),
    [
        (Attribution.NAMED, "space", "2025-08-20", "no_time", "Ask Grace."),
        (Attribution.NAMED, "organisation", "2025-08-20", "no_time", ""),
        (Attribution.ANONYMOUS, "space", "2025-Q3", "", ""),
    ],
)
def test_flow_tells_no_more_than_its_ends(space, grace, how, audience, due, reason, note):
    story = told_by(grace, how, "organisation")
    flow = make.flow(
        moment_of(story),
        None,
        kind=FlowKind.FORWARD,
        status=FlowStatus.BLOCKED,
        due_on=dt.date(2025, 8, 20),
        reason="no_time",
        note="Ask Grace.",
    )
    shown = records.present_flow(Viewer(space, audience=audience), flow)
    assert (shown.due, shown.reason, shown.note, shown.target) == (due, reason, note, None)
    assert plain(shown)


def test_uptake_never_leaves_the_space(space, grace):
    story = told_by(grace, Attribution.NAMED, "organisation")
    uptake = Uptake.objects.create(moment=moment_of(story), label="On Grace's list", by=grace)
    assert records.present_uptake(Viewer(space, audience="organisation"), uptake, []) is None
    shown = records.present_uptake(Viewer(space, audience="space"), uptake, [])
    assert (shown.label, shown.by) == ("On Grace's list", NAME)
    assert plain(shown)


def test_question_names_whom_it_was_put_to_as_the_story_does(space, grace):
    story = told_by(grace, Attribution.ROLE)
    asker = make.membership(space, make.person("Tomasz"), Role.FACILITATOR)
    row = FollowUp.objects.create(
        moment=moment_of(story),
        asked_by=asker,
        asked_of=grace,
        asked_on=dt.date(2025, 9, 1),
        question="What happened?",
    )
    for who, called in ((asker.person, "a district nurse"), (grace.person, NAME)):
        shown = records.present_follow_up(Viewer(space, who), row, [(story, None)])
        assert (shown.asked_of, shown.asked_by, shown.asked_on) == (called, "Tomasz", "2025-09-01")


def test_no_way_leads_to_or_from_a_teller_without_a_name(space, grace, signed_in):
    """Whoever tells the other story, or reads it, is not led there; the teller themself is."""
    hidden, seen = told_by(grace, Attribution.ANONYMOUS), make.story(in_space=space, shared=True)
    flow = make.flow(moment_of(seen), moment_of(hidden), kind=FlowKind.FORWARD)
    reader = make.member(space)
    pages = {
        (who, story.ref): signed_in(who).get(
            reverse("valuecreation:story", args=[space.slug, story.public_id])
        )
        for who in (reader, grace.person)
        for story in (seen, hidden)
    }
    ways = {key: len(page.context["story"].crossing) for key, page in pages.items()}
    assert ways == {
        (reader, seen.ref): 0,
        (reader, hidden.ref): 0,
        (grace.person, seen.ref): 1,
        (grace.person, hidden.ref): 1,
    }
    make.consent(hidden, "space", attribution=Attribution.NAMED)
    page = signed_in(reader).get(reverse("valuecreation:story", args=[space.slug, seen.public_id]))
    assert [way.public_id for way in page.context["story"].crossing] == [flow.public_id]
