"""Flat arrays say what the plain rows say, for every audience at once."""

import datetime as dt
import random as chances

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.valuecreation.graphs import DAYS, graphs
from valuecreation.loops.flat import Circle, FlatGraph, seen_by
from valuecreation.loops.graph import FlowRow, Graph, MomentRow, StoryRow
from valuecreation.loops.quiet import earliest_promise, laid_aside, waits
from valuecreation.loops.readings import returns

AUDIENCES = ["space", "organisation", "partner_spaces", "public"]
FACTS = ("status", "spiral", "reaches_reframing", "through_other_space", "brings_back_harm")


def flattened(graph, day):
    """The graph in flat arrays, its moments numbered by their places."""
    flat = FlatGraph(day)
    numbers = {row.ref: number for number, row in enumerate(graph.moments)}
    masks = {story.ref: seen_by(story, day) for story in graph.stories}
    for row in graph.moments:
        flat.add_moment(numbers[row.ref], row, [masks[ref] for ref in row.stories])
    for number, flow in enumerate(graph.flows):
        flat.add_flow(number, numbers[flow.source], numbers.get(flow.target), flow)
    for uptake in graph.uptakes:
        flat.add_uptake(numbers[uptake.moment], graph.moment[uptake.moment].told_on, uptake)
    return flat


def loops_as_flat(graph, day):
    return {
        (graph.flows[number].source, graph.flows[number].target, audience): facts
        for number, audience, facts in flattened(graph, day).read_loops()
    }


def loops_as_plain(graph, day):
    found = {}
    for audience in AUDIENCES:
        for row in returns(graph.as_of(day).for_audience(audience, day)):
            facts = {name: row[name] for name in FACTS}
            facts |= {"rooted": row["root"] == "rooted", "long": row["length"] == "long"}
            found[row["from"], row["to"], audience] = facts
    return found


def still_as_plain(graph, day):
    found = {}
    for audience in AUDIENCES:
        seen = graph.as_of(day).for_audience(audience, day)
        for row in seen.moments:
            ways_in = seen.ways_in.get(row.ref, ())
            if waits(seen, row, day) if row.actual else not laid_aside(ways_in):
                found[row.ref, audience] = {
                    "hoped": not row.actual,
                    "cycle": row.cycle,
                    "day": row.since if row.actual else row.due,
                    "listed_on": row.since if row.actual else row.due,
                    "promised_by": earliest_promise(seen, row) if row.actual else None,
                }
    return found


def without_framings(graph):
    """What is kept is kept for today, when every framing version has been agreed."""
    return Graph(graph.stories, graph.moments, graph.flows, graph.uptakes, graph.periods)


@settings(max_examples=150, deadline=None)
@given(graphs(), st.sampled_from(DAYS))
def test_flat_loops_are_the_plain_ones(random, day):
    random = without_framings(random)
    assert loops_as_flat(random, day) == loops_as_plain(random, day)


@settings(max_examples=150, deadline=None)
@given(graphs(circles_too=True), st.sampled_from(DAYS))
def test_flat_waiting_is_the_plain_one_and_loops_that_go_round_are_refused(random, day):
    random = without_framings(random)
    refs = [row.ref for row in random.moments]
    flat = flattened(random, day)
    still = {(refs[number], audience): facts for number, audience, facts in flat.read_still()}
    assert still == still_as_plain(random, day)
    try:
        found = loops_as_flat(random, day)
    except Circle:
        return
    assert found == loops_as_plain(random, day)


@settings(max_examples=100, deadline=None)
@given(graphs(), st.sampled_from(DAYS), st.integers(0, 99))
def test_only_returns_behind_or_before_a_change_read_otherwise(random, day, number):
    random = without_framings(random)
    before = loops_as_flat(random, day)
    changed = random.moments[number % len(random.moments)]
    others = tuple(row for row in random.moments if row is not changed)
    hidden = MomentRow(
        **{
            name: getattr(changed, name)
            for name in MomentRow.__slots__
            if name not in ("stories", "audience", "cycle")
        },
        stories=(),
        audience=frozenset(["public"] if number % 2 else []),
        cycle="applied" if number % 3 else "immediate",
    )
    after = Graph(random.stories, (hidden, *others), random.flows, random.uptakes)
    flat = flattened(after, day)
    names = {n: (row.source, row.target) for n, row in enumerate(after.flows)}
    touched = {names[n] for n in flat.returns_touched_by([0])}
    now = loops_as_flat(after, day)
    otherwise = {key[:2] for key in {*before, *now} if before.get(key) != now.get(key)}
    assert otherwise <= touched


def test_a_chain_of_twenty_thousand_is_read_without_a_deep_stack():
    day, chance = dt.date(2025, 6, 1), chances.Random(7)
    story = StoryRow("S1", "P01", dt.date(2025, 1, 1))
    cycles = ["applied", "immediate", "realized"]
    moments = tuple(
        MomentRow(
            f"M{n}", (), chance.choice(cycles), "positive", "actual", dt.date(2025, 1, 1), "day",
            None, day, ["in_practice", "in_space"][n % 2], None, f"P{n % 3}", "group",
            frozenset(["public"]),
        )
        for n in range(20_000)
    )  # fmt: skip
    flows = tuple(
        FlowRow(f"M{n}", f"M{n + 1}", "forward" if n % 2 else "return", "happened")
        for n in range(len(moments) - 1)
    )
    found = loops_as_flat(Graph((story,), moments, flows), day)
    assert len(found) == 4 * 10_000
    assert found["M19998", "M19999", "public"]["spiral"] is False
    assert found["M0", "M1", "public"]["spiral"] is True


def moment(ref, cycle, agent):
    """Something that happened on a day, for everybody to read."""
    day = dt.date(2025, 6, 1)
    return MomentRow(
        ref, (), cycle, "positive", "actual", day, "day", None, day, "in_practice", None,
        agent, "group", frozenset(["public"]),
    )  # fmt: skip


@pytest.mark.parametrize(("agent", "status"), [("P01", "open"), ("P02", "closed")])
def test_return_is_taken_up_by_what_somebody_else_did_next(agent, status):
    tried, back = moment("M0", "applied", "P01"), moment("M1", "immediate", "P01")
    flows = (
        FlowRow("M0", "M1", "return", "happened"),
        FlowRow("M1", "M2", "forward", "happened"),
    )
    graph = Graph((), (tried, back, moment("M2", "potential", agent)), flows)

    found = loops_as_flat(graph, dt.date(2025, 6, 1))
    assert {facts["status"] for facts in found.values()} == {status}


def test_circle_is_named_as_one():
    day = dt.date(2025, 6, 1)
    flows = [FlowRow("M0", "M1", "forward", "happened"), FlowRow("M1", "M0", "return", "happened")]
    moments = tuple(moment(ref, "applied", "P01") for ref in ("M0", "M1"))
    with pytest.raises(Circle):
        list(flattened(Graph((), moments, tuple(flows)), day).read_loops())
