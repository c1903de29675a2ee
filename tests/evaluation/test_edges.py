"""Indicators at their edges, and the title of a dataset: read by the rules on every surface."""

import pytest
from django.urls import reverse

from evaluation import releases
from evaluation.matrix import ValueMatrix
from evaluation.models import Release
from evaluation.reports.formats import FORMATS, render
from evaluation.reports.pages.front import cover
from spacefile import reading
from spacefile.store import store
from spaces.permissions import Role
from tests import make
from tests.evaluation.reports import samples

FILE = """
as_of: 2026-11-01
space: {slug: edges, name: Edges, purpose: Figures at their edges., structure_kind: [team],
  governance: decentralized, state: active, boundary_policy: by_invitation,
  confidentiality_note: none, min_group_size: 5, rhythm: monthly,
  stall_after_days: {potential: 90, applied: 120, realized: 90, strategic: 60}}
participants:
  - {id: P01, name: Ana Alves, practice: nurse, joined: 2026-01-05, roles: [convener]}
indicators:
  - {id: I1, cycle: realized, name: Down to nought, kind: count, direction: down, unit: falls,
     target: 0, target_kind: agreed, frequency: quarterly, baseline: 4,
     obs: {2026-Q1: 4, 2026-Q2: 2, 2026-Q3: 0}}
  - {id: I2, cycle: applied, name: Baseline is the target, kind: count, direction: up, unit: visits,
     target: 10, target_kind: agreed, frequency: quarterly, baseline: 10,
     obs: {2026-Q1: 10, 2026-Q2: 12, 2026-Q3: 10}}
  - {id: I3, cycle: applied, name: Ratio with no cases, kind: ratio, direction: up, unit: "%",
     target: 50, target_kind: agreed, frequency: quarterly, baseline: [0, 0],
     obs: {2026-Q1: [0, 0], 2026-Q2: [0, 3], 2026-Q3: [3, 3]}}
  - {id: I5, cycle: enabling, name: Never seen, kind: count, direction: up, unit: x, target: 5,
     target_kind: agreed, frequency: quarterly, baseline: null, obs: {2026-Q1: null}}
stories: []
"""
VERDICTS = {
    "I1": ("moved_as_hoped", "reached"),
    "I2": ("no_movement", "reached"),
    "I3": ("moved_as_hoped", "reached"),
    "I5": ("no_verdict", None),
}


@pytest.fixture
def edges(db):
    document, faults = reading.read(FILE.encode(), name="edges.yaml")
    assert faults == []
    return store(document)


def release_of(space, **fields):
    return releases.release_of(
        Release(
            space=space, number=1, label="E-2026-1", audience="space", purpose="report",
            period_start=space.founded_on, period_end=space.today, as_of=space.today, **fields,
        )
    )  # fmt: skip


def test_matrix_page_and_release_read_edges_as_the_rules_do(edges, signed_in):
    release = release_of(edges)
    cells = [c for row in ValueMatrix.build(edges, audience="space").rows for c in row.cells]

    assert {c.row.ref: (c.verdict.movement, c.verdict.course) for c in cells} == VERDICTS
    assert {i.ref: (i.movement, i.course or None) for i in release.indicators} == VERDICTS
    client = signed_in(make.member(edges, Role.PARTICIPANT))
    for ref in VERDICTS:
        page = client.get(reverse("evaluation:indicator", args=[edges.slug, ref]))
        assert page.status_code == 200
    assert client.get(reverse("evaluation:matrix", args=[edges.slug])).status_code == 200


@pytest.mark.parametrize("code", FORMATS)
def test_every_format_prints_indicators_at_their_edges(edges, code):
    assert render(release_of(edges), code)


def test_title_stands_on_the_cover():
    assert cover(samples.small(title="A year of weirs"))["title"] == "A year of weirs"
    pdf = render(samples.small(title="A year of weirs"), "pdf")
    assert "A year of weirs" in samples.pdf_text(pdf)
