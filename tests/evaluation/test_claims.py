"""Contribution claims: what a strong one needs is checked; what one may not read stays hidden."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from evaluation import actions
from evaluation.evidence import chain_to_applied, evidence_of
from evaluation.forms.claims import says_caused
from evaluation.models import ContributionClaim, Observation
from framing.models import Aspiration
from spaces.permissions import Role
from tests import make
from tests.evaluation import make_signs as signs
from tests.evaluation.circle import lower_leg_circle
from valuecreation.cycles import Cycle, Location
from valuecreation.models import Moment, Story, StoryState, Strength

pytestmark = pytest.mark.django_db
STATEMENT = "The Circle contributed through trust in one's own readings and having the kit at hand"


def url(name, space, *args, query=""):
    return reverse(f"evaluation:{name}", args=[space.slug, *args]) + query


def worked_claim(space):
    stories = list(Story.objects.filter(space=space, ref__in=["S1", "S10"]).with_moments())
    figures = list(
        Observation.objects.filter(indicator__space=space, indicator__ref="I3").with_indicators()
    )
    return {
        "aspiration": Aspiration.objects.get(version__space=space, key="A-APP"),
        "stories": stories,
        "observations": figures[-1:],
        "statement": STATEMENT,
        "other_influences": "Two new machines; the county's wound-care week in March.",
    }


# --- the worked example --------------------------------------------------------------------


def test_worked_claim_is_plausible_and_not_yet_strong():
    space, people = lower_leg_circle()
    given = worked_claim(space)
    evidence = evidence_of(given["stories"], given["observations"], given["other_influences"])
    assert [need.met for need in evidence.needs] == [True, True, False, True, True]
    claim = actions.write_claim(by=people["X2"], confidence="plausible", **given)
    assert claim.confidence == "plausible"
    with pytest.raises(ValidationError) as refused:
        actions.write_claim(by=people["X2"], confidence="strong", **given)
    assert "knowledgeable and independent" in str(refused.value)


def test_worked_claim_is_strong_once_somebody_independent_bears_it_out():
    space, people = lower_leg_circle()
    Story.objects.filter(space=space, ref="S10").update(strength=Strength.SUBSTANTIATED)
    claim = actions.write_claim(by=people["X2"], confidence="strong", **worked_claim(space))
    assert claim.confidence == "strong"


@pytest.mark.parametrize(
    ("lack", "missing"),
    [
        ("stories", "two or more stories"),
        ("observations", "after its baseline"),
        ("other_influences", "other influences"),
        ("chain", "complete chain"),
        ("baseline", "after its baseline"),
        ("documented", "at least documented"),
    ],
)
def test_each_need_of_a_strong_claim_is_checked(lack, missing):
    space, _people = lower_leg_circle()
    Story.objects.filter(space=space, ref="S10").update(strength=Strength.SUBSTANTIATED)
    given = worked_claim(space)
    if lack == "stories":
        given["stories"] = given["stories"][:1]
    if lack in ("observations", "other_influences"):
        given[lack] = "" if lack == "other_influences" else []
    if lack == "chain":
        space.flows.all().delete()
    if lack == "baseline":
        given["observations"][0].indicator.__class__.objects.filter(ref="I3").update(baseline=None)
    if lack == "documented":
        Story.objects.filter(space=space).update(strength=Strength.CORROBORATED)
        given = worked_claim(space)
    evidence = evidence_of(given["stories"], given["observations"], given["other_influences"])
    assert any(missing in words for words in evidence.missing)


@pytest.mark.parametrize(
    ("first_at", "last", "complete"),
    [
        (Location.IN_SPACE, Cycle.APPLIED, True),
        (Location.IN_SPACE, Cycle.REALIZED, False),
        (Location.IN_PRACTICE, Cycle.APPLIED, False),
    ],
)
def test_complete_chain_leads_from_the_space_to_something_applied(first_at, last, complete):
    moments = {
        1: Moment(pk=1, cycle=Cycle.IMMEDIATE, location=first_at),
        2: Moment(pk=2, cycle=Cycle.POTENTIAL, location=Location.IN_PRACTICE),
        3: Moment(pk=3, cycle=last, location=Location.IN_PRACTICE),
    }
    here = {pk for pk, row in moments.items() if row.location == Location.IN_SPACE}
    assert chain_to_applied(moments, {1: [2], 2: [3], 3: [99]}, here) is complete


def test_withdrawn_story_stands_behind_nothing():
    space, _people = lower_leg_circle()
    given = worked_claim(space)
    given["stories"][0].state = StoryState.WITHDRAWN
    assert evidence_of(given["stories"], given["observations"], "x").tellers == 1


# --- the pages -----------------------------------------------------------------------------


def test_claim_is_written_from_the_page_and_shown_in_the_matrix(space, signed_in):
    hope = signs.hope(signs.version(space))
    told = make.story(in_space=space, shared=True)
    [seen] = signs.observed(signs.indicator(space), Q1=3)
    client = signed_in(make.member(space, Role.EVALUATOR))
    words = {"statement": "It contributed.", "confidence": "weak", "stories": [told.public_id]}
    words |= {"observations": [seen.pk], "other_influences": "a dry summer", "more_stories": ""}
    client.post(url("write_claim", space, query=f"?aspiration={hope.pk}"), words)
    claim = ContributionClaim.objects.get()
    assert (list(claim.stories.all()), list(claim.observations.all())) == ([told], [seen])
    assert "It contributed." in client.get(url("claims", space)).text
    assert "It contributed." in client.get(url("matrix", space)).text


def test_strong_is_refused_with_the_list_and_every_word_is_kept(space, signed_in):
    hope = signs.hope(signs.version(space))
    response = signed_in(make.member(space, Role.FACILITATOR)).post(
        url("write_claim", space, query=f"?aspiration={hope.pk}"),
        {"statement": "We did it all.", "confidence": "strong", "counter_evidence": "much"},
    )
    assert response.status_code == 200
    assert "Not strong yet. Still missing" in response.text
    assert "We did it all." in response.text
    assert "much" in response.text
    assert not ContributionClaim.objects.exists()


def test_caused_gets_a_hint_and_no_gate(space, signed_in):
    hope = signs.hope(signs.version(space))
    response = signed_in(make.member(space, Role.FACILITATOR)).post(
        url("write_claim", space, query=f"?aspiration={hope.pk}"),
        {"statement": "The Circle caused the change.", "confidence": "weak"},
        follow=True,
    )
    assert "consider “contributed to”" in response.text
    assert ContributionClaim.objects.count() == 1
    assert not says_caused("It contributed because of them.")


def test_story_by_address_must_be_one_that_the_person_may_read(space, signed_in):
    hope = signs.hope(signs.version(space), cycle="strategic")
    shared = make.story(in_space=space, shared=True)
    hidden = make.story(in_space=space)
    client = signed_in(make.member(space, Role.EVALUATOR))
    address = url("write_claim", space, query=f"?aspiration={hope.pk}")
    words = {"statement": "It contributed.", "confidence": "weak"}
    response = client.post(address, words | {"more_stories": f"/stories/{hidden.public_id}/"})
    assert "more_stories" in response.context["form"].errors
    client.post(address, words | {"more_stories": f"/stories/{shared.public_id}/"})
    assert list(ContributionClaim.objects.get().stories.all()) == [shared]


def test_editing_keeps_stories_that_the_editor_may_not_read(space, signed_in):
    hope = signs.hope(signs.version(space))
    hidden = make.story(in_space=space, title="A hidden one")
    person = make.member(space, Role.EVALUATOR)
    claim = actions.write_claim(
        aspiration=hope, by=signs.here(space, person), stories=[hidden], statement="It helped."
    )
    client = signed_in(person)
    assert "A hidden one" not in client.get(url("edit_claim", space, claim.pk)).text
    words = {"statement": "It contributed.", "confidence": "weak", "revision": 0}
    client.post(url("edit_claim", space, claim.pk), words)
    claim.refresh_from_db()
    assert claim.statement == "It contributed."
    assert list(claim.stories.all()) == [hidden]
    assert "A hidden one" not in client.get(url("claims", space)).text


def test_second_of_two_savings_is_told_and_loses_nothing(space, signed_in):
    hope = signs.hope(signs.version(space))
    person = make.member(space, Role.EVALUATOR)
    claim = actions.write_claim(
        aspiration=hope, by=signs.here(space, person), statement="The first wording."
    )
    client = signed_in(person)
    words = {"confidence": "weak", "revision": 0}
    client.post(url("edit_claim", space, claim.pk), words | {"statement": "Their wording."})
    response = client.post(url("edit_claim", space, claim.pk), words | {"statement": "My wording."})
    assert "My wording." in response.text
    assert "Their wording." in response.text
    claim.refresh_from_db()
    assert claim.statement == "Their wording."


@pytest.mark.parametrize(
    ("role", "write"),
    [(Role.PARTICIPANT, 403), (Role.CONVENER, 403), (Role.EVALUATOR, 200), (Role.SPONSOR, 403)],
)
def test_who_may_write_a_claim(role, write, space, signed_in):
    hope = signs.hope(signs.version(space))
    client = signed_in(make.member(space, role))
    address = url("write_claim", space, query=f"?aspiration={hope.pk}")
    assert client.get(address).status_code == write


def test_sponsor_and_other_spaces_read_no_claim(space, signed_in):
    hope = signs.hope(signs.version(space))
    person = make.member(space, Role.EVALUATOR)
    claim = actions.write_claim(
        aspiration=hope, by=signs.here(space, person), statement="It contributed."
    )
    assert "It contributed." in signed_in(make.member(space)).get(url("claims", space)).text
    sponsor = make.member(space, Role.SPONSOR)
    assert "It contributed." not in signed_in(sponsor).get(url("claims", space)).text
    other = make.space()
    foreign = signed_in(make.member(other, Role.EVALUATOR))
    assert foreign.get(url("edit_claim", other, claim.pk)).status_code == 404
    assert foreign.get(url("write_claim", other, query=f"?aspiration={hope.pk}")).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_claims_cost_the_same_for_one_and_for_three(
    number, space, signed_in, django_assert_num_queries
):
    hope = signs.hope(signs.version(space))
    person = make.member(space, Role.EVALUATOR)
    for _ in range(number):
        told = make.story(in_space=space, shared=True)
        [seen] = signs.observed(signs.indicator(space, baseline=1), Q1=3)
        actions.write_claim(
            aspiration=hope,
            by=signs.here(space, person),
            statement="It contributed.",
            stories=[told],
            observations=[seen],
        )
    client = signed_in(person)
    with django_assert_num_queries(18):
        client.get(url("claims", space))


def test_figures_about_too_few_people_stand_behind_no_claim_in_words(space, signed_in):
    hope = signs.hope(signs.version(space))
    sign = signs.indicator(space, kind="ratio", counts_people=True)
    small, large = signs.observed(sign, Q1=[1, 4], Q2=[6, 10])
    person = make.member(space, Role.EVALUATOR)
    claim = actions.write_claim(
        aspiration=hope,
        by=signs.here(space, person),
        statement="It contributed.",
        observations=[small, large],
    )
    client = signed_in(person)
    text = client.get(url("claims", space)).text
    assert "60 % (6 of 10)" in text
    assert "25 %" not in text
    form = client.get(url("edit_claim", space, claim.pk)).text
    assert "2026-Q2: 60 %" in form
    assert "2026-Q1: too few people to show" in form
