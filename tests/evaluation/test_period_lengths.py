"""A year is not read as a quarter: refused in words by every door, and never measured."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from evaluation import actions
from evaluation.matrix import ValueMatrix
from evaluation.models import Observation
from evaluation.period_lengths import length_in_words
from evaluation.presentation.indicators import figures_today, present_indicator
from evaluation.series import Verdict, verdict_of
from learningspaces.lib.periods import period_days
from spacefile import reading
from spaces.permissions import Role
from spaces.presentation.viewer import Viewer
from tests import make
from tests.evaluation import make_signs as signs

REFUSED = "2026 is a year. Each figure of this indicator covers a quarter."


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("quarterly", "Q"),
        ("Every quarter", "Q"),
        ("vierteljährlich", "Q"),
        ("trimestral", "Q"),
        ("monthly", "month"),
        ("jeden Monat", "month"),
        ("half-yearly", "H"),
        ("halbjährlich", "H"),
        ("twice a year", "H"),
        ("once a year, in May", "year"),
        ("jährlich", "year"),
        ("annuel", "year"),
        ("daily", "day"),
        ("each session", ""),
        ("monthly, shown by the quarter", ""),
        ("", ""),
    ],
)
def test_words_for_how_often_tell_the_length_of_a_period(words, length):
    assert length_in_words(words) == length


def recorder(space):
    return make.membership(space, make.person(), Role.EVALUATOR, outside=True)


@pytest.mark.django_db
@pytest.mark.parametrize("said", [{"frequency": "quarterly"}, {"period_length": "Q"}])
def test_first_figure_of_another_length_than_the_indicator_says_is_refused(space, said):
    sign = signs.indicator(space, **said)
    with pytest.raises(ValidationError, match=REFUSED):
        actions.record_observation(sign, by=recorder(space), period="2026", value=45)
    actions.record_observation(sign, by=recorder(space), period="2026-Q1", value=4)


@pytest.mark.django_db
def test_form_and_api_refuse_a_year_among_quarters_in_words(space, signed_in):
    sign = signs.indicator(space, frequency="quarterly")
    client = signed_in(make.member(space, Role.EVALUATOR))

    form = client.post(
        reverse("evaluation:observe", args=[space.slug, sign.ref]), {"period": "2026", "value": 45}
    )
    api = client.post(
        reverse("api:observations", args=[space.slug, sign.ref]),
        {"period": "2026", "value": 45},
        content_type="application/json",
    )

    assert (form.status_code, api.status_code) == (200, 400)
    assert REFUSED in form.text
    assert REFUSED in api.json()["period"][0]
    assert not sign.observations.exists()


@pytest.mark.django_db
def test_length_changes_with_no_word_that_contradicts_the_figures(space):
    sign = signs.indicator(space, frequency="quarterly")
    signs.observed(sign, Q1=4)
    with pytest.raises(ValidationError, match="define it anew"):
        actions.tend_indicator(sign, by=recorder(space), seen=0, frequency="monthly")


def stored_as(sign, period, value):
    first, last = period_days(period)
    return Observation.objects.create(
        indicator=sign, period=period, value=value, period_start=first, period_end=last
    )


@pytest.mark.django_db
def test_year_that_stands_among_quarters_is_measured_against_nothing(space, signed_in):
    sign = signs.indicator(space, frequency="quarterly", target=24, baseline=6)
    stored_as(sign, "2026", 45)
    stored_as(sign, "2026-Q2", 20)
    stored_as(sign, "2026-Q3", 5)
    verdict = Verdict("moved_wrong_way", "below")
    cell = next(
        cell for row in ValueMatrix.build(space, audience="space").rows for cell in row.cells
    )
    shown = present_indicator(Viewer(space, audience="space"), figures_today(_viewer(space), sign))

    assert verdict_of(cell.row) == cell.verdict == verdict
    assert (shown.movement, shown.course) == (verdict.movement, verdict.course)
    page = signed_in(make.member(space)).get(
        reverse("evaluation:indicator", args=[space.slug, sign.ref])
    )
    assert "Moved the wrong way, below target." in page.text


def _viewer(space):
    return Viewer(space, audience="space")


FILE = """
as_of: 2026-11-01
space: {slug: mixed, name: Mixed, purpose: A year is not a quarter., structure_kind: [team],
  governance: decentralized, state: active, boundary_policy: by_invitation,
  confidentiality_note: none, min_group_size: 5, rhythm: monthly,
  stall_after_days: {potential: 90, applied: 120, realized: 90, strategic: 60}}
participants:
  - {id: P01, name: Ana Alves, practice: nurse, joined: 2026-01-05, roles: [convener]}
indicators:
  - {id: I1, cycle: enabling, name: Protected hours, kind: count, direction: up, unit: hours,
     target: 24, target_kind: agreed, frequency: quarterly, steward: P01, source: rota,
     baseline: 6, obs: {%s}}
stories: []
"""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("obs", "faults"),
    [
        ("2026-Q2: 20, 2026-Q3: 5", []),
        ("2026-Q3: 20, 2026-Q4: 5, 2026: 45", ["2026"]),
        ("2025: 80, 2026-Q1: 6, 2026-Q2: 5, 2025-12: 2", ["2025", "2025-12"]),
        ("2026: 45", ["2026"]),
        ("2026-Q4: 5, 2027-Q1: 6", ["2027-Q1"]),
    ],
)
def test_file_names_each_figure_of_another_length_or_of_a_time_to_come(obs, faults):
    found, told = reading.read((FILE % obs).encode(), name="mixed.yaml")

    assert [fault.value for fault in told] == faults
    assert (found is None) == bool(faults)


@pytest.mark.django_db
def test_period_that_is_over_without_a_figure_is_a_gap_on_the_page(space, signed_in):
    sign = signs.indicator(space)
    signs.observed(sign, Q1=4)
    text = signed_in(make.member(space)).get(
        reverse("evaluation:indicator", args=[space.slug, sign.ref])
    )
    shown = present_indicator(_viewer(space), figures_today(_viewer(space), sign))

    assert dt.date(2026, 10, 1) <= space.today < dt.date(2026, 12, 31)
    assert [(one.period, one.missing) for one in shown.series] == [
        ("2026-Q1", False), ("2026-Q2", True), ("2026-Q3", True),
    ]  # fmt: skip
    assert "Over, and nothing is recorded for them: 2026-Q2 and 2026-Q3." in text.text
