"""Flags and cross-reference readings of the matrix: one test for each row of the tables."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.coverage import (
    CycleCounts,
    LinkedStories,
    MatrixFlag,
    MatrixReading,
    reading_of,
    readings_of_cycle,
    remarks_on_all,
    remarks_on_cycle,
)
from evaluation.series import IndicatorRow, SeriesPoint

DAY = dt.date(2025, 12, 31)
TWO = LinkedStories(stories=2, tellers=2, helped=2)
NONE = LinkedStories()


def indicator(*values, direction="up", target=None, ref="I1", **fields):
    series = tuple(
        SeriesPoint(f"2025-Q{quarter}", value) for quarter, value in enumerate(values, start=1)
    )
    return IndicatorRow(ref, "applied", "count", direction, target, series=series, **fields)


def flags(told=CycleCounts(), rows=(), *, hoped=True, day=DAY):  # noqa: B008
    return {remark.flag for remark in remarks_on_cycle(told, rows, day, hoped=hoped)}


def read(row, linked):
    return [remark.reading for remark in reading_of(row, linked)]


# --- the table of cross-references ---------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "linked", "reading"),
    [
        ((10, 20), TWO, [MatrixReading.CONTRIBUTION]),
        ((10, 20), NONE, [MatrixReading.UNEXPLAINED]),
        ((10, 10), LinkedStories(stories=1, tellers=1, helped=1), [MatrixReading.LOCAL]),
        ((20, 10), NONE, [MatrixReading.HARM]),
        ((20, 10), TWO, [MatrixReading.HARM]),
        (
            (10, 20),
            LinkedStories(2, 2, helped=1, did_not=1),
            [MatrixReading.CONTRIBUTION, MatrixReading.CONDITIONS],
        ),
        ((), LinkedStories(2, 2, helped=1, did_not=1), [MatrixReading.CONDITIONS]),
        ((10, 20), LinkedStories(stories=2, tellers=1, helped=2), []),
        ((10, 10), NONE, []),
        ((), NONE, []),
    ],
)
def test_indicator_beside_stories_reads_as_the_table_says(values, linked, reading):
    assert read(indicator(*values), linked) == reading


def test_indicator_that_warns_moves_the_wrong_way_when_it_rises():
    warning = indicator(1, 4, direction="down", warns_of_harm=True)
    assert read(warning, NONE) == [MatrixReading.HARM]


def test_one_story_does_not_contradict_itself():
    assert read(indicator(), LinkedStories(stories=1, tellers=1, helped=1, did_not=1)) == []


def test_recurring_stories_without_indicator_are_emergent_value():
    told = CycleCounts(positive=2, stories=2, tellers=2)
    assert [r.reading for r in readings_of_cycle(told, 0)] == [MatrixReading.EMERGENT]
    assert readings_of_cycle(told, 1) == []
    assert readings_of_cycle(CycleCounts(positive=2, stories=2, tellers=1), 0) == []


def test_contradicting_stories_without_indicator_ask_for_conditions():
    told = CycleCounts(positive=1, nil=1, stories=2, tellers=1)
    assert [r.reading for r in readings_of_cycle(told, 0)] == [MatrixReading.CONDITIONS]


def test_every_reading_has_its_prompt():
    found = reading_of(indicator(20, 10), NONE)[0]
    assert (found.about, str(found.prompt)) == ("I1", "Talk now, not at year end.")
    assert str(MatrixReading.CONTRIBUTION.label) == "plausible contribution"


# --- the gap flags of a row ----------------------------------------------------------------


def test_cycle_with_a_hope_and_nothing_else_has_no_data():
    assert flags() == {MatrixFlag.NO_DATA}
    assert flags(hoped=False) == set()
    assert MatrixFlag.NO_DATA in flags(rows=[indicator(None)])
    assert MatrixFlag.NO_DATA not in flags(rows=[indicator(1)])


def test_indicator_without_story_is_flagged():
    assert flags(rows=[indicator(1)]) == {MatrixFlag.INDICATOR_NO_STORY}


def test_stories_without_indicator_are_flagged():
    assert flags(CycleCounts(positive=5, stories=5)) == {MatrixFlag.STORY_NO_INDICATOR}


@pytest.mark.parametrize(("stories", "few"), [(0, False), (1, True), (2, True), (3, False)])
def test_fewer_than_three_stories_are_few(stories, few):
    assert (MatrixFlag.FEW_STORIES in flags(CycleCounts(stories=stories))) is few
    assert MatrixFlag.FEW_STORIES not in flags(CycleCounts(stories=stories), hoped=False)


@pytest.mark.parametrize(
    ("stories", "sites", "one"), [(3, 1, True), (3, 2, False), (3, None, False), (1, 1, False)]
)
def test_stories_from_one_site_only_are_flagged(stories, sites, one):
    assert (MatrixFlag.ONE_SITE in flags(CycleCounts(stories=stories, sites=sites))) is one


@pytest.mark.parametrize(
    ("day", "stale"), [(dt.date(2027, 1, 1), False), (dt.date(2027, 1, 2), True)]
)
def test_last_value_is_stale_after_24_months(day, stale):
    assert (MatrixFlag.STALE in flags(rows=[indicator(1)], day=day)) is stale


def test_baseline_is_stale_after_24_months():
    old = indicator(1, baseline=SeriesPoint(value=1), baseline_on=dt.date(2023, 12, 30))
    assert MatrixFlag.STALE in flags(rows=[old])


def test_hopes_past_their_day_are_counted():
    remark = remarks_on_cycle(CycleCounts(hoped=3, waiting=2), [], DAY, hoped=False)
    assert [(r.flag, r.count) for r in remark] == [(MatrixFlag.HOPES_WAITING, 2)]


@pytest.mark.parametrize(
    ("last", "flag"),
    [(100, MatrixFlag.REACHED), (50, MatrixFlag.ON_COURSE), (49, MatrixFlag.BELOW)],
)
def test_way_to_the_target_is_said(last, flag):
    found = remarks_on_cycle(
        CycleCounts(stories=3), [indicator(0, last, target=100)], DAY, hoped=True
    )
    assert [(r.flag, r.about, r.well) for r in found] == [(flag, "I1", flag != MatrixFlag.BELOW)]


# --- the flags of the whole ----------------------------------------------------------------


def whole(told=(), rows=(), *, stories=0, agreed_on=DAY):
    found = remarks_on_all(told, rows, DAY, stories=stories, agreed_on=agreed_on)
    return {remark.flag for remark in found}


def test_ten_stories_and_nothing_bad_are_suspicious():
    harm = [indicator(warns_of_harm=True)]
    good = [CycleCounts(positive=30), CycleCounts(positive=5)]
    assert whole(good, harm, stories=10) == {MatrixFlag.SUSPICIOUS}
    assert whole(good, harm, stories=9) == set()
    for other in (CycleCounts(negative=1), CycleCounts(mixed=1), CycleCounts(nil=1)):
        assert whole([*good, other], harm, stories=10) == set()


def test_framing_over_twelve_months_is_old():
    harm = [indicator(warns_of_harm=True)]
    assert whole(rows=harm, agreed_on=dt.date(2024, 12, 30)) == {MatrixFlag.OLD_FRAMING}
    assert whole(rows=harm, agreed_on=dt.date(2024, 12, 31)) == set()
    assert whole(rows=harm, agreed_on=None) == {MatrixFlag.NO_FRAMING}


def test_no_indicator_that_warns_of_harm_is_flagged():
    assert whole(rows=[indicator(1)]) == {MatrixFlag.NO_HARM_INDICATOR}


# --- whatever the numbers ------------------------------------------------------------------

few = st.integers(0, 4)


@settings(max_examples=100)
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 40)), max_size=4),
    st.builds(LinkedStories, few, few, few, few),
    st.builds(CycleCounts, few, few, few, few, few, few, few, st.one_of(st.none(), few), few),
)
def test_a_row_never_says_two_things_that_exclude_each_other(values, linked, told):
    row = indicator(*values)
    said, marked = set(read(row, linked)), flags(told, [row])
    assert (
        len(
            said
            & {
                MatrixReading.CONTRIBUTION,
                MatrixReading.UNEXPLAINED,
                MatrixReading.LOCAL,
                MatrixReading.HARM,
            }
        )
        < 2
    )
    assert not {MatrixFlag.INDICATOR_NO_STORY, MatrixFlag.STORY_NO_INDICATOR} <= marked
    assert not {MatrixFlag.NO_DATA, MatrixFlag.FEW_STORIES} <= marked
    assert MatrixFlag.STORY_NO_INDICATOR not in marked  # an indicator stands in the row
