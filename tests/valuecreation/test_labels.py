"""Who is shown how, and whose names stand in told words."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spaces.models import Membership
from spaces.presentation.names import Names, with_article
from tests import make
from valuecreation.models import Attribution, Consent, Moment, Story, StoryStep
from valuecreation.presentation.names import (
    PSEUDONYM_KEY,
    label_of,
    words_for,
)

OUTSIDE = ["organisation", "partner_spaces", "public"]


def people(*names, practice="district nurse"):
    return [
        Membership(pk=number, ref=f"P{number}", name=name, practice=practice)
        for number, name in enumerate(names, start=1)
    ]


def story_of(teller, attribution=Attribution.NAMED, **fields):
    return Story(teller_id=teller.pk, consent=Consent(attribution=attribution), **fields)


@pytest.mark.parametrize("audience", OUTSIDE)
def test_other_members_stand_by_practice_outside_the_space(audience):
    grace, priya = people("Grace Ellwood", "Priya Raman", practice="vascular nurse specialist")
    told = story_of(grace)
    words = "Priya showed it. Then Priya Raman's probe, and PRIYA again; Grace tried."

    assert words_for(words, told, audience, [grace, priya]) == (
        "A vascular nurse specialist showed it. Then a vascular nurse specialist's probe, "
        "and a vascular nurse specialist again; Grace tried."
    )


def test_other_members_keep_their_names_inside_the_space():
    grace, priya = people("Grace Ellwood", "Priya Raman")
    assert words_for("Priya showed it.", story_of(grace), "space", [grace, priya]) == (
        "Priya showed it."
    )


@pytest.mark.parametrize("audience", ["space", *OUTSIDE])
@pytest.mark.parametrize("how", [Attribution.PSEUDONYM, Attribution.ANONYMOUS])
def test_nameless_teller_is_named_to_nobody(audience, how):
    callum, *_ = members = people("Callum Reid", "Priya Raman")
    told = story_of(callum, how)
    said = words_for("They said: Callum, and Mr Reid, take it off.", told, audience, members)

    assert "Callum" not in said
    assert "Reid" not in said
    assert label_of(callum, told.consent, audience).startswith("a member")


def test_teller_named_by_role_is_replaced_in_the_words_too():
    hanna, *_ = members = people("Hanna Lindqvist", practice="ward sister")
    told = story_of(hanna, Attribution.ROLE)
    assert words_for("Hanna laid them out.", told, "space", members) == (
        "A ward sister laid them out."
    )
    assert label_of(hanna, told.consent, "space") == "a ward sister"


def test_chosen_pseudonym_is_the_label():
    callum = people("Callum Reid")[0]
    act = Consent(attribution=Attribution.PSEUDONYM, extra={PSEUDONYM_KEY: "Robin"})
    assert label_of(callum, act, "space") == "Robin"


def test_person_who_agreed_is_named_in_that_step_only():
    grace, priya = people("Grace Ellwood", "Priya Raman")
    agreed = [{"person": "P2", "agreed_on": "2025-12-03", "steps": [5]}]
    told = story_of(grace, third_parties=agreed)
    fourth, fifth = (StoryStep(order=n, moment=Moment(ref=f"S1.{n}")) for n in (4, 5))

    assert words_for("Priya came.", told, "public", [grace, priya], step=fifth) == "Priya came."
    assert "Priya" not in words_for("Priya came.", told, "public", [grace, priya], step=fourth)
    assert "Priya" not in words_for("Priya came.", told, "public", [grace, priya])


def test_person_who_agreed_without_steps_is_named_everywhere():
    grace, priya = people("Grace Ellwood", "Priya Raman")
    told = story_of(grace, third_parties=[{"person": "P2"}])
    assert words_for("Priya came.", told, "public", [grace, priya]) == "Priya came."


def test_prose_about_third_parties_agrees_to_nothing():
    grace, priya = people("Grace Ellwood", "Priya Raman")
    told = story_of(grace, third_parties="Priya agreed on 3 December.")
    assert "Priya" not in words_for("Priya came.", told, "public", [grace, priya])


def test_everyday_words_in_small_letters_are_left_alone():
    will, may = people("Will Ward", "May Hope")
    told = story_of(will)
    said = words_for("It may help on the ward; May hopes it will.", told, "public", [will, may])
    assert said == "It may help on the ward; a district nurse hopes it will."


def test_first_name_of_two_people_is_hidden_if_one_of_them_is():
    teller, other = people("Anna Berg", "Anna Dahl")
    said = words_for("Anna Berg and Anna.", story_of(teller), "public", [teller, other])
    assert said == "Anna Berg and a district nurse."


def test_names_are_found_however_their_accents_are_written():
    grace, ines = people("Grace Ellwood", "Inês Rocha")
    assert "s tried" not in words_for("Ine\u0302s tried.", story_of(grace), "public", [grace, ines])


@pytest.mark.parametrize("said", ["İNCİ", "I\u0307NCI\u0307", "i\u0307nci\u0307", "inci", "Inci"])
@pytest.mark.parametrize("name", ["İnci Ak", "I\u0307nci\u0307 Ak", "Inci Ak"])
def test_names_are_found_however_the_dot_of_an_i_is_written(name, said):
    grace, inci = people("Grace Ellwood", name)
    told = words_for(f"{said} tried.", story_of(grace), "public", [grace, inci])
    assert told == "A district nurse tried."


LETTERS = st.text(string.ascii_lowercase + "éßüıİñ", min_size=3, max_size=8)
FULL_NAMES = st.lists(
    st.tuples(LETTERS, LETTERS).map(lambda pair: " ".join(pair).title()), min_size=2, max_size=5
)


@settings(max_examples=100, deadline=None)
@given(FULL_NAMES, st.lists(st.text(max_size=12), max_size=4), st.sampled_from(OUTSIDE), st.data())
def test_no_name_of_another_member_is_left_in_any_words(names, between, audience, data):
    """The words are full of names in every spelling; what comes out holds none of the others'."""
    teller, *others = members = people("Zqx Vwk", *names, practice="§")
    told = story_of(teller)
    parts = []
    for glue in [*between, ""]:
        member = data.draw(st.sampled_from(members))
        spelling = data.draw(st.sampled_from([str, str.upper, str.title]))
        part = data.draw(st.sampled_from([member.name, member.name.split(" ")[0]]))
        parts += [glue, " ", spelling(part), " "]
    said = words_for("".join(parts), told, audience, Names(members))

    left = [found.said for found in Names(others).found_in(said)]
    assert left == []


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80))
def test_words_without_names_stay_as_they_are_inside(text):
    grace, priya = people("Grace Ellwood", "Priya Raman")
    assert words_for(text, story_of(grace), "space", [grace, priya]) == text


@pytest.mark.parametrize(
    ("practice", "label"),
    [
        ("podiatrist", "a podiatrist"),
        ("occupational therapist", "an occupational therapist"),
        ("the night team", "the night team"),
    ],
)
def test_practice_is_said_with_its_article(practice, label):
    assert with_article(practice) == label


@pytest.mark.django_db
def test_sponsor_without_a_practice_is_called_by_role(space):
    denise = make.membership(space, None, "sponsor", name="Denise Farrow", outside=True)
    assert label_of(denise, None, "organisation") == "the sponsor"
    assert label_of(denise, None, "space") == "Denise Farrow"
