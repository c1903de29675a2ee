"""Sixteen patterns of flows and loops, each by its own rule, kept as every audience sees them."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from spaces.models import Person
from spaces.permissions import Role
from tests import make
from tests.rows import graph_of, worked_example
from valuecreation.cycles import Cycle, Location
from valuecreation.loops import keeping, loading
from valuecreation.loops.graph import FlowRow, Graph, MomentRow
from valuecreation.loops.keeping_patterns import told_openly
from valuecreation.loops.patterns import BY_CODE, PATTERNS, patterns
from valuecreation.loops.readings import returns
from valuecreation.loops.veiling import veiled
from valuecreation.models import FlowKind, Moment, PatternReading
from valuecreation.presentation.lists import AudienceScope
from valuecreation.presentation.patterns import counted_patterns
from valuecreation.summaries import tallies

DAY = dt.date(2025, 12, 31)
SPACE = {
    "straight-through": {"S1.4": "S1.1", "S1.8": "S1.1", "S6.4": "S6.1"},
    "closed-loop": {
        "S1.5": "S1.4", "S1.9": "S1.8", "S10.2": "S10.1", "S10.5": "S10.4", "S5.4": "S5.3",
        "S6.5": "S6.4", "S7.5": "S7.3", "S8.4": "S8.2", "S9.5": "S9.4",
    },
    "practice-born": {"S10.3": "S10.1"},
    "spiral": {"S1.5": "S1.4", "S1.9": "S1.8", "S10.2": "S10.1", "S5.4": "S5.3"},
    "stalled-potential": {"S2.5": "S2.5", "S4.1": "S4.1"},
    "trial-without-a-look": {"S1.7": "S1.7"},
    "told-not-taken-up": {"S2.5": "S2.4"},
    "private-gain": {},
    "harm-loop": {"S5.4": "S5.3"},
    "upward-flow": {},
    "missing-condition": {"S4.1": "S4.1"},
    "orienting-detour": {"S2.2": "S2.1", "S8.1": "S5.5"},
    "identity-flow": {"S9.5": "S9.4"},
    "cross-space": {"S7.2": "S7.1"},
    "reframing-loop": {"S9.5": "S9.5"},
    "echo": {},
}  # fmt: skip
# For the organisation, which may not see S4 and S5, and for which S8.2 -> S8.4 is no learning loop.
ORGANISATION = SPACE | {
    "closed-loop": {
        moment: begun
        for moment, begun in SPACE["closed-loop"].items()
        if moment not in ("S5.4", "S8.4")
    },
    "spiral": {"S1.5": "S1.4", "S1.9": "S1.8", "S10.2": "S10.1"},
    "stalled-potential": {"S2.5": "S2.5"},
    "harm-loop": {},
    "missing-condition": {},
    "orienting-detour": {"S2.2": "S2.1"},
}


@pytest.mark.parametrize(
    ("audience", "expected"), [("space", SPACE), ("organisation", ORGANISATION)]
)
def test_worked_example_shows_these_patterns(audience, expected):
    graph = graph_of(worked_example()).as_of(DAY).for_audience(audience, DAY)
    assert patterns(graph, DAY) == expected


def test_there_are_sixteen_each_with_words_and_a_way_of_its_own():
    assert len(PATTERNS) == len(BY_CODE) == 16
    assert len({str(pattern.name) for pattern in PATTERNS}) == 16
    assert all(pattern.says and pattern.move and pattern.button for pattern in PATTERNS)
    assert len({pattern.find for pattern in PATTERNS}) == 16


# --- each rule by itself ---------------------------------------------------------------------


def moment(ref, cycle, on="2025-03-01", **fields):
    about = {
        "stories": (), "polarity": "positive", "status": "actual", "precision": "day", "due": None,
        "told_on": dt.date(2025, 3, 1), "location": "in_practice", "other_space": None,
        "agent": "P1", "for_whom": "P1", "audience": frozenset({"space"}),
    }  # fmt: skip
    return MomentRow(ref=ref, cycle=cycle, on=dt.date.fromisoformat(on), **about | fields)


def shown(code, moments, *flows, day=dt.date(2025, 3, 2)):
    rows = [
        FlowRow(source, target or None, kind, status, **dict(more))
        for source, target, kind, status, *more in (
            (*ends, "forward", "happened") if len(ends) == 2 else ends for ends in flows
        )
    ]
    return patterns(Graph((), tuple(moments), tuple(rows)), day)[code]


def test_upward_flow_is_a_difference_that_became_an_argument_and_made_room():
    rows = [moment("A", "realized"), moment("B", "strategic"), moment("C", "enabling")]
    assert shown("upward-flow", rows, ("A", "B"), ("B", "C")) == {"C": "A"}
    assert shown("upward-flow", rows, ("A", "C"), ("B", "C")) == {}


def test_private_gain_is_a_difference_of_which_nobody_told_what_came_back():
    rows = [moment("A", "realized"), moment("B", "realized"), moment("C", "immediate")]
    later = dt.date(2025, 9, 1)
    assert shown("private-gain", rows, ("B", "C"), day=later) == {"A": "A"}
    assert shown("private-gain", rows, ("B", "C")) == {}


def test_echo_is_one_evening_after_the_other_for_months():
    rows = [
        moment("A", "immediate"),
        moment("B", "immediate", "2025-04-10"),
        moment("C", "immediate", "2025-05-20"),
        moment("D", "immediate", "2025-03-20"),
    ]
    day = dt.date(2025, 6, 1)
    assert shown("echo", rows, ("A", "B"), ("B", "C"), ("A", "D"), day=day) == {"C": "A"}


def test_practice_born_needs_somebody_else_to_do_it():
    rows = [moment("A", "applied"), moment("B", "potential", location="in_space")]
    back = ("A", "B", "return", "happened")
    same, other = moment("C", "applied"), moment("C", "applied", agent="P2")
    assert shown("practice-born", [*rows, other], back, ("B", "C")) == {"C": "A"}
    assert shown("practice-born", [*rows, same], back, ("B", "C")) == {}


def test_missing_condition_is_a_block_that_is_taken_to_those_with_a_say():
    rows = [moment("A", "potential"), moment("B", "strategic"), moment("C", "applied")]
    blocked, asked = ("A", "", "forward", "blocked"), ("A", "B", "forward", "awaited")
    assert shown("missing-condition", rows, blocked, asked) == {"A": "A"}
    assert shown("missing-condition", rows, blocked) == {}
    assert shown("missing-condition", rows, asked) == {}


def test_identity_and_detour_are_known_by_the_cycles_they_join():
    rows = [moment("A", "orienting"), moment("B", "potential"), moment("C", "transformative")]
    assert shown("orienting-detour", rows, ("A", "B"), ("B", "C")) == {"B": "A"}
    assert shown("identity-flow", [*rows, moment("D", "applied")], ("B", "C")) == {}
    assert shown("identity-flow", [*rows, moment("D", "applied")], ("D", "C")) == {"C": "D"}


# --- kept ------------------------------------------------------------------------------------


@pytest.fixture
def read(circle):
    """The worked example with its patterns looked for, as the worker does."""
    tallies.recount(circle)
    keeping.read_due(circle)
    return circle


@pytest.mark.django_db
@pytest.mark.parametrize("audience", ["space", "organisation", "partner_spaces", "public"])
def test_kept_patterns_are_those_of_the_definitions(read, audience):
    """But that nobody follows a way out of a nameless teller's story, or into it."""
    day = read.today
    whole = veiled(loading.graph_of(read)).as_of(day)
    full, followed = (one.for_audience(audience, day) for one in (whole, told_openly(whole)))
    amounts = {(row["from"], row["to"]): row for row in returns(full)}
    wanted = patterns(followed, day, amounts)
    wanted |= {code: at for code, at in patterns(full, day).items() if BY_CODE[code].quiet}
    counted = counted_patterns(AudienceScope(read, audience, day))
    assert counted == {code: len(at) for code, at in wanted.items()}
    assert sum(counted.values()) > 0 or audience in ("partner_spaces", "public")


CHAIN = ["immediate", "potential", "applied", "realized", "strategic", "enabling"]


@pytest.mark.django_db
@given(data=st.data())
def test_a_change_is_felt_wherever_a_pattern_hangs_on_it(data, django_db_blocker):
    """Read again around what changed, and read anew: both keep the same."""
    space = make.space()
    moments = [
        make.moment(
            space,
            cycle=data.draw(st.sampled_from(CHAIN)),
            location=Location.IN_SPACE if data.draw(st.booleans()) else Location.IN_PRACTICE,
            agent_word=data.draw(st.sampled_from(["group", "other_group"])),
            loose_audience="space",
        )
        for _ in range(9)
    ]
    pairs = data.draw(
        st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda two: two[0] < two[1]))
    )
    kinds = st.sampled_from([FlowKind.FORWARD, FlowKind.RETURN])
    for source, target in sorted(pairs):
        felt: set[int] = set()
        ends = [moments[source], moments[target]]
        make.flow(*ends, kind=data.draw(kinds))
        changed = {one.pk for one in ends}
        keeping.reread(space, changed, felt=felt)
        keeping.reread_patterns(space, changed | keeping.ends_of(felt))
    kept = set(PatternReading.objects.in_space(space).values_list("moment", "pattern", "origin"))
    keeping.reread_patterns(space)
    anew = PatternReading.objects.in_space(space).values_list("moment", "pattern", "origin")
    assert kept == set(anew)
    assert keeping.reread_patterns(space) == 0


# --- on the page -----------------------------------------------------------------------------


def page(client, space, role="Tomasz", **where):
    client.force_login(Person.objects.get(name__startswith=role))
    return client.get(reverse("valuecreation:flows", args=[space.slug]))


@pytest.mark.django_db
def test_flows_page_explains_each_pattern_with_the_move_and_its_button(client, read):
    shown = page(client, read).context["patterns"]
    html = page(client, read).text
    assert [one.pattern.code for one in shown] == [pattern.code for pattern in PATTERNS]
    for one in shown:
        assert str(one.pattern.says) in html
        assert bool(one.href) == (one.pattern.way != "list" or one.seen > 0)
    for one in shown:
        if one.href:
            assert client.get(one.href).status_code == 200


@pytest.mark.django_db
def test_sponsor_reads_the_patterns_without_a_move(client, read):
    shown = {one.pattern.code: one for one in page(client, read, "Denise").context["patterns"]}
    assert (shown["harm-loop"].seen, shown["closed-loop"].seen) == (0, 7)
    assert {one.href for one in shown.values()} == {""}


@pytest.mark.django_db
@pytest.mark.parametrize("code", list(BY_CODE))
def test_number_of_a_pattern_opens_as_many_places(client, read, code):
    client.force_login(Person.objects.get(name__startswith="Tomasz"))
    seen = AudienceScope(read, "space", read.today)
    told = client.get(reverse("valuecreation:pattern", args=[read.slug, code])).context["told"]
    assert len(told.lines) == counted_patterns(seen)[code]


@pytest.mark.django_db
def test_nothing_leads_to_what_a_nameless_teller_tells(space):
    one = make.story(in_space=space, shared=True, cycles=[Cycle.ORIENTING])
    other = make.story(in_space=space, shared=True, cycles=[Cycle.POTENTIAL])
    make.flow(*Moment.objects.in_space(space).order_by("pk"))
    keeping.reread_patterns(space)
    assert PatternReading.objects.in_space(space).for_audience("space").counts() == {
        "orienting-detour": 1
    }
    make.consent(one, "space", attribution="anonymous")
    keeping.reread_patterns(space)
    assert PatternReading.objects.in_space(space).counts() == {}
    assert other.steps.count() == 1


@pytest.mark.django_db
def test_latest_closed_loop_is_shown_from_where_it_began_to_who_took_it_up(client, read):
    client.force_login(Person.objects.get(name__startswith="Grace"))
    address = reverse("valuecreation:loop_to_show", args=[read.slug])
    flow = Moment.objects.get(ref="S1.5").flows_in.get()
    loop = client.get(address, {"loop": flow.public_id}).context["loop"]
    assert [one.moment.ref for one in loop.way] == ["S1.1", "S1.2", "S1.3", "S1.4"]
    assert (loop.back.ref, [one.moment.ref for one in loop.taken_up]) == ("S1.5", ["S1.6"])
    seen, last = [], client.get(address).context["loop"]
    while last:
        seen.append(last.back.ref)
        last = last.older and client.get(address, {"loop": last.older}).context["loop"]
    assert set(seen) == {*SPACE["closed-loop"]} - {"S5.4"}  # told without a name: no way shown


@pytest.mark.django_db
def test_space_without_a_loop_says_what_will_be_there(signed_in, space):
    client = signed_in(make.member(space, Role.FACILITATOR))
    page = client.get(reverse("valuecreation:loop_to_show", args=[space.slug]))
    assert "No loop has closed yet." in page.text
