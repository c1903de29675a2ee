"""The value-creation matrix: the worked example, who sees what, gaps on the page, and its price."""

import datetime as dt

import pytest
from django.urls import reverse

from evaluation.coverage import MatrixFlag, MatrixReading
from evaluation.matrix import ValueMatrix, course_counts
from evaluation.series import Verdict
from framing.models import Assumption
from spaces.permissions import Role
from tests import make
from tests.evaluation import make_signs as signs
from tests.evaluation.circle import DAY, lower_leg_circle
from tests.pages import HTMX, assert_targets_exist, reading_only
from valuecreation.cycles import Cycle, MomentStatus, Polarity
from valuecreation.models import StillMoment, Story
from valuecreation.summaries import tallies
from valuecreation.tasks import read_loops

pytestmark = pytest.mark.django_db


def row_of(matrix, cycle):
    return next(row for row in matrix.rows if row.cycle == cycle)


def cell_of(matrix, ref):
    return next(cell for row in matrix.rows for cell in row.cells if cell.row.ref == ref)


def flags_of(row):
    return {remark.flag for remark in row.flags}


def page(space):
    return reverse("evaluation:matrix", args=[space.slug])


# --- the worked example --------------------------------------------------------------------


def test_worked_example_reads_i3_as_the_domain_says():
    space, _people = lower_leg_circle()
    for audience in ("space", "organisation"):
        matrix = ValueMatrix.build(space, audience=audience, on=DAY)
        row, cell = row_of(matrix, "applied"), cell_of(matrix, "I3")
        assert cell.verdict == Verdict("moved_as_hoped", "on_course")
        assert (cell.linked.stories, cell.linked.tellers) == (2, 2)
        assert [r.reading for r in row.readings] == [MatrixReading.CONTRIBUTION]
    assert row.assumptions == ()  # they never leave the space
    inside = row_of(ValueMatrix.build(space, audience="space", on=DAY), "applied")
    assert [assumption.state for assumption in inside.assumptions] == ["false", "false"]
    assert MatrixFlag.HOPES_WAITING in flags_of(inside)
    assert MatrixFlag.HOPES_WAITING not in flags_of(
        row
    )  # that hope stands in a story of the space only


def test_worked_example_stands_apart_what_members_and_sponsor_hope():
    space, _people = lower_leg_circle()
    row = row_of(ValueMatrix.build(space, audience="space", on=DAY), "strategic")
    assert [hope.key for hope in row.members_aspirations] == ["A-STR"]
    assert [hope.key for hope in row.sponsors_aspirations] == ["A-STR-S"]


def test_worked_example_as_it_stood_in_its_first_season():
    space, _people = lower_leg_circle()
    matrix = ValueMatrix.build(space, audience="space", on=DAY, season="2025-H1")
    assert (matrix.version.number, matrix.scope.until) == (1, dt.date(2025, 6, 30))
    assert cell_of(matrix, "I3").verdict.course == "below"
    assert [hope.key for hope in row_of(matrix, "realized").aspirations] == ["A-REA"]
    told = row_of(matrix, "applied").counts
    assert (told.moments, told.stories) == (5, 4)


def test_courses_are_counted_for_the_overview(django_assert_num_queries):
    space, people = lower_leg_circle()
    person = people["P01"].person
    with django_assert_num_queries(2):
        assert course_counts(space, person) == (5, 5)
    assert course_counts(space, make.person()) == (0, 0)


# --- what an audience sees -----------------------------------------------------------------


def test_moment_the_sponsor_may_not_read_counts_nowhere_in_the_sponsors_matrix(space):
    sign = signs.indicator(space)
    told = [make.story(in_space=space, shared=True) for _ in range(2)]
    make.consent(told[0], "organisation")
    for story in told:
        signs.linked(story.steps.get().moment, sign)
    tallies.recount(space)
    inside = ValueMatrix.build(space, reader=make.member(space))
    outside = ValueMatrix.build(space, reader=make.member(space, Role.SPONSOR))
    assert (row_of(inside, "applied").counts.stories, cell_of(inside, "I1").linked.stories) == (
        2,
        2,
    )
    assert (row_of(outside, "applied").counts.stories, cell_of(outside, "I1").linked.stories) == (
        1,
        1,
    )


def test_assumptions_and_claims_are_hidden_from_the_sponsor(space, signed_in):
    hope = signs.hope(signs.version(space))
    Assumption.objects.create(
        version=hope.version, aspiration=hope, text="Nurses lack time.", state="false"
    )
    words = "Nurses lack time."
    assert words in signed_in(make.member(space)).get(page(space)).text
    assert words not in signed_in(make.member(space, Role.SPONSOR)).get(page(space)).text


def test_sponsors_hope_is_attributed_by_name_inside_and_by_practice_outside(space):
    sponsor = make.membership(space, make.person("Denise"), Role.SPONSOR, outside=True)
    version = signs.version(space)
    signs.hope(version, whose="sponsor", stated_by=sponsor)
    hopes = {
        audience: row_of(
            ValueMatrix.build(space, audience=audience), "applied"
        ).sponsors_aspirations
        for audience in ("space", "organisation")
    }
    assert [hope.stated_by for hope in hopes["space"]] == ["Denise"]
    assert [hope.stated_by for hope in hopes["organisation"]] == ["the sponsor"]


def test_small_groups_are_hidden_and_give_no_verdict(space, signed_in):
    sign = signs.indicator(space, kind="ratio", counts_people=True, target=80)
    signs.observed(sign, Q1=[1, 4], Q2=[9, 10])
    matrix = ValueMatrix.build(space, audience="space")
    assert cell_of(matrix, "I1").verdict == Verdict("no_verdict", "reached")
    shown = signed_in(make.member(space)).get(page(space)).text
    assert "9 of 10" in shown
    assert "1 of 4" not in shown


# --- every flag reaches the page -----------------------------------------------------------


def test_cycle_with_hope_and_nothing_else_offers_to_derive_one_and_to_ask(space, signed_in):
    hope = signs.hope(signs.version(space))
    text = signed_in(make.member(space, Role.FACILITATOR)).get(page(space)).text
    assert "No data yet" in text
    assert f"{reverse('evaluation:derive', args=[space.slug])}?aspiration={hope.pk}" in text
    assert reverse("valuecreation:flow_list", args=[space.slug, "quiet"]) in text


def test_hope_that_is_missing_is_stated_in_the_cycle_it_is_missing_in(space, signed_in):
    signs.hope(signs.version(space))
    client = signed_in(make.member(space, Role.FACILITATOR))
    state = f"{reverse('framing:question', args=[space.slug])}?cycle=realized"
    assert state in client.get(page(space)).text
    assert client.get(state).context["form"]["cycle"].value() == "realized"


def test_sponsor_is_offered_no_step_they_may_not_take(space, signed_in):
    signs.hope(signs.version(space))
    text = signed_in(make.member(space, Role.SPONSOR)).get(page(space)).text
    assert "No data yet" in text
    assert reverse("evaluation:derive", args=[space.slug]) not in text
    assert reverse("valuecreation:tell_story", args=[space.slug]) not in text


def test_stories_of_one_organisation_are_flagged_as_one_site(space):
    here = {"organisation": "North"}
    for _ in range(2):
        teller = make.membership(space, make.person(), Role.PARTICIPANT, **here)
        make.story(in_space=space, shared=True, teller=teller)
    tallies.recount(space)
    row = row_of(ValueMatrix.build(space, audience="space"), "applied")
    assert (row.counts.tellers, row.counts.sites) == (2, 1)
    assert flags_of(row) == {MatrixFlag.STORY_NO_INDICATOR, MatrixFlag.ONE_SITE}
    assert [r.reading for r in row.readings] == [MatrixReading.EMERGENT]
    other = make.membership(space, make.person(), Role.PARTICIPANT, organisation="South")
    make.story(in_space=space, shared=True, teller=other)
    tallies.recount(space)
    assert row_of(ValueMatrix.build(space, audience="space"), "applied").counts.sites == 2


def test_ten_stories_without_anything_bad_are_suspicious(space):
    for _ in range(10):
        make.story(in_space=space, shared=True)
    tallies.recount(space)
    matrix = ValueMatrix.build(space, audience="space")
    assert MatrixFlag.SUSPICIOUS in {remark.flag for remark in matrix.flags}
    last = make.story(in_space=space, shared=True)
    last.steps.get().moment.__class__.objects.filter(steps__story=last).update(
        polarity=Polarity.MIXED
    )
    tallies.recount(space)
    matrix = ValueMatrix.build(space, audience="space")
    assert MatrixFlag.SUSPICIOUS not in {remark.flag for remark in matrix.flags}


def test_hopes_past_their_day_are_waited_for(space):
    told = make.story(in_space=space, shared=True)
    moment = make.moment(space, status=MomentStatus.HOPED, cycle=Cycle.REALIZED)
    told.steps.create(moment=moment, order=2)
    tallies.recount(space)
    read_loops(space.pk)
    row = row_of(ValueMatrix.build(space, audience="space"), "realized")
    assert (row.counts.hoped, row.counts.moments, row.counts.waiting) == (1, 0, 1)
    assert MatrixFlag.HOPES_WAITING in flags_of(row)
    before = ValueMatrix.build(space, audience="space", on=dt.date(2025, 9, 1))
    assert row_of(before, "realized").counts.waiting == 0


def test_hope_that_was_taken_back_is_waited_for_no_more_before_the_worker_has_read_it(space):
    told = make.story(in_space=space, shared=True)
    moment = make.moment(space, status=MomentStatus.HOPED, cycle=Cycle.REALIZED)
    told.steps.create(moment=moment, order=2)
    tallies.recount(space)
    read_loops(space.pk)
    assert row_of(ValueMatrix.build(space, audience="space"), "realized").counts.waiting == 1

    Story.objects.filter(pk=told.pk).update(consent=None)

    assert StillMoment.objects.in_space(space).for_audience("space").exists()
    assert row_of(ValueMatrix.build(space, audience="space"), "realized").counts.waiting == 0


def test_whole_matrix_says_that_nothing_warns_of_harm_and_that_the_framing_is_old(space, signed_in):
    signs.version(space, agreed_on=dt.date(2024, 1, 1))
    client = signed_in(make.member(space))
    text = client.get(page(space)).text
    assert "No indicator that warns of harm" in text
    assert "The framing is over 12 months old" in text
    signs.indicator(space, warns_of_harm=True)
    assert "No indicator that warns of harm" not in client.get(page(space)).text


def test_wrong_way_says_talk_now_on_the_page(space, signed_in):
    signs.observed(signs.indicator(space), Q1=9, Q2=4)
    text = signed_in(make.member(space)).get(page(space)).text
    assert "Possible harm or outside cause" in text
    assert "Talk now, not at year end." in text


def test_retired_indicator_stands_in_no_row(space):
    signs.indicator(space, state="retired")
    assert row_of(ValueMatrix.build(space, audience="space"), "applied").cells == ()


# --- the page ------------------------------------------------------------------------------


def test_matrix_reads_only_and_its_part_is_what_the_page_contains(space, signed_in):
    signs.hope(signs.version(space))
    client = signed_in(make.member(space))
    with reading_only():
        whole = client.get(page(space))
    part = client.get(page(space), headers=HTMX)
    assert "<html" not in part.text
    assert part.text.strip() in whole.text
    assert_targets_exist(whole.text)


@pytest.mark.parametrize("season", ["2025-H1", "1025-H9", "x", ""])
def test_odd_seasons_are_ignored(season, space, signed_in):
    response = signed_in(make.member(space)).get(page(space), {"season": season})
    assert response.status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_matrix_costs_the_same_for_one_and_for_three(
    number, space, signed_in, django_assert_num_queries
):
    version = signs.version(space)
    for _ in range(number):
        sponsor = make.membership(space, make.person(), Role.SPONSOR, outside=True)
        hope = signs.hope(version, whose="sponsor", stated_by=sponsor)
        sign = signs.indicator(space, aspiration=hope)
        signs.observed(sign, Q1=1, Q2=2)
        told = make.story(in_space=space, shared=True)
        signs.linked(told.steps.get().moment, sign)
    tallies.recount(space)
    client = signed_in(make.member(space))
    with django_assert_num_queries(22):
        client.get(page(space))
