"""The eight by eight table narrowed, and numbers, arcs and dots that open what they count."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from framing.models import Aspiration, MomentAspiration
from spaces.models import Person
from spaces.permissions import Role
from tests import make
from valuecreation.cycles import Cycle
from valuecreation.models import Moment
from valuecreation.summaries import tallies

pytestmark = pytest.mark.django_db


def table(client, space, **chosen):
    """The numbers of the table that are not zero, by (from, to), with their addresses."""
    page = client.get(reverse("flow_matrix", args=[space.slug]), chosen)
    return {
        (row.cycle, goal): (cell.count, cell.href)
        for row in page.context["picture"].rows
        for goal, cell in zip(Cycle.values, row.cells, strict=True)
        if cell.count
    }


def opened(client, href):
    told = client.get(href).context["told"]
    return [(line.first.ref, line.second.ref) for line in told.lines], told.hidden


@pytest.fixture
def as_grace(client, circle):
    tallies.recount(circle)
    client.force_login(Person.objects.get(name__startswith="Grace"))
    return client


def test_whole_table_is_that_of_the_flows_page(as_grace, circle):
    rows = as_grace.get(reverse("valuecreation:flows", args=[circle.slug])).context["picture"].rows
    everywhere = {
        (row.cycle, goal): (cell.count, cell.href)
        for row in rows
        for goal, cell in zip(Cycle.values, row.cells, strict=True)
        if cell.count
    }
    assert table(as_grace, circle) == everywhere


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"kind": "strategic"},
        {"season": "2025-H2"},
        {"whose": "mine"},
        {"subtype": "tool", "kind": "applied"},
        {"season": "nonsense", "practice": "nobody's"},
    ],
)
def test_each_number_opens_as_many_flows(as_grace, circle, chosen):
    numbers = table(as_grace, circle, **chosen)
    for (origin, goal), (count, href) in numbers.items():
        lines, hidden = opened(as_grace, href)
        assert len(lines) + hidden == count
        for source, target in lines:
            ends = Moment.objects.get(ref=source), Moment.objects.get(ref=target)
            assert [one.cycle for one in ends] == [origin, goal]
    assert numbers or chosen


def test_table_is_narrowed_by_season_kind_hope_and_person(space, signed_in):
    ana = make.membership(space, make.person("Ana"), Role.PARTICIPANT)
    first = make.story(in_space=space, teller=ana, shared=True, cycles=["potential", "applied"])
    other = make.story(in_space=space, shared=True, cycles=["potential", "realized"])
    for told in (first, other):
        make.flow(*(step.moment for step in told.steps.order_by("order")))
    late = Moment.objects.filter(ref=f"{other.ref}.2")
    late.update(occurred_on=dt.date(2025, 8, 1), subtype="personal")
    one, two = ("potential", "applied"), ("potential", "realized")
    client = signed_in(ana.person)

    assert list(table(client, space)) == [one, two]
    assert list(table(client, space, season="2025-H2")) == [two]
    assert list(table(client, space, kind="applied")) == [one]
    assert list(table(client, space, subtype="personal")) == [two]
    assert list(table(client, space, whose="mine")) == [one]


def test_hope_finds_what_speaks_to_it(as_grace, circle):
    page = as_grace.get(reverse("flow_matrix", args=[circle.slug]))
    hopes = dict(page.context["form"].fields["hope"].choices)
    tie = MomentAspiration.objects.filter(aspiration__key__in=hopes).first()
    if tie is None:
        hope = Aspiration.objects.filter(key__in=hopes).first()
        moment = Moment.objects.get(ref="S1.2")
        tie = MomentAspiration.objects.create(moment=moment, aspiration=hope)
    found = table(as_grace, circle, hope=tie.aspiration.key)
    shown = {
        ref for _count, href in found.values() for pair in opened(as_grace, href)[0] for ref in pair
    }
    assert tie.moment.ref in shown


def test_practice_is_offered_only_where_it_stands_for_nobody(space, signed_in):
    tellers = [
        make.membership(space, make.person(), Role.PARTICIPANT, practice=practice)
        for practice in ["nurse"] * 5 + ["podiatrist"] * 4
    ]
    for teller in (tellers[0], tellers[-1]):
        told = make.story(
            in_space=space, teller=teller, shared=True, cycles=["potential", "applied"]
        )
        make.flow(*(step.moment for step in told.steps.order_by("order")))
    client = signed_in(tellers[0].person)
    page = client.get(reverse("flow_matrix", args=[space.slug]))
    assert [code for code, _ in page.context["form"].fields["practice"].choices] == ["", "nurse"]
    assert [count for count, _ in table(client, space, practice="nurse").values()] == [1]
    assert [count for count, _ in table(client, space, practice="podiatrist").values()] == [2]


def test_nothing_nameless_is_found_by_practice_and_no_way_leads_to_it(space, signed_in):
    nurses = [
        make.membership(space, make.person(), Role.PARTICIPANT, practice="nurse") for _ in range(5)
    ]
    cycles = ["potential", "applied"]
    hidden, told = (
        make.story(in_space=space, teller=nurse, shared=True, cycles=cycles) for nurse in nurses[:2]
    )
    make.flow(*(step.moment for step in hidden.steps.order_by("order")))
    make.flow(told.steps.get(order=1).moment, hidden.steps.get(order=2).moment)
    make.consent(hidden, "space", attribution="anonymous")
    client = signed_in(nurses[2].person)

    ((count, href),) = table(client, space).values()
    assert (count, len(opened(client, href)[0]), opened(client, href)[1]) == (2, 1, 1)
    assert table(client, space, practice="nurse") == {}
    assert table(signed_in(nurses[0].person), space, whose="mine") != {}


def test_arcs_and_dots_lead_to_what_they_count(as_grace, circle):
    page = as_grace.get(reverse("valuecreation:flows", args=[circle.slug])).text
    wide = page[page.index('class="wide"') :].partition("</svg>")[0]
    ways = {way.replace("&amp;", "&") for way in re.findall(r'<a href="([^"]+)"', wide)}
    assert f"/spaces/{circle.slug}/flows/matrix/potential/applied/" in ways
    assert f"/spaces/{circle.slug}/stories/?cycle=applied&counted=happened" in ways
    assert {as_grace.get(way).status_code for way in ways} == {200}
    kept = as_grace.get(reverse("valuecreation:flow_svg", args=[circle.slug])).content
    assert b"<a " not in kept
