"""Indicators: derived in one step, tended, defined anew, shown as small multiples, linked."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation import actions
from evaluation.forms.kinds import levels_written
from evaluation.models import Indicator, IndicatorState
from evaluation.presentation.indicator_words import from_to, levels_of, number
from evaluation.series import SeriesPoint
from evaluation.series_rows import indicator_row, shown_row, with_gaps
from framing.models import SignToWatch
from spaces.permissions import Role
from tests import make
from tests.evaluation import make_signs as signs
from tests.pages import reading_only
from valuecreation.cycles import Cycle

pytestmark = pytest.mark.django_db
BASE = {
    "name": "Tested within 14 days",
    "direction": "up",
    "target_kind": "none",
    "baseline_known": "not_known",
}
KINDS = {
    "count": ({"count_baseline": "3", "count_target": "9"}, 3, 9),
    "ratio": (
        {"ratio_baseline": "22", "ratio_baseline_of": "71", "ratio_target": "75"},
        [22, 71],
        75,
    ),
    "scale": (
        {"scale_min": "1", "scale_max": "5", "scale_baseline": "2.5", "scale_target": "4"},
        2.5,
        4,
    ),
    "rubric": (
        {"rubric_levels": "0 none\n1 some", "rubric_baseline": "0", "rubric_target": "1"},
        0,
        1,
    ),
    "text": ({"text_baseline": "Nobody asks."}, "Nobody asks.", None),
    "yes_no": ({"yes_no_baseline": "no", "yes_no_target": "yes"}, False, True),
}


def url(name, space, *args, **query):
    address = reverse(f"evaluation:{name}", args=[space.slug, *args])
    return f"{address}?{'&'.join(f'{k}={v}' for k, v in query.items())}" if query else address


def facilitator(space):
    return make.member(space, Role.FACILITATOR)


# --- deriving ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_indicator_of_every_kind_is_derived_in_one_step(kind, space, signed_in):
    hope = signs.hope(signs.version(space), Cycle.REALIZED)
    own, baseline, target = KINDS[kind]
    words = BASE | own | {"kind": kind, "aspiration": hope.pk, "baseline_known": "known"}
    words["target_kind"] = "agreed" if target is not None else "none"
    response = signed_in(facilitator(space)).post(url("derive", space), words)
    made = Indicator.objects.get()
    assert response["Location"] == url("indicator", space, made.ref)
    assert (made.kind, made.cycle, made.aspiration) == (kind, Cycle.REALIZED, hope)
    assert (made.baseline, made.target, made.ref) == (baseline, target, "I1")


def test_derive_page_names_the_hope_and_asks_the_three_prompts(space, signed_in):
    hope = signs.hope(signs.version(space))
    client = signed_in(make.member(space))
    with reading_only():
        text = client.get(url("derive", space, aspiration=hope.pk)).text
    assert hope.text in text
    assert "If this came true, what would be different on an ordinary Tuesday?" in text
    assert "What do you already look at?" in text
    assert "What would make you change your mind?" in text


def test_sign_that_warns_becomes_an_indicator_that_warns(space, signed_in):
    hope = signs.hope(signs.version(space))
    sign = SignToWatch.objects.create(
        version=hope.version, aspiration=hope, text="Compression comes off", warns=True
    )
    client = signed_in(facilitator(space))
    form = client.get(url("derive", space, sign=sign.pk)).context["form"]
    assert form.initial["warns_of_harm"] is True
    words = BASE | {"kind": "count", "aspiration": hope.pk, "warns_of_harm": "on"}
    client.post(url("derive", space, sign=sign.pk), words)
    made = Indicator.objects.get()
    assert (made.sign_to_watch, made.aspiration, made.warns_of_harm) == (sign, hope, True)


def test_hope_or_sign_of_another_space_is_not_there(space, signed_in):
    foreign = signs.hope(signs.version(make.space()))
    client = signed_in(facilitator(space))
    assert client.get(url("derive", space, aspiration=foreign.pk)).status_code == 404
    assert client.get(url("derive", space, sign="1x")).status_code == 404
    client.post(url("derive", space), BASE | {"kind": "count", "aspiration": foreign.pk})
    assert not Indicator.objects.exists()


def test_next_free_number_follows_the_highest(space):
    signs.indicator(space, ref="I7")
    signs.indicator(space, ref="IX")
    me = signs.here(space, facilitator(space))
    made = actions.derive_indicator(
        space=space, by=me, cycle="applied", name="One more", kind="count"
    )
    assert made.ref == "I8"


def test_faults_of_other_kinds_do_not_matter(space, signed_in):
    words = BASE | {"kind": "count", "cycle": "applied", "scale_min": "abc", "ratio_target": "x"}
    signed_in(facilitator(space)).post(url("derive", space), words)
    assert Indicator.objects.get().scale_min is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "count", "baseline_known": "known"}, "count_baseline"),
        ({"kind": "count", "count_baseline": "4"}, "baseline_known"),
        ({"kind": "count", "target_kind": "agreed"}, "target_kind"),
        ({"kind": "ratio", "ratio_baseline": "9", "ratio_baseline_of": "4",
          "baseline_known": "known"}, "ratio_baseline"),
        ({"kind": "ratio", "ratio_target": "101", "target_kind": "agreed"}, "ratio_target"),
        ({"kind": "scale", "scale_min": "5", "scale_max": "1"}, "scale_max"),
        ({"kind": "scale"}, "scale_max"),
        ({"kind": "rubric", "rubric_levels": "0 none"}, "rubric_levels"),
        ({"kind": "rubric", "rubric_levels": "none"}, "rubric_levels"),
        ({"kind": "rubric", "rubric_levels": "0 none\n1 some", "rubric_target": "7",
          "target_kind": "hoped"}, "rubric_target"),
        ({"kind": "count", "cycle": ""}, "aspiration"),
        ({"kind": "parrot"}, "kind"),
        ({"kind": "count", "name": ""}, "name"),
        ({"kind": "count", "name": "\x00"}, "name"),
    ],
)  # fmt: skip
def test_fault_stands_beside_its_field_and_keeps_every_word(wrong, field, space, signed_in):
    words = BASE | {"cycle": "applied", "unit": "among the three teams"} | wrong
    response = signed_in(facilitator(space)).post(url("derive", space), words)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert "among the three teams" in response.text
    assert not Indicator.objects.exists()


def test_sponsor_and_stranger_derive_nothing(space, signed_in):
    assert signed_in(make.member(space, Role.SPONSOR)).get(url("derive", space)).status_code == 403
    assert signed_in(make.person()).get(url("derive", space)).status_code == 404


def test_derived_twice_with_one_key_is_stored_once(space, signed_in):
    client = signed_in(facilitator(space))
    words = BASE | {"kind": "count", "cycle": "applied", "once": "abc"}
    for _ in range(2):
        client.post(url("derive", space), words)
    assert Indicator.objects.count() == 1


@given(st.text(max_size=80))
@settings(max_examples=100)
def test_any_text_is_levels_or_a_sentence(text):
    try:
        levels = levels_written(text)
    except ValidationError as fault:
        assert fault.messages
    else:
        assert all(level.isdecimal() and words for level, words in levels.items())


# --- tending and defining anew -------------------------------------------------------------


def test_changed_definition_starts_a_new_indicator_linked_to_the_old(space, signed_in):
    old = signs.indicator(space, aspiration=signs.hope(signs.version(space)))
    signs.observed(old, Q1=3)
    words = BASE | {"kind": "ratio", "name": "Within 10 days", "revision": old.revision}
    signed_in(facilitator(space)).post(url("redefine_indicator", space, old.ref), words)
    new = Indicator.objects.get(succeeds=old)
    old.refresh_from_db()
    assert (old.state, old.observations.count()) == (IndicatorState.RETIRED, 1)
    assert (new.name, new.kind, new.aspiration, new.cycle) == (
        "Within 10 days",
        "ratio",
        old.aspiration,
        old.cycle,
    )
    with pytest.raises(ValidationError):
        actions.set_indicator_state(
            old, by=signs.here(space, facilitator(space)), state=IndicatorState.ACTIVE
        )


def test_tending_leaves_the_meaning_alone(space, signed_in):
    old = signs.indicator(space, target=10, target_kind="hoped")
    words = {"frequency": "monthly", "target_value": "20", "target_kind": "agreed", "revision": 0}
    signed_in(facilitator(space)).post(url("change_indicator", space, old.ref), words)
    old.refresh_from_db()
    assert (old.frequency, old.target, old.target_kind) == ("monthly", 20, "agreed")
    with pytest.raises(ValidationError):
        actions.tend_indicator(
            old, by=signs.here(space, facilitator(space)), seen=old.revision, name="Other"
        )


def test_second_of_two_savings_is_told_and_loses_nothing(space, signed_in):
    sign = signs.indicator(space)
    client = signed_in(facilitator(space))
    client.post(
        url("change_indicator", space, sign.ref),
        {"source": "the record", "target_kind": "none", "revision": 0},
    )
    response = client.post(
        url("change_indicator", space, sign.ref),
        {"source": "my own words", "target_kind": "none", "revision": 0},
    )
    assert response.status_code == 200
    assert "my own words" in response.text
    assert "the record" in response.text
    sign.refresh_from_db()
    assert sign.source == "the record"


@pytest.mark.parametrize("state", IndicatorState)
def test_state_is_changed_on_the_page(state, space, signed_in):
    start = "paused" if state == IndicatorState.ACTIVE else "active"
    sign = signs.indicator(space, state=start)
    signed_in(facilitator(space)).post(
        url("set_indicator_state", space, sign.ref), {"state": state}
    )
    sign.refresh_from_db()
    assert sign.state == state


# --- showing -------------------------------------------------------------------------------


def test_periods_nobody_recorded_are_gaps(space):
    sign = signs.indicator(space)
    signs.observed(sign, Q1=3, Q2=None, Q4=5)
    row = indicator_row(sign, sign.observations.all())
    assert [(p.period, p.value) for p in with_gaps(row)] == [
        ("2026-Q1", 3),
        ("2026-Q2", None),
        ("2026-Q3", None),
        ("2026-Q4", 5),
    ]


def test_longer_period_is_hidden_where_a_hidden_part_could_be_worked_out(space):
    sign = signs.indicator(space, kind="ratio", counts_people=True)
    signs.observed(sign, Q1=[1, 3], Q2=[9, 20])
    year = {"period": "2026", "period_start": dt.date(2026, 1, 1)}
    sign.observations.create(value=[10, 23], period_end=dt.date(2026, 12, 31), **year)
    row = shown_row(sign, dt.date(2026, 12, 31), 5)
    assert [p for p in row.series if p.denominator] == [
        SeriesPoint("2026-Q2", numerator=9, denominator=20)
    ]


def test_longer_period_is_hidden_where_it_leaves_a_group_too_small(space):
    sign = signs.indicator(space, kind="ratio", counts_people=True)
    signs.observed(sign, Q1=[9, 20])
    year = {"period": "2026", "period_start": dt.date(2026, 1, 1)}
    sign.observations.create(value=[11, 23], period_end=dt.date(2026, 12, 31), **year)
    row = shown_row(sign, dt.date(2026, 12, 31), 5)
    assert [p.period for p in row.series if p.denominator] == ["2026-Q1"]
    open_row = shown_row(sign, dt.date(2026, 12, 31), 3)
    assert [p.period for p in open_row.series if p.denominator] == ["2026-Q1", "2026"]


def test_way_is_said_from_first_to_last_with_the_target(space):
    sign = signs.indicator(space, kind="ratio", baseline=[22, 71], target=75, target_kind="agreed")
    signs.observed(sign, Q1=[50, 79])
    row = indicator_row(sign, sign.observations.all())
    assert from_to(sign, row) == "From 31 % to 63.3 %; agreed 75 %."


def test_rubric_levels_are_read_however_they_are_stored(space):
    stored = [["none", "some"], {"0": "none", "1": "some"}]
    written = signs.indicator(space, kind="rubric", unit="0 none, 1 some")
    found = [levels_of(signs.indicator(space, kind="rubric", levels=levels)) for levels in stored]
    assert [*found, levels_of(written)] == [{0: "none", 1: "some"}] * 3


def test_numbers_are_written_without_needless_zeros():
    assert [number(n) for n in (20, 20.0, 0.5, 63.333, 12000)] == [
        "20", "20", "0.5", "63.33", "12,000",
    ]  # fmt: skip


def test_indicator_page_shows_counts_notes_corrections_and_who(space, signed_in):
    steward = make.membership(space, make.person("Grace"), Role.PARTICIPANT)
    sign = signs.indicator(space, kind="ratio", steward=steward, note="Two new machines in July")
    old, new = signs.observed(sign, Q1=[50, 80], Q2=[60, 80])
    old.superseded_by, old.correction_reason = new, "one counted twice"
    old.corrected_on = dt.date(2026, 5, 2)
    old.save()
    text = signed_in(make.member(space)).get(url("indicator", space, sign.ref)).text
    for words in ("60 of 80", "75 %", "Two new machines in July", "one counted twice", "Grace"):
        assert words in text


def test_small_figures_stand_nowhere_on_the_pages(space, signed_in):
    sign = signs.indicator(
        space, kind="ratio", counts_people=True, baseline=[2, 3], target=60, target_kind="hoped"
    )
    one, two = signs.observed(sign, Q1=[1, 4], Q2=[6, 10])
    one.superseded_by, one.correction_reason = two, "typing error"
    one.save()
    client = signed_in(facilitator(space))
    for address in (
        url("indicator", space, sign.ref),
        url("indicators", space),
        url("redefine_indicator", space, sign.ref),
        url("correct_observation", space, sign.ref, two.pk),
    ):
        text = client.get(address).text
        assert "1 of 4" not in text
        assert "2 of 3" not in text
        assert 'value="2"' not in text
    assert "6 of 10" in client.get(url("indicators", space)).text
    assert "too few people to show" in client.get(url("indicator", space, sign.ref)).text


def test_sponsor_reads_stewards_by_practice(space, signed_in):
    steward = make.membership(space, make.person("Grace"), Role.PARTICIPANT, practice="nurse")
    sign = signs.indicator(space, steward=steward)
    text = signed_in(make.member(space, Role.SPONSOR)).get(url("indicator", space, sign.ref)).text
    assert "a nurse" in text
    assert "Grace" not in text


def test_retired_indicators_are_shown_when_asked_for(space, signed_in):
    signs.indicator(space, name="An old sign", state="retired")
    signs.indicator(space, name="A sign in use")
    client = signed_in(make.member(space))
    assert "An old sign" not in client.get(url("indicators", space)).text
    assert "An old sign" in client.get(url("indicators", space, all=1)).text


@pytest.mark.parametrize("rows", [1, 3])
def test_indicator_pages_cost_the_same_for_one_and_for_three(
    rows, space, signed_in, django_assert_num_queries
):
    signs.version(space)
    for _ in range(rows):
        sign = signs.indicator(space, steward=make.membership(space))
        signs.observed(sign, Q1=1, Q2=2, Q3=3)
    for _ in range(rows):
        told = make.story(in_space=space, shared=True)
        signs.linked(told.steps.get().moment, sign)
    client = signed_in(make.member(space))
    with django_assert_num_queries(10):
        client.get(url("indicators", space))
    with django_assert_num_queries(13):
        client.get(url("indicator", space, sign.ref))
    with django_assert_num_queries(12):
        client.get(url("story_supports", space, told.public_id))
