"""Every door into a space, tried by somebody who does not assign roles in it."""

import ast
import datetime as dt
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from spaces import actions
from spaces.addresses import Address
from spaces.models import Boundary, Invitation, Membership, RoleAssignment, Space
from spaces.permissions import Action, Role, may
from tests import make
from tests.test_access import PAGES, arguments

HOUSE = Path(__file__).parents[2]
BEYOND = [role for role in Role if role != Role.PARTICIPANT]


@pytest.fixture
def convener(space):
    return make.membership(space, make.person("Nadia"), Role.CONVENER)


@pytest.fixture
def facilitator(space, convener):
    return make.membership(space, make.person("Tomasz"), Role.FACILITATOR)


def with_address():
    """Somebody whose e-mail address is known to be theirs."""
    who = make.person()
    EmailAddress.objects.create(user=who, email=who.email, verified=True)
    return who


def invited(by, role=Role.PARTICIPANT, claims=None):
    """An invitation that was accepted."""
    bo = with_address()
    (made,) = actions.invite(by=by, addresses=[Address(bo.email, "")], role=role, claims=claims)
    return actions.redeem_invitation(made, by=bo)


def invite(by, role):
    return invited(by, role)


def invite_to_a_name(by, role):
    return invited(by, claims=make.membership(by.space, None, role))


def invite_to_a_name_that_rises(by, role):
    """The name was a participant's when the invitation went out."""
    waiting, bo = make.membership(by.space, None, Role.PARTICIPANT), with_address()
    (made,) = actions.invite(by=by, addresses=[Address(bo.email, "")], claims=waiting)
    RoleAssignment.objects.create(membership=waiting, role=role, since=make.LONG_AGO)
    return actions.redeem_invitation(made, by=bo)


def send_again(by, role):
    """A convener's own invitation, which had ended."""
    bo, convener = make.person(), make.membership(by.space, make.person(), Role.CONVENER)
    (made,) = actions.invite(by=convener, addresses=[Address(bo.email, "")], role=role)
    actions.resend_invitation(made, by=by)
    return actions.redeem_invitation(made, by=bo)


def bring_back(by, role):
    """Somebody who held the role before they left."""
    bo = make.membership(by.space, make.person(), role)
    Membership.objects.filter(pk=bo.pk).update(left_on=by.space.today)
    (made,) = actions.invite(by=by, addresses=[Address(bo.person.email, "")])
    return actions.redeem_invitation(made, by=bo.person)


def answer_request(by, role):
    by.space.boundary_policy = Boundary.BY_REQUEST
    by.space.save()
    bo = make.person()
    actions.answer_request(actions.ask_to_join(by.space, by=bo), by=by, welcome=True)
    return Membership.objects.get(person=bo)


def join_openly(by, role):
    by.space.boundary_policy = Boundary.OPEN
    by.space.save()
    return actions.join_space(by.space, by=make.person())


def hand_over_a_link(by, role):
    """To somebody who held the role before they left."""
    bo = make.membership(by.space, make.person(), role)
    Membership.objects.filter(pk=bo.pk).update(left_on=by.space.today)
    link = actions.make_join_link(by=by, lasts=dt.timedelta(hours=1), most=1)
    return actions.join_by_link(link, by=bo.person)


def join_by_link(by, role):
    """Somebody who held the role before they left comes in by a link handed over in a room."""
    bo = make.membership(by.space, make.person(), role)
    Membership.objects.filter(pk=bo.pk).update(left_on=by.space.today)
    link = actions.make_join_link(by=by, lasts=dt.timedelta(days=1), most=5)
    return actions.join_by_link(link, by=bo.person)


def give_role(by, role):
    return actions.give_role(
        make.membership(by.space, make.person(), Role.PARTICIPANT), by=by, role=role
    ).membership


DOORS = {
    "spaces/actions/joining.py:invite": [invite],
    "spaces/actions/joining.py:redeem_invitation": [
        invite_to_a_name, invite_to_a_name_that_rises, send_again, bring_back,
    ],
    "spaces/actions/joining.py:answer_request": [answer_request],
    "spaces/actions/joining.py:join_space": [join_openly],
    "spaces/actions/join_links.py:join_by_link": [hand_over_a_link, join_by_link],
    "spaces/actions/people.py:give_role": [give_role],
}  # fmt: skip
OF_NEW_SPACES = {
    "spaces/actions/spaces.py:found_space",
    "spacefile/import_jobs.py:let_lead",
    "spacefile/rows/people.py:store_people",
}
BEHIND_DOORS = {
    "spaces/actions/entering.py:enter",
    "spaces/leaders.py:settle",
    "spaces/actions/people.py:take_leadership_role",
}
OPENS = ("enter", "come_back", "RoleAssignment", "RoleAssignment.objects.create", "Invitation",
         "Invitation.objects.create")  # fmt: skip


def openings():
    """Every function that begins a membership, gives a role or writes an invitation."""
    for app in ("spaces", "valuecreation", "framing", "evaluation", "spacefile", "learningspaces"):
        for path in sorted((HOUSE / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef) and any(
                    isinstance(call, ast.Call) and ast.unparse(call.func) in OPENS
                    for call in ast.walk(node)
                ):
                    yield f"{path.relative_to(HOUSE)}:{node.name}"


def test_every_door_is_known():
    assert set(openings()) == set(DOORS) | OF_NEW_SPACES | BEHIND_DOORS


@pytest.mark.parametrize("role", BEYOND)
@pytest.mark.parametrize("door", [door for doors in DOORS.values() for door in doors])
def test_who_cannot_assign_roles_brings_in_participants_only(facilitator, door, role):
    try:
        with transaction.atomic():
            came = door(facilitator, role)
    except ValidationError:
        return
    assert came.access_roles == {Role.PARTICIPANT}
    assert may(came.person, Action.TELL_STORY, Space.objects.get(pk=came.space_id))


@pytest.mark.parametrize("door", [invite, invite_to_a_name, give_role])
def test_a_convener_brings_in_anybody(convener, door):
    assert Role.SPONSOR in door(convener, Role.SPONSOR).access_roles


def test_an_invitation_gives_what_its_sender_may_give_on_the_day_it_is_accepted(space, convener):
    other, bo = make.membership(space, make.person(), Role.CONVENER), make.person()
    (made,) = actions.invite(by=other, addresses=[Address(bo.email, "")], role=Role.CONVENER)
    actions.end_role(other.roles.get(), by=convener)
    with pytest.raises(ValidationError, match="can no longer bring anybody in as convener"):
        actions.redeem_invitation(made, by=bo)
    assert space.roles_of(bo) == frozenset()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CONVENER])
def test_nobody_but_a_convener_ends_a_role(space, convener, role):
    below = make.membership(space, make.person(), role)
    with pytest.raises(ValidationError, match="Only a convener"):
        actions.end_role(convener.roles.get(), by=below)
    with pytest.raises(ValidationError, match="Only the person themselves"):
        actions.leave_space(convener, by=below.person)


def test_form_offers_a_facilitator_no_role_to_give(space, facilitator, convener, signed_in):
    where = reverse("spaces:invitations", args=[space.slug])
    assert 'value="convener"' in signed_in(convener.person).get(where).text
    assert 'value="convener"' not in signed_in(facilitator.person).get(where).text
    wish = {"addresses": "bo@example.org", "role": "convener", "send": "yes"}
    assert "Select a valid choice" in signed_in(facilitator.person).post(where, wish).text
    assert not Invitation.objects.exists()


def test_people_page_offers_no_name_that_would_be_refused(space, facilitator, convener, signed_in):
    names = {role: make.membership(space, None, role) for role in (Role.PARTICIPANT, Role.CONVENER)}
    links = {
        role: reverse("spaces:invite_to_claim", args=[space.slug, name.ref])
        for role, name in names.items()
    }
    people = reverse("spaces:people", args=[space.slug])
    page = signed_in(facilitator.person).get(people).text
    assert links[Role.PARTICIPANT] in page
    assert links[Role.CONVENER] not in page
    assert links[Role.CONVENER] in signed_in(convener.person).get(people).text


@pytest.mark.parametrize("holder", ["Tomasz", "Grace", "Ingrid", "Denise"])
def test_no_address_lets_anybody_below_a_convener_change_who_convenes(client, circle, holder):
    """Every address of the site is sent a form full of wishes."""
    nadia = Membership.objects.get(space=circle, ref="P01")
    held = nadia.roles.get(role=Role.CONVENER)
    person = Membership.objects.get(space=circle, name__startswith=holder).person
    client.force_login(person)
    wish = {
        "addresses": "mallory@example.org", "email": "mallory@example.org", "send": "yes",
        "role": "convener", "roles": "convener", "welcome": "yes", "do": "resend", "name": "M",
        "person": nadia.ref, "ref": nadia.ref, "member": nadia.pk, "keep": "all",
    }  # fmt: skip
    for name, (where, _view) in PAGES.items():
        given = arguments(name, where)
        if "/people/" in where or "/roles/" in where:
            hers = {"ref": nadia.ref, "pk": held.pk}
            given |= {word: hers[word] for word in hers.keys() & given.keys()}
        with transaction.atomic():
            client.post(reverse(name, kwargs=given), wish)
            conveners = RoleAssignment.objects.giving_access().conveners_of(circle)
            changed = set(conveners.values_list("membership__ref", flat=True))
            invitations = Invitation.objects.in_space(circle).exclude(role=Role.PARTICIPANT)
            assert (name, changed, invitations.count()) == (name, {"P01"}, 0)
            transaction.set_rollback(True)
