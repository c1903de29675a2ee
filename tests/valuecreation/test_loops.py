"""The readings on random graphs, and rule by rule where a rule is easily missed."""

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import scaled
from tests.valuecreation.graphs import DAYS, graphs
from tests.valuecreation.plain_readings import plain_readings
from valuecreation.consent import Grant
from valuecreation.cycles import Cycle
from valuecreation.loops.readings import (
    CYCLES,
    FlowRow,
    Graph,
    MomentRow,
    StoryRow,
    UptakeRow,
    components_of,
    quiet,
    readings,
    returns,
)

AUDIENCES = ["space", "organisation", "partner_spaces", "public"]
DAY = dt.date(2025, 6, 1)
quickly = settings(max_examples=scaled(150), deadline=None)


def moment(ref, cycle="applied", **fields):
    named = {
        "ref": ref,
        "stories": ("S1",),
        "cycle": cycle,
        "polarity": "positive",
        "status": "actual",
        "on": dt.date(2025, 5, 1),
        "precision": "day",
        "due": None,
        "told_on": dt.date(2025, 5, 2),
        "location": "in_practice",
        "other_space": None,
        "agent": "P01",
        "for_whom": "group",
    }
    return MomentRow(**{**named, **fields})


def hope(ref, due, **fields):
    return moment(ref, status="hoped", on=None, due=due, **fields)


def story(ref="S1", *consents, told_on=dt.date(2025, 5, 2), **fields):
    return StoryRow(ref, "P01", told_on, consents=consents, **fields)


def consent(*audience, given_on=None, expires_on=None, withdrawn_on=None):
    return Grant(
        audience=frozenset(audience),
        given_on=given_on,
        expires_on=expires_on,
        withdrawn_on=withdrawn_on,
    )


def flow(source, target, kind="forward", status="happened", **fields):
    return FlowRow(source, target, kind, status, **fields)


def graph(*rows):
    """A graph of rows in any order."""
    kinds = (StoryRow, MomentRow, FlowRow, UptakeRow)
    return Graph(*(tuple(row for row in rows if isinstance(row, kind)) for kind in kinds))


@quickly
@given(graphs(), st.sampled_from(DAYS), st.sampled_from([None, *AUDIENCES]))
def test_readings_equal_the_plain_ones(random, day, audience):
    found = readings(random, day=day, space="here", audience=audience)

    assert found == plain_readings(random, day, "here", audience)


@quickly
@given(graphs(circles_too=True), st.sampled_from(DAYS), st.sampled_from([None, "space"]))
def test_readings_of_bad_data_with_circles_end_and_are_right(random, day, audience):
    found = readings(random, day=day, space="here", audience=audience)

    assert found == plain_readings(random, day, "here", audience)


@quickly
@given(graphs(), st.sampled_from(DAYS), st.sampled_from(AUDIENCES))
def test_an_audience_never_sees_more_than_there_is_or_than_the_space_sees(random, day, audience):
    def seen(graph):
        return {m.ref for m in graph.moments}

    there = random.as_of(day)
    assert seen(there.for_audience(audience, day)) <= seen(there.for_audience("space", day))
    assert seen(there.for_audience("space", day)) <= seen(there)


@quickly
@given(graphs(circles_too=True))
def test_components_are_read_alone_as_they_are_read_together(random):
    day = max(DAYS)
    whole = returns(random.as_of(day))
    for row in random.moments:
        inside = components_of(random, [row.ref])
        part = Graph(
            random.stories,
            tuple(m for m in random.moments if m.ref in inside),
            random.flows,
            random.uptakes,
            random.periods,
            random.framings,
        )
        assert row.ref in inside
        assert returns(part.as_of(day)) == [r for r in whole if r["from"] in inside]


def test_cycles_are_those_of_the_vocabulary():
    assert list(CYCLES) == Cycle.values


def test_a_group_is_somebody_other_than_any_one_member():
    brought = [
        story(),
        moment("S1.1"),
        moment("S1.2", "immediate", location="in_space"),
        flow("S1.1", "S1.2", "return"),
        flow("S1.2", "S1.3"),
    ]
    alone = graph(*brought, moment("S1.3", "potential"))
    together = graph(*brought, moment("S1.3", "potential", agent="group"))

    assert returns(alone)[0]["status"] == "open"
    assert returns(together)[0]["status"] == "closed"


@pytest.mark.parametrize(
    ("kind", "label", "status"),
    [
        ("engaged_by", " \n", "open"),
        ("engaged_by", "Hanna asks", "closed"),
        ("caused_by", "", "closed"),
    ],
)
def test_uptake_needs_words_or_a_framing_version(kind, label, status):
    told = graph(
        story(),
        moment("S1.1"),
        moment("S1.2", "immediate"),
        flow("S1.1", "S1.2", "return"),
        UptakeRow("S1.2", kind, label, None),
    )

    assert returns(told)[0]["status"] == status
    assert returns(told)[0]["reaches_reframing"] is (kind == "caused_by")


def test_moment_is_quiet_only_after_more_than_its_period():
    still = graph(story(), moment("S1.1"))

    assert quiet(still, dt.date(2025, 5, 1) + dt.timedelta(days=120)) == []
    assert quiet(still, dt.date(2025, 5, 1) + dt.timedelta(days=121)) == [
        {"moment": "S1.1", "cycle": "applied", "days": 121, "because": ["period"]}
    ]


def test_age_counts_from_the_first_day_of_a_quarter():
    still = graph(story(), moment("S1.1", precision="quarter"))

    assert quiet(still, dt.date(2025, 7, 31))[0]["days"] == 121


def test_promise_keeps_a_moment_from_being_quiet_on_its_very_day_and_not_after():
    waiting = graph(
        story(),
        moment("S1.1", on=dt.date(2024, 1, 1)),
        hope("S1.2", DAY),
        flow("S1.1", "S1.2", status="awaited"),
    )

    assert quiet(waiting, DAY) == []
    assert quiet(waiting, DAY + dt.timedelta(days=1))[0]["because"] == [
        "period",
        "promise_past_due",
    ]


def test_any_cycle_can_be_quiet_by_a_promise():
    waiting = graph(
        story(),
        moment("S1.1", "orienting"),
        flow("S1.1", None, status="awaited", due=dt.date(2025, 5, 31)),
    )

    assert quiet(waiting, DAY)[0]["because"] == ["promise_past_due"]


@pytest.mark.parametrize(
    ("statuses", "still"),
    [(["dormant", "abandoned"], []), (["dormant", "blocked"], ["S1.1"]), (["awaited"], ["S1.1"])],
)
def test_moment_is_not_quiet_once_every_way_is_laid_aside(statuses, still):
    ways = [flow("S1.1", None, status=status) for status in statuses]
    found = quiet(graph(story(), moment("S1.1"), *ways), dt.date(2026, 1, 1))

    assert [row["moment"] for row in found] == still


def test_what_is_stalled_is_not_quiet_from_the_day_somebody_asked():
    asked_on = dt.date(2025, 9, 9)
    asked = {"confirmed": True, "reason": "no_time", "asked_on": asked_on, "asked_by": "P02"}
    stuck = graph(story(), moment("S1.1"), flow("S1.1", None, status="blocked", **asked))

    assert [row["moment"] for row in quiet(stuck, asked_on - dt.timedelta(days=1))] == ["S1.1"]
    assert quiet(stuck, asked_on) == []


def test_what_stands_on_a_circle_is_known_behind_it():
    """Bad data: S1.1 and S1.2 lead to each other; what is applied lies on the far side."""
    round_trip = [flow("S1.1", "S1.2"), flow("S1.2", "S1.1"), flow("S1.1", "S1.3")]
    bad = graph(
        moment("S1.1", "potential"),
        moment("S1.2", "applied"),
        moment("S1.3", "potential"),
        moment("S1.4", "immediate"),
        *round_trip,
        flow("S1.3", "S1.4", "return"),
    )

    assert returns(bad)[0]["status"] == "open"


def test_withdrawn_story_is_gone_and_named_to_nobody_outside():
    shared = [moment("S1.1"), moment("S2.1", stories=("S1", "S2")), flow("S1.1", "S2.1")]
    told = graph(
        story("S1", consent("space")),
        story("S2", consent("space", withdrawn_on=DAY)),
        *shared,
    )

    def seen(day, audience=None):
        found = readings(told, day=day, space="here", audience=audience)["counts"]
        return found["stories"], found["stories_withdrawn"], found["moments"], found["flows"]

    assert seen(DAY - dt.timedelta(days=1)) == (2, [], 2, 1)
    assert seen(DAY) == (1, ["S2"], 1, 0)
    assert seen(DAY, "space") == (1, [], 1, 0)


def test_the_newest_consent_governs_until_it_lapses():
    told = graph(
        story(
            "S1",
            consent("organisation"),
            consent("space", given_on=dt.date(2025, 5, 10), expires_on=dt.date(2025, 5, 20)),
        ),
        moment("S1.1"),
    )

    def reaches(audience, day):
        return bool(told.for_audience(audience, dt.date(2025, 5, day)).stories)

    assert [reaches("organisation", day) for day in (1, 9, 10)] == [False, True, False]
    assert [reaches("space", day) for day in (9, 20, 21)] == [True, True, False]


def test_a_story_given_again_after_its_withdrawal_is_there_again():
    again = story(
        "S1", consent("space", withdrawn_on=DAY), consent("space", given_on=dt.date(2025, 7, 1))
    )

    assert graph(again).as_of(DAY).withdrawn == ("S1",)
    assert graph(again).as_of(dt.date(2025, 7, 1)).withdrawn == ()


@pytest.mark.parametrize("given_to", AUDIENCES)
def test_audiences_are_a_set_and_not_a_ladder(given_to):
    told = graph(story("S1", consent(given_to)), moment("S1.1"))
    reached = [audience for audience in AUDIENCES if told.for_audience(audience, DAY).moments]

    assert (
        reached
        == {
            "space": ["space"],
            "organisation": ["space", "organisation"],
            "partner_spaces": ["space", "partner_spaces"],
            "public": AUDIENCES,
        }[given_to]
    )


@pytest.mark.parametrize("given_to", ["teller_collector", "named_people"])
def test_some_consents_reach_no_audience(given_to):
    told = graph(story("S1", consent(given_to)), moment("S1.1"))

    assert [told.for_audience(audience, DAY).moments for audience in AUDIENCES] == [()] * 4


def test_a_moment_in_no_story_has_the_consent_of_whoever_recorded_it():
    loose = graph(moment("N1", stories=()), moment("N2", stories=(), audience={"space"}))

    assert [m.ref for m in loose.for_audience("space", DAY).moments] == ["N2"]


def test_ten_thousand_stories_are_read_in_seconds():
    """One long thread of returns would be quadratic to print; here each story comes back once."""
    stories, moments, flows = [], [], []
    for n in range(10_000):
        stories.append(story(f"S{n}", consent("space")))
        refs = [f"S{n}.{step}" for step in range(5)]
        cycles = ("immediate", "potential", "applied", "realized", "immediate")
        for ref, cycle in zip(refs, cycles, strict=True):
            moments.append(moment(ref, cycle, stories=(f"S{n}",)))
        for step in range(4):
            kind = "return" if step == 3 else "forward"
            flows.append(flow(refs[step], refs[step + 1], kind))
        if n % 10:
            flows.append(flow(f"S{n - 1}.4", refs[0]))
    large = graph(*stories, *moments, *flows)

    began = time.process_time()
    found = readings(large, day=DAY, space="here", audience="space")
    spent = time.process_time() - began

    assert len(found["returns"]) == 10_000
    assert len(found["returns"][0]["leads_to"]) == 9
    assert spent < 10
