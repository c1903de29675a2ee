import datetime as dt
import itertools
import random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from spaces.models import SpaceLink
from tests import make
from tests.examples import scaled
from valuecreation.cycles import Audience, Cycle, Location, MomentStatus, Precision
from valuecreation.loops import keeping as readings
from valuecreation.loops import parts
from valuecreation.loops import readings as loops
from valuecreation.loops.loading import graph_of
from valuecreation.models import (
    Flow,
    FlowKind,
    FlowStatus,
    LoopReading,
    LoopsDue,
    Moment,
    StillMoment,
    Story,
    StoryState,
    StoryStep,
    Uptake,
)
from valuecreation.summaries import tallies
from valuecreation.tasks import read_changed_loops, read_loops

pytestmark = pytest.mark.django_db


def kept(space, audience="space"):
    """The readings kept for an audience, in the words of loops.py."""
    rows = LoopReading.objects.in_space(space).for_audience(audience)
    return {
        (row.flow.source.ref, row.flow.target.ref): (
            row.status,
            "rooted" if row.rooted else "practice_born",
            "long" if row.long else "short",
            row.spiral,
            row.reaches_reframing,
            row.through_other_space,
            row.brings_back_harm,
        )
        for row in rows.select_related("flow__source", "flow__target")
    }


def worked_out(space, audience="space"):
    """The same, worked out on the whole graph."""
    graph = graph_of(space).as_of(space.today).for_audience(audience, space.today)
    facts = ("spiral", "reaches_reframing", "through_other_space", "brings_back_harm")
    return {
        (row["from"], row["to"]): (
            row["status"],
            row["root"],
            row["length"],
            *(row[name] for name in facts),
        )
        for row in loops.returns(graph)
    }


def told(space, *cycles, audience=("space",), expires_on=None):
    """A story whose moments each flow into the next."""
    story = make.story(in_space=space, cycles=cycles, state=StoryState.APPROVED)
    make.consent(story, *audience, expires_on=expires_on)
    moments = [step.moment for step in story.steps.order_by("order")]
    for source, target in itertools.pairwise(moments):
        make.flow(source, target)
    return moments


def came_back(space, **fields):
    """A return from practice, and the moments before it."""
    idea, tried = told(space, Cycle.POTENTIAL, Cycle.APPLIED, **fields)
    (back,) = told(space, Cycle.IMMEDIATE)
    make.flow(tried, back, kind=FlowKind.RETURN)
    return idea, tried, back


def test_return_is_read_for_every_audience_that_sees_it(space):
    came_back(space)
    readings.reread(space)

    assert kept(space) == worked_out(space) != {}
    assert kept(space, "organisation") == {}


def test_only_the_component_that_changed_is_read_again(space):
    came_back(space)
    _, tried, back = came_back(space)
    readings.reread(space)
    LoopReading.objects.exclude(flow__source=tried).update(status="closed")

    Uptake.objects.create(moment=back, label="It went on the agenda.")

    assert readings.reread(space, [back.pk]) == 1
    assert set(LoopReading.objects.values_list("status", flat=True)) == {"closed"}


def test_loops_are_in_the_totals_as_soon_as_they_are_read(space):
    _, _, back = came_back(space)
    tallies.recount(space)
    readings.reread(space)
    assert tallies.read(space, "space", space.today).open_returns == {("applied", "immediate"): 1}

    with tallies.counted(moments=[back]):
        Uptake.objects.create(moment=back, label="It went on the agenda.")
    read_loops(space.pk)

    assert tallies.read(space, "space", space.today).open_returns == {}
    assert tallies.read(space, "space", space.today).closed == 1
    assert tallies.check(space.pk) == {}


def test_lapsed_consent_is_noticed_and_its_loops_are_read_again(space, monkeypatch):
    came_back(space, expires_on=space.today, audience=["space"])
    tallies.recount(space)
    readings.read_due(space)
    assert kept(space) != {}
    assert not LoopsDue.objects.exists()

    monkeypatch.setattr(type(space), "today", space.today + dt.timedelta(days=1))
    read_changed_loops()

    assert kept(space) == worked_out(space) == {}


def test_what_a_lost_task_left_behind_is_picked_up_once(space):
    came_back(space)
    tallies.recount(space)

    read_changed_loops()

    assert kept(space) == worked_out(space) != {}
    assert not LoopsDue.objects.exists()
    assert readings.read_due(space) == 0


def test_component_is_found_in_few_queries_however_long_the_path(
    space, django_assert_max_num_queries
):
    moments = [make.moment(space) for _ in range(60)]
    for source, target in itertools.pairwise(moments):
        make.flow(source, target)

    with django_assert_max_num_queries(parts.ROUNDS + 1):
        assert readings.component(space, [moments[30].pk]) == {m.pk for m in moments}


# --- the same readings by query and in memory, on any graph -----------------------------------


def days_ago(space, chance, most=400):
    return space.today - dt.timedelta(days=chance.randrange(most))


def some_moment(space, link, people, chance):
    """A moment of any kind; every third one is hoped for."""
    other = chance.random() < 0.1
    fields = {
        "cycle": chance.choice(list(Cycle)),
        "polarity": chance.choice(["positive", "negative"]),
        "location": Location.OTHER_SPACE if other else chance.choice(["in_space", "in_practice"]),
        "other_space": link if other else None,
        "agent": chance.choice(people),
        "told_on": days_ago(space, chance),
    }
    if chance.random() < 0.3:
        due = days_ago(space, chance, 60) + dt.timedelta(days=30)
        return make.moment(space, status=MomentStatus.HOPED, due_on=due, **fields)
    on = days_ago(space, chance).replace(day=1)
    precision = chance.choice([Precision.DAY, Precision.MONTH])
    return make.moment(space, occurred_on=on, precision=precision, **fields)


def some_flow(space, source, target, people, chance):
    """A flow of any status that the tables allow between two moments."""
    status = chance.choice([*FlowStatus.values, "happened"])
    if target.status == MomentStatus.HOPED and status == "happened":
        status = "awaited"
    stalled = chance.random() < 0.2
    Flow.objects.get_or_create(
        source=source,
        target=target if status == "happened" or chance.random() < 0.8 else None,
        defaults={
            "space": space,
            "kind": chance.choice(["forward", "return", "cross_space", "enabling"]),
            "status": status,
            "due_on": days_ago(space, chance, 60) if chance.random() < 0.4 else None,
            "stalled": stalled,
            "reason": "no_time" if stalled else "",
            "asked_on": days_ago(space, chance, 30) if stalled else None,
            "asked_by": people[0] if stalled else None,
        },
    )


def some_space(seed):
    """A space with stories, moments and flows of every kind, chosen by a number."""
    chance = random.Random(seed)
    space = make.space(stall_after_days={"potential": 60, "strategic": None})
    link = SpaceLink.objects.create(space=space, slug="other", name="Another")
    people = [make.membership(space) for _ in range(3)]
    moments = [some_moment(space, link, people, chance) for _ in range(chance.randrange(2, 14))]
    for number in range(chance.randrange(1, 6)):
        audience = chance.sample(["space", "organisation", "public"], chance.randrange(3))
        state = chance.choice([StoryState.APPROVED, StoryState.APPROVED, StoryState.WITH_TELLER])
        story = make.story(in_space=space, cycles=[], teller=chance.choice(people), state=state)
        expires = space.today + dt.timedelta(days=chance.choice([-1, 0, 5]))
        make.consent(story, *audience, expires_on=chance.choice([None, expires]))
        for order, moment in enumerate(chance.sample(moments, min(3, len(moments))), start=1):
            StoryStep.objects.create(story=story, moment=moment, order=order + number)
    Moment.objects.loose().update(loose_audience="space")
    for _ in range(len(moments) * 2):
        one, other = sorted(chance.sample(range(len(moments)), 2))
        some_flow(space, moments[one], moments[other], people, chance)
    Uptake.objects.create(moment=chance.choice(moments), label="Taken up.")
    return space


@settings(
    max_examples=scaled(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10**6))
def test_queries_say_what_loops_say(db, seed):
    space = some_space(seed)
    day = space.today
    readings.reread(space)
    whole = graph_of(space).as_of(day)
    for audience in Audience.values:
        graph = whole.for_audience(audience, day)
        seen = Moment.objects.for_audience(audience, day, space=space)
        flows = Flow.objects.for_audience(audience, day, space=space)
        assert set(refs(seen)) == {row.ref for row in graph.moments}
        still = StillMoment.objects.in_space(space).for_audience(audience)
        for ahead in (0, 40, 400):  # what is kept holds on later days, too
            on = day + dt.timedelta(days=ahead)
            later = graph if ahead == 0 else whole.as_of(on).for_audience(audience, day)
            assert waiting(still.quiet(on, space.quiet_before(on))) == names(loops.quiet(later, on))
            assert waiting(still.past_their_day(on)) == names(loops.overdue_hopes(later, on))
        assert pairs(flows.stalled(day)) == sorted(
            (row["moment"], row["to"] or "") for row in loops.stalled(graph, day)
        )
        assert pairs(flows.into_other_spaces()) == sorted(
            (row["from"], row["to"] or "") for row in loops.cross_space(graph)
        )
        assert kept(space, audience) == worked_out(space, audience)


def waiting(rows):
    return set(rows.values_list("moment__ref", flat=True))


def refs(moments):
    return moments.values_list("ref", flat=True)


def names(rows):
    return {row["moment"] for row in rows}


def pairs(flows):
    return sorted((s, t or "") for s, t in flows.values_list("source__ref", "target__ref"))


@settings(
    max_examples=scaled(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(seed=98)  # stories that share moments with stories that share moments
@given(seed=st.integers(0, 10**6))
def test_reading_what_changed_gives_what_reading_all_gives(db, seed):
    space = some_space(seed)
    tallies.recount(space)
    readings.read_due(space)
    chance = random.Random(seed)
    moments = list(Moment.objects.in_space(space))
    story = Story.objects.in_space(space).first()
    cut_off = chance.choice(moments)
    with tallies.counted([story], moments=[cut_off]):
        make.consent(story, *chance.choice([["space"], ["public"], []]), on=space.today)
        Flow.objects.in_space(space).at_either_end([cut_off]).delete()
    readings.read_due(space)
    for audience in Audience.values:
        assert kept(space, audience) == worked_out(space, audience)
    assert tallies.check(space.pk) == {}
