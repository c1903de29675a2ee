"""A file for an audience holds what it may see, and no name, note or day that it may not."""

import datetime as dt

import pytest

from evaluation.readings import readings_of
from spacefile.fetch import fetch_for
from spacefile.reading import read
from spacefile.store import store
from spacefile.writing import write_yaml
from spaces.models import Space
from tests.spacefile.example import document, example, person, story
from tests.spacefile.example import read as read_changed
from valuecreation.cycles import USUAL_PLACE

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 12, 31)
TELLERS = {  # who tells by name, by audience
    "organisation": {"P01", "P03", "P04", "P05", "P07", "P10", "P12"},
    "partner_spaces": {"P07", "P12"},
    "public": {"P12"},
}
NOTES = [
    "lack of trust in own readings",
    "needs device sign-off",
    "did not hold, see S5",
    "second consent",
    "governance lead), role only",
    "what would Kestrel Bay need in order to sign",
    "agenda item: a bag for Kestrel Bay",
    "Callum agreed",
    "Specialists answer everything",
    "Nurses avoid Dopplers",
    "that no leg waits",
    "whether I may act on what I learn here",
    "University",
    "Millrace Surgery",
]


def stored(data) -> Space:
    found, faults = read_changed(data)
    assert [fault.sentence for fault in faults] == []
    return store(found)


def exported(space, audience, on=DAY):
    """The file as its reader would find it, after checking that it can be read again."""
    data = write_yaml(fetch_for(space, audience, on))
    found, faults = read(data)
    assert [fault.sentence for fault in faults] == []
    return found, data.decode()


@pytest.mark.parametrize("audience", TELLERS)
def test_names_are_those_of_named_tellers_only(audience):
    space = stored(example())

    found, text = exported(space, audience)

    assert {one.id for one in found.participants if not one.id.startswith("R")} == TELLERS[audience]
    hidden = [
        one["name"]
        for one in [*example()["participants"], *example()["outside"]]
        if one["id"] not in TELLERS[audience]
    ]
    assert [name for name in hidden if name in text] == []
    assert [name for name in hidden if name.split()[0] in text] == []


@pytest.mark.parametrize("audience", TELLERS)
def test_notes_and_words_that_stay_in_the_space_are_not_in_the_file(audience):
    space = stored(example())
    inside = write_yaml(fetch_for(space, "space", DAY)).decode()

    _found, text = exported(space, audience)

    assert [note for note in NOTES if note in text] == []
    assert [note for note in NOTES if note not in inside] == NOTES[3:5]


def test_stories_that_were_not_shared_are_gone_with_their_moments_and_flows():
    space = stored(example())

    found, text = exported(space, "organisation")

    shared = {"S1", "S2", "S3", "S6", "S7", "S8", "S9", "S10"}
    assert {one.id for one in found.stories} == shared
    assert len(found.stories) == len(shared)
    assert "Told off for trying" not in text and "S5." not in text and "S4." not in text
    assert len(found.flows) == 44


def test_a_name_is_tied_to_the_story_told_under_it_and_to_no_other():
    found, text = exported(stored(example()), "organisation")
    steps = {step.name_in(one): step for one in found.stories for step in one.steps}
    people = {one.id: one for one in found.participants}

    assert (steps["S1.4"].agent, people["P04"].name) == ("P04", "Grace Ellwood")
    assert people[steps["S9.3"].agent].name == "a district nurse"
    assert "A district nurse and I wrote down one goal of mine" in text
    assert "Grace and I" not in text


def test_who_agreed_to_be_named_in_a_step_is_named_there():
    data = example()
    story(data, "S8")["third_parties"] = [{"person": "P09", "steps": [5]}]
    found, text = exported(stored(data), "organisation")
    steps = {step.name_in(one): step for one in found.stories for step in one.steps}

    assert (steps["S8.5"].agent, steps["S8.6"].agent != "P09") == ("P09", True)
    assert "Callum starts mild compression" in text


@pytest.mark.parametrize("attribution", ["pseudonym", "anonymous"])
@pytest.mark.parametrize("audience", ["space", "organisation"])
def test_a_nameless_teller_has_no_name_id_place_or_day(audience, attribution):
    data = example()
    told = story(data, "S7")
    told["consent"] |= {"attribution": attribution, "x-pseudonym": "Robin"}
    found, text = exported(stored(data), audience)
    shown = next(one for one in found.stories if one.id == "S7")
    people = {one.id: one for one in found.participants}
    agents = {step.agent for step in shown.steps} | {step.for_whom for step in shown.steps}

    assert "P07" not in agents | {shown.teller, shown.collector}
    assert people[shown.teller].practice == ""
    assert people[shown.teller].name in {"Robin", "a member"}
    assert {step.other_space for step in shown.steps} == {None}
    assert {step.loc for step in shown.steps} == {USUAL_PLACE[step.cycle] for step in shown.steps}
    assert {step.date_precision for step in shown.steps if step.date} == {"quarter"}
    assert shown.told_on == dt.date(2025, 12, 31)
    assert "2025-11-05" not in text and "2025-10-21" not in text


def test_no_flow_leads_from_a_nameless_story_to_another_or_back():
    found, _text = exported(stored(example()), "space")
    followed = {(flow.source, flow.target) for flow in found.flows}
    told = {(flow["from"], flow.get("to")) for flow in example()["flows"]}

    def of_s5(pairs):
        return {pair for pair in pairs if any(end and end.startswith("S5.") for end in pair)}

    within = {pair for pair in of_s5(told) if all(end and end.startswith("S5.") for end in pair)}
    assert of_s5(followed) == within < of_s5(told)
    assert len(followed) > len(told) - len(of_s5(told)) - 5


def test_private_influences_and_other_acts_of_consent_stay():
    space = stored(example())
    space.stories.filter(ref="S1").update(other_factors_private=True)

    for audience in ("space", "organisation"):
        found, text = exported(space, audience)
        (first,) = (one for one in found.stories if one.id == "S1")
        assert first.other_factors == "" and "changed her rota" not in text
        assert first.consent.given_by is None


def test_order_of_the_stories_says_no_more_of_a_nameless_day_than_its_quarter():
    found, _text = exported(stored(example()), "space")
    order = [one.id for one in found.stories]
    spring = {"S1", "S3", "S4"}  # told by name, before and after S5 in the same quarter
    assert order.index("S5") < min(order.index(one) for one in spring)


def test_figures_about_too_few_people_are_gaps():
    data = example()
    data["indicators"][6] |= {"counts_people": True}
    data["indicators"][6]["obs"]["2025-Q1"] = [2, 4]
    found, _text = exported(stored(data), "organisation")

    assert dict(found.indicators[6].obs)["2025-Q1"] is None
    assert dict(found.indicators[6].obs)["2025-Q2"] == (11, 14)


@pytest.mark.parametrize("audience", ["organisation", "partner_spaces", "public"])
def test_the_file_for_an_audience_reads_as_that_audience_reads_the_space(audience):
    space = stored(example())
    expected = readings_of(space, day=DAY, audience=audience)
    found, _text = exported(space, audience)
    space.slug = "the-first"
    space.save()

    again = readings_of(store(found), day=DAY)

    for name in ("counts", "matrix", "returns", "quiet", "overdue_hopes", "cross_space"):
        assert again[name] == expected[name], name


def test_inside_the_space_everybody_is_there_with_what_they_said():
    found, _text = exported(stored(example()), "space")

    assert found.participants[: len(document().participants)] == document().participants
    assert person(example(), "P09")["name"] in {one.name for one in found.participants}
    assert found.framing == document().framing
