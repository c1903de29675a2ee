"""Observations: of every kind, missing said, corrected by superseding, recorded by whom."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation import actions
from evaluation.forms.observations import proposed_period
from evaluation.models import Indicator, Observation
from evaluation.rights import may_record
from evaluation.rules import cleaned
from spaces.permissions import Role
from spaces.revisions import Conflict
from tests import make
from tests.evaluation import make_signs as signs
from tests.pages import reading_only

pytestmark = pytest.mark.django_db
DEFINITIONS = {"scale": {"scale_min": 1, "scale_max": 5}, "rubric": {"levels": ["none", "some"]}}
TYPED = {
    "count": ({"value": "12"}, 12),
    "ratio": ({"part": "50", "whole": "79"}, [50, 79]),
    "scale": ({"value": "4.5"}, 4.5),
    "rubric": ({"value": "1"}, 1),
    "text": ({"value": "They ring us now."}, "They ring us now."),
    "yes_no": ({"value": "no"}, False),
}


def observe(space, sign):
    return reverse("evaluation:observe", args=[space.slug, sign.ref])


def correct(space, observation):
    args = [space.slug, observation.indicator.ref, observation.pk]
    return reverse("evaluation:correct_observation", args=args)


def facilitator(space):
    return make.member(space, Role.FACILITATOR)


# --- recording -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", TYPED)
def test_every_kind_is_recorded_from_its_own_fields(kind, space, signed_in):
    sign = signs.indicator(space, kind=kind, **DEFINITIONS.get(kind, {}))
    typed, stored = TYPED[kind]
    person = facilitator(space)
    words = typed | {"period": "2026-q1", "note": "late", "other_influences": "a new machine"}
    signed_in(person).post(observe(space, sign), words)
    seen = Observation.objects.get()
    assert (seen.value, seen.period, seen.period_end) == (stored, "2026-Q1", dt.date(2026, 3, 31))
    assert (seen.note, seen.other_influences) == ("late", "a new machine")
    assert (seen.collected_by, seen.collected_on) == (signs.here(space, person), space.today)


@pytest.mark.parametrize("kind", TYPED)
def test_missing_is_said_and_stored_as_nothing(kind, space, signed_in):
    sign = signs.indicator(space, kind=kind, **DEFINITIONS.get(kind, {}))
    client = signed_in(facilitator(space))
    assert client.post(observe(space, sign), {"period": "2026-Q1"}).status_code == 200
    assert not Observation.objects.exists()
    client.post(observe(space, sign), {"period": "2026-Q1", "missing": "on"})
    assert Observation.objects.get().value is None


@pytest.mark.parametrize(
    ("kind", "words", "field"),
    [
        ("ratio", {"part": "9", "whole": "4"}, "whole"),
        ("ratio", {"part": "9"}, "whole"),
        ("ratio", {"part": "-1", "whole": "4"}, "part"),
        ("count", {"value": "-1"}, "value"),
        ("count", {"value": "NaN"}, "value"),
        ("count", {"value": "9" * 40}, "value"),
        ("scale", {"value": "6"}, "value"),
        ("rubric", {"value": "7"}, "value"),
        ("text", {"value": "\x07"}, "value"),
        ("count", {"value": "3", "missing": "on"}, "missing"),
        ("count", {"value": "3", "period": "2026-Q5"}, "period"),
        ("count", {"value": "3", "period": "2026-02-30"}, "period"),
        ("count", {"value": "3", "period": "0001"}, "period"),
        ("count", {"value": "3", "period": "9999"}, "period"),
        ("count", {"value": "3", "period": ""}, "period"),
        ("count", {"value": "3", "collected_on": "9999-01-01"}, "collected_on"),
    ],
)
def test_fault_stands_beside_its_field_and_text_survives(kind, words, field, space, signed_in):
    sign = signs.indicator(space, kind=kind, **DEFINITIONS.get(kind, {}))
    sent = {"period": "2026-Q1", "note": "what I had written"} | words
    response = signed_in(facilitator(space)).post(observe(space, sign), sent)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert "what I had written" in response.text
    assert not Observation.objects.exists()


def test_recorded_period_is_not_recorded_twice_and_the_way_to_correct_it_is_shown(space, signed_in):
    sign = signs.indicator(space)
    [first] = signs.observed(sign, Q1=3)
    response = signed_in(facilitator(space)).post(
        observe(space, sign), {"period": "2026-Q1", "value": "4", "note": "my words"}
    )
    assert "my words" in response.text
    assert correct(space, first) in response.text
    assert Observation.objects.get() == first


def test_retired_indicator_is_recorded_no_more(space):
    sign = signs.indicator(space, state="retired")
    with pytest.raises(ValidationError):
        actions.record_observation(
            sign, by=signs.here(space, facilitator(space)), period="2026", value=3
        )


def test_next_period_is_proposed(space):
    day = dt.date(2026, 5, 10)
    assert proposed_period(signs.indicator(space), day) == "2026-Q2"
    assert proposed_period(signs.indicator(space, frequency="every month"), day) == "2026-05"
    sign = signs.indicator(space)
    signs.observed(sign, Q1=3)
    assert proposed_period(sign, day) == "2026-Q2"
    assert proposed_period(sign, dt.date(2026, 3, 31)) == ""


# --- who may -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.PARTICIPANT, False),
        (Role.FACILITATOR, True),
        (Role.CONVENER, False),
        (Role.EVALUATOR, True),
        (Role.SPONSOR, False),
    ],
)
def test_facilitator_and_evaluator_record_any_observation(role, may, space, signed_in):
    sign = signs.indicator(space)
    person = make.member(space, role)
    assert may_record(person, sign) is may
    assert signed_in(person).get(observe(space, sign)).status_code == (200 if may else 403)


def test_steward_records_their_own_indicator_and_no_other(space, signed_in):
    person = make.member(space)
    own = signs.indicator(space, steward=signs.here(space, person))
    other = signs.indicator(space)
    client = signed_in(person)
    client.post(observe(space, own), {"period": "2026-Q1", "value": "3"})
    assert Observation.objects.get().indicator == own
    assert client.get(observe(space, other)).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.record_observation(other, by=signs.here(space, person), period="2026-Q1", value=3)


def test_steward_who_has_left_records_nothing(space, signed_in):
    person = make.member(space)
    here = signs.here(space, person)
    sign = signs.indicator(space, steward=here)
    here.left_on = dt.date(2025, 2, 1)
    here.save()
    assert not may_record(person, Indicator.objects.get(pk=sign.pk))
    assert signed_in(person).get(observe(space, sign)).status_code == 404


def test_indicator_of_another_space_is_not_there(space, signed_in):
    foreign = signs.indicator(make.space(), ref="I9")
    assert signed_in(facilitator(space)).get(observe(space, foreign)).status_code == 404


# --- correcting ----------------------------------------------------------------------------


def test_correction_supersedes_and_keeps_what_stood_there(space, signed_in):
    sign = signs.indicator(space)
    [first] = signs.observed(sign, Q1=3)
    client = signed_in(facilitator(space))
    with reading_only():
        assert 'value="3"' in client.get(correct(space, first)).text
    client.post(correct(space, first), {"value": "4", "reason": "one was left out"})
    first.refresh_from_db()
    newest = sign.observations.current().get()
    assert (first.value, first.superseded_by, first.correction_reason) == (
        3,
        newest,
        "one was left out",
    )
    assert (newest.value, newest.period, first.corrected_on) == (4, "2026-Q1", space.today)


def test_correction_needs_a_reason(space, signed_in):
    [first] = signs.observed(signs.indicator(space), Q1=3)
    response = signed_in(facilitator(space)).post(correct(space, first), {"value": "4"})
    assert "reason" in response.context["form"].errors
    assert 'value="4"' in response.text
    with pytest.raises(ValidationError):
        actions.correct_observation(
            first, by=signs.here(space, facilitator(space)), value=4, reason=" "
        )


def test_second_of_two_corrections_is_told_and_may_go_on_from_the_first(space, signed_in):
    sign = signs.indicator(space)
    [first] = signs.observed(sign, Q1=3)
    me = facilitator(space)
    theirs = actions.correct_observation(
        first, by=signs.here(space, me), value=4, reason="one was left out"
    )
    client = signed_in(me)
    mine = {"value": "5", "reason": "two were left out"}
    response = client.post(correct(space, first), mine)
    assert "Somebody else corrected this" in response.text
    assert 'value="5"' in response.text
    assert correct(space, theirs) in response.text
    with pytest.raises(Conflict):
        actions.correct_observation(first, by=signs.here(space, me), value=5, reason="again")
    client.post(correct(space, theirs), mine)
    assert sign.observations.current().get().value == 5
    assert sign.observations.count() == 3


# --- values --------------------------------------------------------------------------------

anything = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5),
    st.lists(st.one_of(st.integers(), st.floats(), st.none()), max_size=3),
)  # fmt: skip


@given(st.sampled_from(list(TYPED)), anything)
@settings(max_examples=200)
def test_any_value_is_stored_safely_or_refused_in_a_sentence(kind, value):
    sign = Indicator(kind=kind, **DEFINITIONS.get(kind, {}))
    try:
        kept = cleaned(sign, value)
    except ValidationError as fault:
        assert fault.messages
        return
    if kind == "ratio" and kept:
        assert 0 <= kept[0] <= kept[1]
    if kind in ("count", "scale") and kept is not None:
        assert kept >= 0
    if kind == "yes_no":
        assert kept in (None, True, False)
