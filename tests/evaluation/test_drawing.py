from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.drawing import FramingMark, Guide, Point, indicator_line
from learningspaces.lib.svg import HUES
from tests.drawn import collisions, each, outside, read, titles

START = date(2024, 12, 31)
HUE = HUES["applied"]
LEVELS = [(0, "none"), (1, "informed"), (2, "consulted"), (3, "negotiating"), (4, "co-owning")]


def series(*values):
    return [
        Point(
            f"Q{place % 4 + 1} {25 + place // 4}",
            START + timedelta(91 * place),
            value,
            "" if value is None else f"{value:g} %",
        )
        for place, value in enumerate(values)
    ]


def drawn(points, *guides, size="small_multiple", **more):
    return read(indicator_line(points, *guides, hue=HUE, size=size, **more))


def words(root):
    return ["".join(word.itertext()) for word in each(root, "text")]


def stretches(root):
    return [len(line.get("points").split()) // 2 for line in each(root, "polyline")]


def numbers_drawn(root):
    return [circle for circle in each(root, "circle") if circle.get("fill") == HUE]


numbers = st.one_of(st.none(), st.integers(0, 100), st.floats(-1e6, 1e6), st.decimals(0, 10**9))
guides = st.one_of(
    st.none(),
    st.builds(Guide, st.integers(-50, 500), st.text(max_size=30), st.text(max_size=30)),
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(numbers, st.text(max_size=20), st.text(max_size=20), st.integers(0, 4000))),
    guides,
    guides,
    st.sampled_from(["spark", "small_multiple"]),
    st.sampled_from([(), LEVELS]),
    st.lists(st.builds(FramingMark, st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.text())),
)
def test_line_is_well_formed_and_within_its_edges(rows, baseline, target, size, levels, marks):
    points = [
        Point(tick, START + timedelta(days), value, shown, value is None and days % 2 == 0)
        for value, tick, shown, days in rows
    ]
    root = drawn(points, baseline, target, size=size, levels=levels, framing_marks=marks)
    assert outside(root) == []


@pytest.mark.parametrize("size", ["spark", "small_multiple"])
def test_gaps_are_not_bridged(size):
    assert stretches(drawn(series(3, 4, None, 5, None, 9, 10, 4), size=size)) == [2, 3]


def test_lone_figure_is_a_dot():
    root = drawn(series(None, 12, None), size="spark")
    assert stretches(root) == []
    assert len(numbers_drawn(root)) == 2  # the lone figure, and the last one marked upon it


def test_every_figure_has_a_dot_and_no_gap_has_one():
    root = drawn(series(3, None, 5))
    assert len(numbers_drawn(root)) == 2
    assert "Q1 25: 3 %" in titles(root)


def test_gap_is_said_aloud():
    desc = each(drawn(series(3, None)), "desc")[0].text
    assert desc == "Q1 25: 3 %; Q2 25: no figure"


@pytest.mark.parametrize("size", ["spark", "small_multiple"])
def test_baseline_and_target_are_dashed_each_in_its_way(size):
    root = drawn(
        series(31, 36, 49), Guide(31, "baseline", "31 %"), Guide(75, "agreed", "75 %"), size=size
    )
    dashes = [path.get("stroke-dasharray") for path in each(root, "path")]
    assert len({dash for dash in dashes if dash}) == 2


def test_higher_values_stand_higher():
    dots = numbers_drawn(drawn(series(1, 2, 3), None, Guide(10)))
    heights = [float(dot.get("cy")) for dot in dots]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] - heights[1] == pytest.approx(heights[1] - heights[2], abs=0.02)


@pytest.mark.parametrize(
    ("values", "baseline", "target"),
    [
        ((31, 36, 49, 58, 63), 31, 75),
        ((34, 33, 37, 41, 44), 34, 50),
        ((0, 0, 14, 20, 20), 0, 24),
        ((21, 43, 79, 93, 100), 21, 100),
        ((50, 48, 47, 50, 52, 49, 51), 49, 50),
        ((0, 100, 0, 100, 0, 100), 50, 50),
        (tuple(place * 37 % 101 for place in range(40)), 40, 60),
    ],
)
def test_words_of_a_small_multiple_never_meet(values, baseline, target):
    root = drawn(
        series(*values),
        Guide(baseline, "baseline", f"{baseline} %"),
        Guide(target, "agreed", f"{target} %"),
        framing_marks=[
            FramingMark(START + timedelta(20), "framing 1"),
            FramingMark(START + timedelta(200), "framing 2"),
        ],
    )
    assert collisions(root) == []
    assert f"{values[-1]} %" in words(root)


def test_a_baseline_of_nothing_stands_clear_of_the_last_period():
    points = [point._replace(tick=f"{point.tick} of 2026") for point in series(0, 0, 14, 20)]
    root = drawn(points, Guide(0, "before", "0"), Guide(24, "agreed", "24"))
    assert collisions(root) == []
    assert {"before", "0", points[-1].tick} <= set(words(root))


def test_framing_versions_stand_upright_while_the_series_ran():
    marks = [FramingMark(START + timedelta(days), f"framing {days}") for days in (-400, 100, 4000)]
    root = drawn(series(1, 2, 3), framing_marks=marks)
    assert "framing 100" in words(root)
    assert [title for title in titles(root) if "framing" in title] == ["framing 100"]


def test_rubric_shows_its_levels_in_words():
    root = drawn(
        series(0, 2, 3), Guide(0, "baseline", "none"), Guide(4, "hoped", "co-owning"), levels=LEVELS
    )
    assert {"informed", "negotiating", "hoped", "baseline"} <= set(words(root))
    assert "3 %" not in words(root)


def test_words_without_a_number_are_marks_only():
    told = [
        Point("Q1", START, None, "worried", True),
        Point("Q2", START + timedelta(91), None, "", False),
    ]
    root = drawn(told)
    assert len(each(root, "polygon")) == 1
    assert "Q1: worried" in titles(root)
    assert stretches(root) == []


def test_spark_is_decoration_until_it_has_a_title():
    assert drawn(series(1, 2), size="spark").get("aria-hidden") == "true"
    assert drawn(series(1, 2), size="spark", title="Worth my time").get("role") == "img"


def test_hostile_words_stay_words():
    bad = "</svg><script>alert(1)</script>"
    told = [Point(bad, START, 1, bad)]
    root = drawn(
        told,
        Guide(1, bad, bad),
        title=bad,
        levels=[(1, bad)],
        framing_marks=[FramingMark(START, bad)],
    )
    assert not [element for element in root.iter() if element.tag.endswith("script")]


def test_line_is_the_same_each_time():
    first, again = (
        indicator_line(series(1, None, 3), hue=HUE, size="small_multiple") for _ in range(2)
    )
    assert first == again
    assert " style=" not in first
