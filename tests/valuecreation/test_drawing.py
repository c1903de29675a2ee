from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learningspaces.lib.svg import HUES
from tests.drawn import collisions, each, ids, outside, read, titles
from tests.examples import scaled
from valuecreation.cycles import Cycle
from valuecreation.drawing import (
    FlowWords,
    LaneFlow,
    LaneMoment,
    flow_picture,
    lanes,
    picture_sentence,
)
from valuecreation.drawing.scale import scale_for
from valuecreation.population import Population

CYCLES = list(HUES)
LABELS = {cycle: cycle.capitalize() for cycle in CYCLES}
COUNTS = dict(zip(CYCLES, (64, 51, 33, 19, 12, 14, 9, 5), strict=True))
FLOWS = {
    ("immediate", "potential"): 41,
    ("potential", "applied"): 27,
    ("orienting", "potential"): 3,
}
RETURNS = {("realized", "immediate"): 4, ("applied", "potential"): 14}
OPEN = {("realized", "immediate"): 4}
LONG = dict(
    zip(
        CYCLES,
        (
            "Unmittelbarer Wert",
            "Möglichkeitswert",
            "Angewandter Nutzen",
            "Verwirklichter Wert",
            "Ermöglichungsvoraussetzungen",
            "Strategisch",
            "Orientierungsgebend",
            "Transformatorischer Wert",
        ),
        strict=True,
    )
)
HOSTILE = dict.fromkeys(CYCLES, "<script>alert('x')</script> & “שלום”" * 20)
SIZES = [1, 7, 300, 40_000, 10**12]
pairs = st.tuples(st.sampled_from(CYCLES), st.sampled_from(CYCLES))
amounts = st.one_of(st.integers(0, 12), st.integers(0, 10**9))
bundles = st.dictionaries(pairs, amounts)
names = st.sampled_from([LABELS, LONG, HOSTILE, {}])


def picture(**changes):
    given_data = {"counts": COUNTS, "flows": FLOWS, "returns": RETURNS, "open_returns": OPEN}
    return flow_picture(**{**given_data, "labels": LABELS, **changes})


def sentence(**changes):
    told = Population(changes.pop("moments", 207), changes.pop("stories", 58))
    figures = {"told": told, "flows": FLOWS, "returns": 31, "open_returns": 4}
    return picture_sentence(**{**figures, "labels": LABELS, **changes})


def arcs(svg):
    """The arcs of a flow picture by their names."""
    named = {}
    for group in each(read(svg), "g"):
        children = list(group)
        if len(children) > 1 and children[1].tag.endswith("path"):
            named[children[0].text] = children[1]
    return named


def test_cycles_and_hues_stand_in_one_order():
    assert list(Cycle.values) == CYCLES


@settings(max_examples=scaled(100), deadline=None)
@given(
    st.dictionaries(st.sampled_from(CYCLES), amounts),
    bundles,
    bundles,
    bundles,
    names,
    st.booleans(),
)
def test_flow_picture_is_well_formed_and_within_its_edges(
    counts, flows, back, waiting, labels, narrow
):
    root = read(flow_picture(counts, flows, back, waiting, labels=labels, narrow=narrow))
    assert outside(root) == []


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("labels", [LABELS, LONG])
@pytest.mark.parametrize("most", SIZES)
def test_flow_picture_words_never_meet(narrow, labels, most):
    counts = {cycle: most // (place + 1) for place, cycle in enumerate(CYCLES)}
    assert collisions(read(picture(counts=counts, labels=labels, narrow=narrow))) == []


@pytest.mark.parametrize("narrow", [False, True])
def test_flow_picture_dots_have_areas_like_the_counts(narrow):
    discs = [
        circle
        for circle in each(read(picture(narrow=narrow)), "circle")
        if circle.get("fill") != "#ffffff"
    ]
    areas = [
        float(disc.get("r")) ** 2 / count
        for disc, count in zip(discs, COUNTS.values(), strict=True)
    ]
    assert max(areas) / min(areas) < 1.05


def test_flow_picture_zero_is_a_small_hollow_dot():
    dots = each(
        read(picture(counts={"immediate": 3}, flows={}, returns={}, open_returns={})), "circle"
    )
    hollow = [dot for dot in dots if dot.get("stroke")]
    assert [dot.get("fill") for dot in hollow] == ["#ffffff"] * 7
    assert {dot.get("r") for dot in hollow} == {"4"}


def test_flow_picture_dashes_only_what_nobody_has_taken_up():
    named = arcs(picture(returns={("realized", "immediate"): 6, ("applied", "potential"): 14}))
    assert [title for title, path in named.items() if path.get("stroke-dasharray")] == [
        "Realized back to immediate: 4 returns that nobody has taken up yet"
    ]
    assert "Realized back to immediate: 2 returns" in named


def test_flow_picture_thickness_is_the_count():
    named = arcs(picture())
    widths = [
        float(named[f"{name} flows"].get("stroke-width"))
        for name in ("Immediate to potential: 41", "Potential to applied: 27")
    ]
    assert widths[0] / widths[1] == pytest.approx(41 / 27, rel=0.01)


@pytest.mark.parametrize("most", SIZES)
def test_flow_picture_thickness_stays_within_bounds(most):
    named = arcs(picture(flows={("immediate", "potential"): most, ("potential", "applied"): 1}))
    widths = [float(path.get("stroke-width")) for path in named.values()]
    assert all(2 <= width <= 15 for width in widths)


def heights(svg, *, line):
    found = {}
    for title, path in arcs(svg).items():
        ys = [
            float(number)
            for number in path.get("d").replace("C", " ").replace("L", " ")[1:].split()
        ][1::2]
        found[title] = (
            min(ys) - line if abs(min(ys) - line) > abs(max(ys) - line) else max(ys) - line
        )
    return found


def test_flow_picture_flows_arc_above_and_returns_below():
    svg = picture()
    line = float(each(read(svg), "circle")[0].get("cy"))
    risen = heights(svg, line=line)
    assert all(height < 0 for title, height in risen.items() if " back to " not in title)
    assert all(height > 0 for title, height in risen.items() if " back to " in title)


def test_flow_picture_draws_both_ways_apart():
    both = {
        ("immediate", "potential"): 3,
        ("potential", "immediate"): 3,
        ("potential", "potential"): 3,
    }
    ways = {
        path.get("d") for path in arcs(picture(flows=both, returns={}, open_returns={})).values()
    }
    assert len(ways) == 3


def test_flow_picture_escapes_hostile_labels():
    for narrow in (False, True):
        root = read(
            picture(labels=HOSTILE, narrow=narrow, words=FlowWords(title="<b>", returns="</svg>"))
        )
        assert not [element for element in root.iter() if element.tag.endswith("script")]
        assert titles(root)[0] == "<b>"


def test_flow_picture_uses_attributes_only_and_is_the_same_each_time():
    svg = picture()
    assert svg == picture()
    assert " style=" not in svg
    assert "<style" not in svg
    assert "class=" not in picture(static=True)


def test_flow_pictures_on_one_page_share_no_id():
    together = [
        *ids(read(picture(prefix="a"))),
        *ids(read(picture(prefix="a", narrow=True))),
        *ids(read(picture(prefix="b"))),
    ]
    assert len(together) == len(set(together))


def test_flow_picture_refers_only_to_its_own_ids():
    root = read(picture(prefix="a"))
    used = {path.get("stroke")[5:-1] for path in each(root, "path") if "url" in path.get("stroke")}
    assert used <= set(ids(root))
    assert root.get("aria-labelledby") in ids(root)


def test_flow_picture_narrow_keeps_words_large_on_a_phone():
    root = read(picture(narrow=True, labels=LONG))
    width = float(root.get("viewBox").split()[2])
    shown = min(float(word.get("font-size")) for word in each(root, "text")) * 308 / width
    assert shown >= 12


def test_sentence_says_what_the_picture_shows():
    assert sentence() == (
        "207 moments in 58 stories. The strongest flow is from immediate to potential (41). "
        "31 moments came back to the space; four of them nobody has taken up yet (dashed)."
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"moments": 0}, "No moment has been told yet."),
        ({"moments": 1, "stories": 1}, "1 moment in 1 story."),
        ({"stories": 0}, "207 moments. The"),
        ({"flows": {}}, "No flow from one moment to another has been told yet."),
        ({"flows": {("immediate", "potential"): 0}}, "No flow from one moment to another"),
        (
            {"flows": {("applied", "realized"): 2, ("potential", "potential"): 2}},
            "The strongest flows are from applied to realized and from potential to potential "
            "(2 each).",
        ),
        ({"flows": dict.fromkeys([*FLOWS], 1)}, "No single flow stands out."),
        ({"returns": 0, "open_returns": 0}, "No moment has come back to the space yet."),
        ({"returns": 1, "open_returns": 0}, "1 moment came back to the space."),
        (
            {"returns": 1, "open_returns": 1},
            "1 moment came back to the space; nobody has taken it up yet (dashed).",
        ),
        ({"returns": 3, "open_returns": 3}, "; nobody has taken any of them up yet (dashed)."),
        ({"open_returns": 1}, "; one of them nobody has taken up yet (dashed)."),
        ({"open_returns": 12}, "; 12 of them nobody has taken up yet (dashed)."),
    ],
)
def test_sentence_is_right_for_none_one_and_many(changes, said):
    assert said in sentence(**changes)


START = date(2025, 1, 14)
moment_lists = st.lists(
    st.tuples(
        st.sampled_from(CYCLES),
        st.one_of(st.integers(0, 400).map(lambda days: START + timedelta(days)), st.dates()),
        st.sampled_from(["positive", "negative", "mixed", "nil"]),
        st.booleans(),
    ),
    max_size=40,
)


def moment(key, cycle="immediate", on=START, **more):
    return LaneMoment(key, cycle, on, f"What happened at {key}", **more)


@settings(max_examples=scaled(80), deadline=None)
@given(moment_lists, st.data(), st.booleans(), names)
def test_lanes_are_well_formed_and_within_their_edges(rows, data, narrow, labels):
    moments = [
        LaneMoment(str(place), cycle, on, "", polarity, hoped)
        for place, (cycle, on, polarity, hoped) in enumerate(rows)
    ]
    keys = st.integers(0, 45).map(str)
    flows = data.draw(st.lists(st.builds(LaneFlow, keys, keys, back=st.booleans()), max_size=30))
    assert outside(read(lanes(moments, flows, labels=labels, narrow=narrow))) == []


def test_lanes_run_with_time_and_keep_the_order_of_cycles():
    days = [START + timedelta(30 * place) for place in range(8)]
    told = [moment(str(place), CYCLES[place], days[place]) for place in range(8)]
    dots = each(read(lanes(told, [], labels=LABELS)), "circle")
    across = [float(dot.get("cx")) for dot in dots]
    down = [float(dot.get("cy")) for dot in dots]
    assert across == sorted(set(across))
    assert down == sorted(set(down))


def test_lanes_keep_300_moments_apart():
    told = [
        moment(str(place), CYCLES[place % 5], START + timedelta(28 * (place % 7)))
        for place in range(300)
    ]
    dots = each(read(lanes(told, [], labels=LABELS)), "circle")
    spots = {(dot.get("cx"), dot.get("cy")) for dot in dots}
    assert len(spots) == 300


def test_lanes_say_how_a_moment_turned_out_in_words():
    told = [
        moment("a"),
        moment("b", polarity="negative"),
        moment("c", polarity="nil"),
        moment("d", hoped=True),
    ]
    root = read(lanes(told, [], labels=LABELS))
    said = [title for title in titles(root) if "What happened at" in title]
    assert said == [
        "Immediate, 14 Jan 2025, it helped: What happened at a",
        "Immediate, 14 Jan 2025, it made things worse: What happened at b",
        "Immediate, 14 Jan 2025, nothing changed: What happened at c",
        "Immediate, 14 Jan 2025, hoped for: What happened at d",
    ]
    legend = {"".join(word.itertext()) for word in each(root, "text")}
    assert {"it made things worse", "nothing changed", "hoped for"} <= legend


def test_lanes_dash_only_what_is_hoped_or_waiting():
    told = [
        moment("a"),
        moment("b", "applied", START + timedelta(30)),
        moment("c", on=START + timedelta(60)),
        moment("d", "realized", START + timedelta(90)),
    ]
    happened = [LaneFlow("a", "b"), LaneFlow("b", "c", back=True)]
    assert "dasharray" not in lanes(told, happened, labels=LABELS)
    waiting = [LaneFlow("b", "c", back=True, waiting=True), LaneFlow("c", "d", happened=False)]
    dashed = [
        p
        for p in each(read(lanes(told, waiting, labels=LABELS)), "path")
        if p.get("stroke-dasharray")
    ]
    assert len(dashed) == 3  # two arrows, and the return in the legend


def test_lanes_link_to_moments_where_there_is_an_address():
    linked = read(lanes([moment("a", href="/m/1/?x=1&y=2")], [], labels=LABELS))
    assert [link.get("href") for link in each(linked, "a")] == ["/m/1/?x=1&y=2"]
    assert linked.get("role") == "group"
    assert read(lanes([moment("a")], [], labels=LABELS)).get("role") == "img"


@pytest.mark.parametrize("days", [0, 1, 40, 300, 900, 4000, 200_000])
@pytest.mark.parametrize("room", [280, 720])
def test_scale_has_room_for_its_words(days, room):
    scale = scale_for([START, START + timedelta(days)], 0, room)
    places = [scale.x(tick.on) for tick in scale.ticks()]
    assert all(two - one >= 38 for one, two in pairwise(places))
    assert len(places) >= (1 if days > 40 else 0)
