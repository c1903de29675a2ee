"""Flags and cross-reference readings of the matrix: one test for each row of the tables."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.coverage import (
    Flag,
    Linked,
    Reading,
    Told,
    reading_of,
    readings_of_cycle,
    remarks_on_all,
    remarks_on_cycle,
)
from evaluation.series import IndicatorRow, SeriesPoint

DAY = dt.date(2025, 12, 31)
TWO = Linked(stories=2, tellers=2, helped=2)
NONE = Linked()


def indicator(*values, direction="up", target=None, ref="I1", **fields):
    series = tuple(
        SeriesPoint(f"2025-Q{quarter}", value) for quarter, value in enumerate(values, start=1)
    )
    return IndicatorRow(ref, "applied", "count", direction, target, series=series, **fields)


def flags(told=Told(), rows=(), *, hoped=True, day=DAY):  # noqa: B008
    return {remark.flag for remark in remarks_on_cycle(told, rows, day, hoped=hoped)}


def read(row, linked):
    return [remark.reading for remark in reading_of(row, linked)]


# --- the table of cross-references ---------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "linked", "reading"),
    [
        ((10, 20), TWO, [Reading.CONTRIBUTION]),
        ((10, 20), NONE, [Reading.UNEXPLAINED]),
        ((10, 10), Linked(stories=1, tellers=1, helped=1), [Reading.LOCAL]),
        ((20, 10), NONE, [Reading.HARM]),
        ((20, 10), TWO, [Reading.HARM]),
        ((10, 20), Linked(2, 2, helped=1, did_not=1), [Reading.CONTRIBUTION, Reading.CONDITIONS]),
        ((), Linked(2, 2, helped=1, did_not=1), [Reading.CONDITIONS]),
        ((10, 20), Linked(stories=2, tellers=1, helped=2), []),
        ((10, 10), NONE, []),
        ((), NONE, []),
    ],
)
def test_indicator_beside_stories_reads_as_the_table_says(values, linked, reading):
    assert read(indicator(*values), linked) == reading


def test_indicator_that_warns_moves_the_wrong_way_when_it_rises():
    warning = indicator(1, 4, direction="down", warns_of_harm=True)
    assert read(warning, NONE) == [Reading.HARM]


def test_one_story_does_not_contradict_itself():
    assert read(indicator(), Linked(stories=1, tellers=1, helped=1, did_not=1)) == []


def test_recurring_stories_without_indicator_are_emergent_value():
    told = Told(positive=2, stories=2, tellers=2)
    assert [r.reading for r in readings_of_cycle(told, 0)] == [Reading.EMERGENT]
    assert readings_of_cycle(told, 1) == []
    assert readings_of_cycle(Told(positive=2, stories=2, tellers=1), 0) == []


def test_contradicting_stories_without_indicator_ask_for_conditions():
    told = Told(positive=1, nil=1, stories=2, tellers=1)
    assert [r.reading for r in readings_of_cycle(told, 0)] == [Reading.CONDITIONS]


def test_every_reading_has_its_prompt():
    found = reading_of(indicator(20, 10), NONE)[0]
    assert (found.about, str(found.prompt)) == ("I1", "Talk now, not at year end.")
    assert str(Reading.CONTRIBUTION.label) == "plausible contribution"


# --- the gap flags of a row ----------------------------------------------------------------


def test_cycle_with_a_hope_and_nothing_else_has_no_data():
    assert flags() == {Flag.NO_DATA}
    assert flags(hoped=False) == set()
    assert Flag.NO_DATA in flags(rows=[indicator(None)])
    assert Flag.NO_DATA not in flags(rows=[indicator(1)])


def test_indicator_without_story_is_flagged():
    assert flags(rows=[indicator(1)]) == {Flag.INDICATOR_NO_STORY}


def test_stories_without_indicator_are_flagged():
    assert flags(Told(positive=5, stories=5)) == {Flag.STORY_NO_INDICATOR}


@pytest.mark.parametrize(("stories", "few"), [(0, False), (1, True), (2, True), (3, False)])
def test_fewer_than_three_stories_are_few(stories, few):
    assert (Flag.FEW_STORIES in flags(Told(stories=stories))) is few
    assert Flag.FEW_STORIES not in flags(Told(stories=stories), hoped=False)


@pytest.mark.parametrize(
    ("stories", "sites", "one"), [(3, 1, True), (3, 2, False), (3, None, False), (1, 1, False)]
)
def test_stories_from_one_site_only_are_flagged(stories, sites, one):
    assert (Flag.ONE_SITE in flags(Told(stories=stories, sites=sites))) is one


@pytest.mark.parametrize(
    ("day", "stale"), [(dt.date(2027, 1, 1), False), (dt.date(2027, 1, 2), True)]
)
def test_last_value_is_stale_after_24_months(day, stale):
    assert (Flag.STALE in flags(rows=[indicator(1)], day=day)) is stale


def test_baseline_is_stale_after_24_months():
    old = indicator(1, baseline=SeriesPoint(value=1), baseline_on=dt.date(2023, 12, 30))
    assert Flag.STALE in flags(rows=[old])


def test_hopes_past_their_day_are_counted():
    remark = remarks_on_cycle(Told(hoped=3, waiting=2), [], DAY, hoped=False)
    assert [(r.flag, r.count) for r in remark] == [(Flag.HOPES_WAITING, 2)]


@pytest.mark.parametrize(
    ("last", "flag"), [(100, Flag.REACHED), (50, Flag.ON_COURSE), (49, Flag.BELOW)]
)
def test_way_to_the_target_is_said(last, flag):
    found = remarks_on_cycle(Told(stories=3), [indicator(0, last, target=100)], DAY, hoped=True)
    assert [(r.flag, r.about, r.well) for r in found] == [(flag, "I1", flag != Flag.BELOW)]


# --- the flags of the whole ----------------------------------------------------------------


def whole(told=(), rows=(), *, stories=0, agreed_on=DAY):
    found = remarks_on_all(told, rows, DAY, stories=stories, agreed_on=agreed_on)
    return {remark.flag for remark in found}


def test_ten_stories_and_nothing_bad_are_suspicious():
    harm = [indicator(warns_of_harm=True)]
    good = [Told(positive=30), Told(positive=5)]
    assert whole(good, harm, stories=10) == {Flag.SUSPICIOUS}
    assert whole(good, harm, stories=9) == set()
    for other in (Told(negative=1), Told(mixed=1), Told(nil=1)):
        assert whole([*good, other], harm, stories=10) == set()


def test_framing_over_twelve_months_is_old():
    harm = [indicator(warns_of_harm=True)]
    assert whole(rows=harm, agreed_on=dt.date(2024, 12, 30)) == {Flag.OLD_FRAMING}
    assert whole(rows=harm, agreed_on=dt.date(2024, 12, 31)) == set()
    assert whole(rows=harm, agreed_on=None) == {Flag.NO_FRAMING}


def test_no_indicator_that_warns_of_harm_is_flagged():
    assert whole(rows=[indicator(1)]) == {Flag.NO_HARM_INDICATOR}


# --- whatever the numbers ------------------------------------------------------------------

few = st.integers(0, 4)


@settings(max_examples=100)
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 40)), max_size=4),
    st.builds(Linked, few, few, few, few),
    st.builds(Told, few, few, few, few, few, few, few, st.one_of(st.none(), few), few),
)
def test_a_row_never_says_two_things_that_exclude_each_other(values, linked, told):
    row = indicator(*values)
    said, marked = set(read(row, linked)), flags(told, [row])
    assert len(said & {Reading.CONTRIBUTION, Reading.UNEXPLAINED, Reading.LOCAL, Reading.HARM}) < 2
    assert not {Flag.INDICATOR_NO_STORY, Flag.STORY_NO_INDICATOR} <= marked
    assert not {Flag.NO_DATA, Flag.FEW_STORIES} <= marked
    assert Flag.STORY_NO_INDICATOR not in marked  # an indicator stands in the row
