"""Who may read what, asked of the table, of a value, of the graph and of the totals alike.

Every set of audiences that a teller can name meets every day before, on and after each of its
edges; the rule is written here a second time, by hand.
"""

import datetime as dt
import itertools

import pytest

from spaces.permissions import Role
from tests import make
from valuecreation.consent import AUDIENCE_FIELDS, Grant, at_least_as_open
from valuecreation.cycles import Audience
from valuecreation.loops.loading import graph_of
from valuecreation.models import (
    Attribution,
    Consent,
    Flow,
    Moment,
    Story,
    StoryState,
    StoryStep,
)
from valuecreation.summaries.deltas import rows_of_space

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 6, 15)
BEFORE, AFTER = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)
EDGES = [BEFORE, DAY, AFTER]
NAMED = [set(codes) for n in range(6) for codes in itertools.combinations(AUDIENCE_FIELDS, n)]
SPANS = [
    (given, last, ended)
    for given, last, ended in itertools.product(EDGES, [None, *EDGES], [None, *EDGES])
    if last is None or last >= given
]
LETTING_IN = {
    "space": {"space", "organisation", "partner_spaces", "public"},
    "organisation": {"organisation", "public"},
    "partner_spaces": {"partner_spaces", "public"},
    "public": {"public"},
}


def holds(given, last, ended):
    return given <= DAY and (last is None or last >= DAY) and (ended is None or ended > DAY)


@pytest.fixture
def chosen(space):
    return make.membership(space, make.person())


@pytest.fixture
def told(space, chosen):
    """A story with one moment for each consent there can be, and each pair of neighbours joined."""
    teller = make.membership(space, make.person())
    cases = list(itertools.product(NAMED, SPANS))
    stories = Story.objects.bulk_create(
        Story(
            space=space,
            ref=f"S{number}",
            title="Told",
            teller=teller,
            told_on=BEFORE,
            listed_on=BEFORE,
            state=StoryState.APPROVED,
        )
        for number, _ in enumerate(cases)
    )
    acts = Consent.objects.bulk_create(
        Consent(
            story=story,
            given_on=given,
            expires_on=last,
            withdrawn_on=ended,
            **{column: code in named for code, column in AUDIENCE_FIELDS.items()},
        )
        for story, (named, (given, last, ended)) in zip(stories, cases, strict=True)
    )
    through = Consent.named_people.through
    through.objects.bulk_create(
        through(consent=act, membership=chosen)
        for act, (named, _) in zip(acts, cases, strict=True)
        if "named_people" in named
    )
    for story, act in zip(stories, acts, strict=True):
        story.consent = act
    Story.objects.bulk_update(stories, ["consent"], batch_size=300)
    tell_moments(space, stories)
    return dict(zip((story.ref for story in stories), cases, strict=True))


def tell_moments(space, stories):
    """Each story has a moment of its own, and shares one with the next; flows join them all."""
    moments = Moment.objects.bulk_create(
        Moment(
            space=space,
            ref=f"{story.ref}{end}",
            cycle="applied",
            told_on=BEFORE,
            occurred_on=BEFORE,
            agent_word="group",
            text="We tried.",
        )
        for story in stories
        for end in (".own", ".shared")
    )
    places = []
    for number, story in enumerate(stories):
        own, shared = moments[2 * number : 2 * number + 2]
        places += [
            StoryStep(story=story, moment=own, order=1),
            StoryStep(story=story, moment=shared, order=2),
            StoryStep(story=stories[number - 1], moment=shared, order=3),
        ]
    StoryStep.objects.bulk_create(places)
    pairs = itertools.pairwise(moments)
    Flow.objects.bulk_create(Flow(space=space, source=one, target=two) for one, two in pairs)


def seen_by_hand(told, audience):
    """The stories that go to an audience, by the rule of the domain."""
    letting_in = LETTING_IN[audience]
    return {ref for ref, (named, span) in told.items() if holds(*span) and letting_in & named}


def moments_by_hand(told, stories):
    """The moments all of whose stories are among some."""
    refs = list(told)
    own = {f"{ref}.own" for ref in stories}
    return own | {
        f"{ref}.shared"
        for number, ref in enumerate(refs)
        if ref in stories and refs[number - 1] in stories
    }


def refs(rows):
    return set(rows.values_list("ref", flat=True))


def flow_refs(flows):
    return set(flows.values_list("source__ref", "target__ref"))


def joined(told, moments):
    every = [f"{ref}{end}" for ref in told for end in (".own", ".shared")]
    return {pair for pair in itertools.pairwise(every) if moments.issuperset(pair)}


def test_table_value_graph_and_totals_agree_for_every_audience(space, told):
    graph = graph_of(space).as_of(DAY)
    counted = {row: facts.audiences for row, facts in rows_of_space(space, DAY).story.items()}
    stories = list(Story.objects.in_space(space).select_related("consent"))
    for audience in Audience.values:
        expected = seen_by_hand(told, audience)
        moments = moments_by_hand(told, expected)
        seen = graph.for_audience(audience, DAY)

        assert 0 < len(expected) < len(told) and len(expected) < len(moments)
        assert refs(Story.objects.in_space(space).for_audience(audience, DAY)) == expected
        assert {story.ref for story in stories if story.goes_to(audience, DAY)} == expected
        assert {story.ref for story in seen.stories} == expected
        assert {s.ref for s in stories if audience in counted[s.pk]} == expected
        assert refs(Moment.objects.for_audience(audience, DAY, space=space)) == moments
        assert {moment.ref for moment in seen.moments} == moments
        flows = Flow.objects.for_audience(audience, DAY, space=space)
        assert flow_refs(flows) == joined(told, moments)


def test_members_and_sponsors_read_what_goes_to_them(space, told):
    for role, audience in [(Role.PARTICIPANT, "space"), (Role.SPONSOR, "organisation")]:
        person = make.member(space, role)
        expected = seen_by_hand(told, audience)
        moments = moments_by_hand(told, expected)

        assert refs(Story.objects.for_user(person, DAY)) == expected
        assert refs(Story.objects.for_reader(space, person, DAY)) == expected
        assert refs(Moment.objects.for_user(person, DAY)) == moments
        assert refs(Moment.objects.for_reader(space, person, DAY)) == moments
        assert flow_refs(Flow.objects.for_user(person, DAY)) == joined(told, moments)
        assert flow_refs(Flow.objects.for_reader(space, person, DAY)) == joined(told, moments)


def test_reader_of_one_space_is_given_nothing_of_another(space):
    """Not even what is for everybody, and where they are members of both."""
    elsewhere = make.space()
    story = make.story(in_space=elsewhere, shared=True, cycles=["potential", "applied"])
    make.consent(story, "public")
    make.flow(*(step.moment for step in story.steps.all()))
    reader = make.member(space)
    make.membership(elsewhere, reader, Role.PARTICIPANT)

    for rows in (Story.objects, Moment.objects, Flow.objects):
        assert rows.for_reader(elsewhere, reader).exists()
        assert not rows.for_reader(space, reader).exists()


def test_approved_story_without_any_consent_is_open_to_nobody_else(space):
    story = make.story(in_space=space, state=StoryState.APPROVED)
    teller, reader = story.teller.person, make.member(space)

    for person, own in [(teller, 1), (reader, 0)]:
        for rows in (Story.objects, Moment.objects):
            assert rows.for_user(person).count() == rows.for_reader(space, person).count() == own
    assert not Story.objects.for_audience("space", space.today).exists()
    assert not Moment.objects.for_audience("space", space.today, space=space).exists()


def test_moment_of_two_stories_goes_where_the_strictest_lets_it(space):
    reader, sponsor = make.member(space), make.member(space, Role.SPONSOR)
    wide, narrow = make.story(in_space=space, shared=True), make.story(in_space=space, shared=True)
    make.consent(wide, "public")
    moment = wide.steps.get().moment
    assert list(Moment.objects.for_reader(space, sponsor)) == [moment]
    StoryStep.objects.create(story=narrow, moment=moment, order=9)

    for person, seen in [(reader, True), (sponsor, False)]:
        assert Moment.objects.for_user(person).among([moment.pk]).exists() is seen
        assert Moment.objects.for_reader(space, person).among([moment.pk]).exists() is seen


def test_whoever_left_keeps_their_own_and_reads_nothing_else(space):
    story, other = make.story(in_space=space, shared=True), make.story(in_space=space, shared=True)
    person = story.teller.person
    story.teller.left_on = DAY
    story.teller.save()

    assert set(Story.objects.for_user(person)) == {story}
    assert set(Story.objects.for_reader(space, person)) == {story}
    assert other.steps.get().moment not in Moment.objects.for_user(person)


def test_whom_the_teller_chose_reads_what_names_them_and_nothing_else(space, told, chosen):
    expected = {
        ref for ref, (named, span) in told.items() if holds(*span) and named & {"named_people"}
    }
    grants = {
        ref: Grant(
            audience=frozenset(named),
            given_on=given,
            expires_on=last,
            withdrawn_on=ended,
            people=frozenset({chosen.pk}),
        )
        for ref, (named, (given, last, ended)) in told.items()
    }

    assert refs(Story.objects.for_user(chosen.person, DAY)) == expected
    assert refs(Story.objects.for_reader(space, chosen.person, DAY)) == expected
    assert {r for r, grant in grants.items() if grant.goes_to_member(chosen.pk, DAY)} == expected
    assert not any(grant.goes_to_member(chosen.pk + 1, DAY) for grant in grants.values())


def test_a_teller_reads_their_own_whatever_they_said(space, told):
    teller = Story.objects.in_space(space).first().teller.person
    everything = {f"{ref}{end}" for ref in told for end in (".own", ".shared")}

    assert refs(Story.objects.for_user(teller, DAY)) == set(told)
    assert refs(Story.objects.for_reader(space, teller, DAY)) == set(told)
    assert refs(Moment.objects.for_user(teller, DAY)) == everything


def test_a_grant_allows_what_it_says_and_nothing_more():
    grant = Grant(uses=frozenset({"report"}), attribution=Attribution.ROLE)

    assert grant.allows("report") and not grant.allows("quote")
    assert not grant.nameless and Grant(attribution=Attribution.ANONYMOUS).nameless
    assert grant.columns()["uses"] == ["report"]


@pytest.mark.parametrize(
    ("now", "before", "as_open"),
    [
        ("named", "named", True),
        ("named", "role", True),
        ("role", "named", False),
        ("anonymous", "pseudonym", False),
        ("pseudonym", "anonymous", True),
    ],
)
def test_attributions_are_ordered_from_open_to_closed(now, before, as_open):
    assert at_least_as_open(now, before) is as_open
