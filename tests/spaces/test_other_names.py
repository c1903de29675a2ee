"""Every name somebody ever had gives way, and nobody takes another's."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from spaces import actions
from spaces.models import OtherName
from spaces.permissions import Role
from spaces.presentation.lookalikes import Likenesses
from spaces.presentation.viewer import Viewer
from tests import make
from valuecreation.actions import give_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(space):
    who = make.person("Ana Alves", email="ana.alves@example.org")
    return make.membership(space, who, Role.PARTICIPANT, practice="community nurse", ref="P07")


def outside(space, text):
    return Viewer(space, audience="public").typed(text)


def rename(member, name):
    actions.describe_oneself(member, by=member.person, name=name)


def test_name_somebody_had_before_still_gives_way(space, ana):
    rename(ana, "Ana Rocha")

    assert outside(space, "So Alves and Rocha met.") == (
        "So a community nurse and a community nurse met."
    )
    assert list(OtherName.objects.in_space(space).values_list("name", "former")) == [
        ("Ana Alves", True)
    ]


def test_story_told_before_a_new_name_stands_under_it_inside(space, ana):
    told = make.story(in_space=space, teller=ana, shared=True)
    rename(ana, "Ana Rocha")
    told.teller.refresh_from_db()
    assert Viewer(space, make.member(space)).member(told.teller).label == "Ana Rocha"


def test_what_a_leader_notes_gives_way_too(space, ana, signed_in):
    leader = make.member(space, Role.FACILITATOR)
    address = reverse("spaces:note_name", args=[space.slug, ana.ref])
    client = signed_in(leader)
    client.post(address, {"name": "Nita"})

    assert outside(space, "Then Nita came.") == "Then a community nurse came."
    number = OtherName.objects.get().pk
    client.post(reverse("spaces:drop_name", args=[space.slug, ana.ref, number]))
    assert outside(space, "Then Nita came.") == "Then Nita came."


def test_names_are_noted_by_those_who_bear_them_and_by_leaders(space, ana, signed_in):
    address = reverse("spaces:note_name", args=[space.slug, ana.ref])
    page = reverse("spaces:member", args=[space.slug, ana.ref])
    client = signed_in(make.member(space))
    assert client.post(address, {"name": "Nita"}).status_code == 403
    assert "Also called" not in client.get(page).text

    client = signed_in(ana.person)
    assert client.post(address, {"name": "Nita"}).status_code == 302
    assert "Nita" in client.get(page).text
    with pytest.raises(ValidationError):
        actions.note_name(ana, by=make.membership(space, make.person()), name="Anita")


def test_name_had_before_is_shown_to_nobody_and_stays_known(space, ana, signed_in):
    rename(ana, "Ana Rocha")
    page = reverse("spaces:member", args=[space.slug, ana.ref])
    assert "Alves" not in signed_in(make.member(space, Role.FACILITATOR)).get(page).text
    with pytest.raises(ValidationError):
        actions.drop_name(OtherName.objects.get(), by=ana)


def test_own_address_and_id_give_way(space, ana):
    ana.person.email = "aa1@example.org"
    ana.person.save()
    assert outside(space, "Ask P07 at aa1@example.org.") == (
        "Ask a community nurse at a community nurse."
    )


@pytest.mark.parametrize(
    "taken", ["Ana Alves", "ANA  ALVES", "Ána Alves", "Dr Ana Alves", "Ana", "Alves Ana", "A. A."]
)
def test_nobody_takes_a_name_that_is_anothers(space, ana, signed_in, taken):
    other = make.membership(space, make.person("Bo Dahl"), Role.PARTICIPANT)
    client = signed_in(other.person)
    answer = client.post(reverse("spaces:oneself", args=[space.slug]), {"name": taken})

    assert answer.status_code == 200 and "Somebody else here is called this" in answer.text
    other.refresh_from_db()
    assert other.name == "Bo Dahl"


def test_nobody_takes_a_name_that_was_anothers(space, ana):
    rename(ana, "Ana Rocha")
    other = make.membership(space, make.person("Bo Dahl"), Role.PARTICIPANT)
    with pytest.raises(ValidationError):
        rename(other, "Ana Alves")
    rename(ana, "Ana Alves")  # their own


ANA_ALVES = [
    *("Ana Alves", "ana", "Alves", "Álves"),
    *("Аna Аlves", "Aոa", "Alvеs", "A1ves", "AIves", "4na", "ᴀɴᴀ"),  # letters that look the same
    *("Alves Ana", "ALVES, ANA", "Ana A.", "A. Alves", "Alves A"),
    *("A. A.", "AA", "a.a.", "a a"),
]


def test_a_name_is_known_in_any_letters_order_or_shortened():
    known = Likenesses(["Ana Alves"])
    assert [name for name in ANA_ALVES if not known.holds(name)] == []
    others = ["Robin", "Ala", "Ana-Lena", "Aa", "Anna", "Nail", "A", "Robin Alves-Lund", "Ana Lund"]
    assert [name for name in others if known.holds(name)] == []


@pytest.mark.parametrize("pseudonym", ["Alves", "Аna", "Alves Ana", "AA"])
def test_pseudonym_is_no_members_name(space, ana, pseudonym):
    teller = make.membership(space, make.person("Bo Dahl"), Role.PARTICIPANT)
    told = make.story(in_space=space, teller=teller)
    wish = {"by": teller, "audience": ["space"], "attribution": "pseudonym"}
    with pytest.raises(ValidationError) as refused:
        give_consent(told, pseudonym=pseudonym, **wish)
    assert set(refused.value.message_dict) == {"pseudonym"}
    give_consent(told, pseudonym="Robin", **wish)


def test_name_that_something_tells_apart_is_taken(space, ana):
    bo = make.membership(space, make.person("Bo Dahl"), Role.PARTICIPANT)
    for name in ("Ana Dahl", "Dahl Bo", "B. Dahl", "Bo Alves"):
        rename(bo, name)


def test_a_name_between_two_times_of_ones_own_leaves_nothing_of_anothers(space, ana):
    bo = make.membership(space, make.person("Bo Dahl"), Role.PARTICIPANT, practice="midwife")
    rename(bo, "Ana Dahl")
    rename(bo, "Bo Dahl")
    assert list(OtherName.objects.of_member(bo).values_list("name", flat=True)) == ["Bo Dahl"]
    assert outside(space, "Ana came.") == "A community nurse came."
    rename(bo, "Cleo Dahl")
    rename(bo, "Bo Dahl")  # Cleo was theirs alone, and is looked for
    assert outside(space, "Cleo came.") == "A midwife came."


@pytest.mark.parametrize("word", ["Hope", "Nurse", "bear"])
def test_name_that_is_also_a_word_waits_for_a_decision(space, ana, signed_in, word):
    address = reverse("spaces:note_name", args=[space.slug, ana.ref])
    client = signed_in(ana.person)
    answer = client.post(address, {"name": word})
    assert answer.status_code == 200 and "This is also a word." in answer.text
    assert f'value="{word}"' in answer.text
    assert not OtherName.objects.exists()

    client.post(address, {"name": word, "also_a_word": "on"})
    small, capital = word.lower(), word.capitalize()
    assert outside(space, f"So {capital} said: a {small} came.") == (
        f"So a community nurse said: a {small} came."
    )


def test_pseudonym_that_is_a_members_name_is_refused_in_the_form(space, ana, signed_in):
    teller = make.membership(space, make.person("Bo Dahl"), Role.PARTICIPANT)
    told = make.story(in_space=space, teller=teller, state="with_teller")
    address = reverse("valuecreation:consent", args=[space.slug, told.public_id])
    wish = {"audience": ["space"], "attribution": "pseudonym", "pseudonym": "Ana"}
    answer = signed_in(teller.person).post(address, wish | {"uses": ["report"]})

    assert answer.status_code == 200
    assert "would point at them" in answer.text
    told.refresh_from_db()
    assert told.consent is None


def test_nobody_goes_by_a_name_that_is_anothers(space, ana):
    bo = make.membership(space, make.person("Bo Dahl"), Role.PARTICIPANT)
    with pytest.raises(ValidationError, match="This is the name of somebody here"):
        actions.note_name(bo, by=bo, name="Ana")
