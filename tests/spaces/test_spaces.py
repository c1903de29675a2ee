import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import Promise

from spaces import actions
from spaces.models import IdempotencyKey, Space, SpaceState
from spaces.permissions import Role
from spaces.space_templates import GAP, TEMPLATES
from spaces.views.spaces import proposed
from tests import make

WORDS = {
    "name": "The Tuesday Round",
    "purpose": "Fewer people wait for a room.",
    "governance": "decentralized",
    "boundary_policy": "open",
    "time_zone": "Europe/Lisbon",
    "min_group_size": 5,
    "quiet_potential": 90,
    "quiet_applied": 120,
    "quiet_realized": 90,
    "quiet_strategic": 60,
}


def test_founder_is_convener_facilitator_and_participant(db, signed_in):
    ana = make.person("Ana Alves")
    signed_in(ana).post(reverse("spaces:new_space"), WORDS)
    founded = Space.objects.get()
    assert founded.slug.startswith("the-tuesday-round-")
    assert founded.roles_of(ana) == {Role.CONVENER, Role.FACILITATOR, Role.PARTICIPANT}


def test_second_space_of_a_name_gets_an_address_of_its_own(db):
    ana = make.person()
    first = actions.found_space(by=ana, name="Round", purpose="x")
    second = actions.found_space(by=ana, name="Round", purpose="x")
    assert first.slug != second.slug


@pytest.mark.parametrize("name", ["new", "import", "!!!", "مساحة"])
def test_any_name_gets_a_usable_address(db, name):
    founded = actions.found_space(by=make.person(), name=name, purpose="x")
    assert founded.slug not in ("", "new", "import")


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda template: template.code)
def test_every_template_can_be_founded_once_its_gaps_are_filled(db, signed_in, template):
    ana = make.person()
    client = signed_in(ana)
    address = f"{reverse('spaces:new_space')}?from={template.code}"
    page = client.get(address)
    words = proposed(template, ana) | {"name": "A space"}
    # The test client would send a lazy sentence letter by letter.
    words |= {name: str(said) for name, said in words.items() if isinstance(said, Promise)}
    assert page.status_code == 200
    if GAP in words["purpose"]:
        assert "has a gap still" in client.post(address, words).text
    words["purpose"] = words["purpose"].replace(GAP, "people here") or "Something is better."
    assert client.post(address, words).status_code == 302
    founded = Space.objects.get()
    assert founded.stall_after_days == template.quiet
    assert GAP not in founded.purpose
    assert founded.structure_kind == list(template.structure)


def test_form_sent_twice_founds_one_space(db, signed_in):
    client = signed_in(make.person())
    first = client.post(reverse("spaces:new_space"), WORDS | {"once": "k1"})
    second = client.post(reverse("spaces:new_space"), WORDS | {"once": "k1"})
    assert Space.objects.count() == 1
    assert first["Location"] == second["Location"]
    assert IdempotencyKey.objects.get().location == first["Location"]


def test_faulty_form_keeps_every_word_and_its_key_stays_unused(db, signed_in):
    client = signed_in(make.person())
    page = client.post(reverse("spaces:new_space"), WORDS | {"name": "", "once": "k1"})
    assert page.status_code == 200
    assert "Fewer people wait for a room." in page.text
    assert not IdempotencyKey.objects.exists()


def test_what_nobody_can_see_is_left_out_of_what_is_typed(db, signed_in):
    words = WORDS | {"purpose": "ab\x07c\r\nd", "slug": "seen"}
    signed_in(make.person()).post(reverse("spaces:new_space"), words)
    assert Space.objects.get().purpose == "abc\nd"


def edited(space, **words):
    return {
        **WORDS,
        "name": space.name,
        "purpose": space.purpose,
        "revision": space.revision,
        **words,
    }


def test_two_people_saving_at_once_lose_nothing(space, signed_in):
    client = signed_in(make.member(space, Role.CONVENER))
    address = reverse("spaces:edit_space", args=[space.slug])
    mine = edited(space, purpose="Mine.")
    client.post(address, edited(space, purpose="Theirs."))
    page = client.post(address, mine)
    assert page.status_code == 200
    assert "Mine." in page.text
    assert "Theirs." in page.text
    space.refresh_from_db()
    assert space.purpose == "Theirs."
    again = client.post(address, mine | {"revision": space.revision})
    assert again.status_code == 302
    space.refresh_from_db()
    assert space.purpose == "Mine."


def test_closing_asks_for_a_reflection_and_reopening_keeps_it(space, signed_in):
    client = signed_in(make.member(space, Role.CONVENER))
    address = reverse("spaces:close_space", args=[space.slug])
    assert client.post(address, {"reflection": ""}).status_code == 200
    client.post(address, {"reflection": "We got there."})
    space.refresh_from_db()
    assert (space.state, space.closing_reflection) == (SpaceState.CLOSED, "We got there.")
    client.post(reverse("spaces:pause_space", args=[space.slug]), {"state": "active"})
    space.refresh_from_db()
    assert (space.state, space.closed_on) == (SpaceState.ACTIVE, None)
    assert space.closing_reflection == "We got there."


def test_closed_space_is_not_paused(space):
    actions.close_space(space, by=make.person(), reflection="Done.")
    with pytest.raises(ValidationError, match="Reopen it"):
        actions.pause_space(space, by=make.person())
