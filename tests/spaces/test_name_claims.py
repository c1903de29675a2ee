"""Claiming a name that came with a space file, and what may be done under it before it is sure."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.urls import reverse

from spaces import actions
from spaces.addresses import Address
from spaces.models import Membership, NameClaim
from spaces.permissions import Role
from tests import make
from valuecreation import actions as telling
from valuecreation.models import Story, StoryState


@pytest.fixture
def nadia(space):
    return make.membership(space, make.person("Nadia Okafor"), Role.CONVENER)


@pytest.fixture
def name(space):
    """Grace Ellwood as she stands in the file, with a story that the space reads."""
    return make.membership(space, None, Role.PARTICIPANT, name="Grace Ellwood")


@pytest.fixture
def told(space, name):
    return make.story(in_space=space, teller=name, shared=True)


def account(email="grace@example.org", verified=True, name="G. Ellwood"):
    who = make.person(name, email=email)
    EmailAddress.objects.create(user=who, email=email, verified=verified)
    return who


def claim(name, nadia, who=None):
    """Invite somebody to a name; they accept."""
    who = who or account()
    (made,) = actions.invite(by=nadia, addresses=[Address("grace@example.org", "")], claims=name)
    actions.redeem_invitation(made, by=who)
    name.refresh_from_db()
    return NameClaim.objects.get(membership=name)


def share(story, by, **terms):
    wish = {"audience": ["space"], "uses": ["learning"]}
    return telling.give_consent(Story.objects.get(pk=story.pk), by=by, **wish | terms)


@pytest.mark.parametrize(
    ("email", "verified"), [("mallory@example.org", True), ("grace@example.org", False)]
)
def test_a_name_is_claimed_by_its_address_alone(name, nadia, email, verified):
    with pytest.raises(ValidationError, match="another e-mail address than yours"):
        claim(name, nadia, account(email, verified))
    name.refresh_from_db()
    assert name.person is None


def test_a_name_is_claimed_by_any_verified_address_of_an_account(name, nadia):
    who = account("work@example.org")
    EmailAddress.objects.create(user=who, email="Grace@example.org".lower(), verified=True)
    assert claim(name, nadia, who).person == who


def test_the_space_sees_who_claimed_which_name_when_and_by_whose_invitation(
    space, name, nadia, signed_in
):
    day = claim(name, nadia).claimed_on
    for page in ("spaces:people", "spaces:member", "spaces:confirm_claim"):
        where = reverse(page, args=[space.slug, *([] if page == "spaces:people" else [name.ref])])
        text = " ".join(signed_in(make.member(space)).get(where).text.split())
        said = f"claimed the name Grace Ellwood on {day:%-d %B %Y}, invited by Nadia Okafor."
        assert f"G. Ellwood {said}" in text


WIDER = {
    "audience": {"audience": ["organisation"]},
    "use": {"uses": ["learning", "publication"]},
    "longer": {"expires_on": None},
    "by name": {"attribution": "named"},
    "third party": {"third_parties": [{"person": "P09", "agreed_on": "2025-06-01", "steps": [1]}]},
}


@pytest.fixture
def narrow(space, name):
    """Shared for learning with the space, by practice, until a day."""
    told = make.story(in_space=space, teller=name)
    Story.objects.filter(pk=told.pk).update(state=StoryState.APPROVED)
    ends = space.today + dt.timedelta(days=90)
    make.consent(told, "space", uses=["learning"], attribution="role", expires_on=ends)
    return Story.objects.get(pk=told.pk)


SAME = {"attribution": "role"}


@pytest.mark.parametrize("what", WIDER)
def test_who_claimed_a_name_widens_nothing_until_it_is_confirmed(space, name, nadia, narrow, what):
    row = claim(name, nadia)
    same = SAME | {"expires_on": narrow.consent.expires_on}
    with pytest.raises(ValidationError, match="nobody has confirmed yet"):
        share(narrow, name, **same | WIDER[what])
    share(narrow, name, **same)
    row.confirmed_on = space.today
    row.save()
    share(narrow, name, **same | WIDER[what])


@pytest.mark.parametrize("state", [StoryState.WITH_TELLER, StoryState.DRAFT])
def test_what_nobody_read_stays_so_until_the_claim_is_confirmed(space, name, nadia, state):
    unshared = make.story(in_space=space, teller=name, state=state)
    claim(name, nadia)
    with pytest.raises(ValidationError, match="nobody has confirmed yet"):
        share(unshared, name)


def test_a_retired_or_withdrawn_story_does_not_come_back_before_the_claim_is_confirmed(
    name, nadia, told
):
    claim(name, nadia)
    telling.retire_story(Story.objects.get(pk=told.pk), by=name)
    with pytest.raises(ValidationError, match="nobody has confirmed yet"):
        telling.bring_back_story(Story.objects.get(pk=told.pk), by=name)
    telling.withdraw_story(Story.objects.get(pk=told.pk), by=name)
    with pytest.raises(ValidationError, match="nobody has confirmed yet"):
        share(told, name)


def test_narrowing_and_withdrawing_need_nobody(name, nadia, told):
    claim(name, nadia)
    share(told, name, attribution="anonymous")
    share(told, name, audience=[])
    telling.withdraw_story(Story.objects.get(pk=told.pk), by=name)


def test_what_is_told_after_the_claim_is_ones_own_from_the_start(space, name, nadia):
    claim(name, nadia)
    share(make.story(in_space=space, teller=name), name, audience=["public"])


def test_a_second_leader_confirms_and_nobody_else(space, name, nadia):
    row = claim(name, nadia)
    tomasz = make.membership(space, make.person(), Role.FACILITATOR)
    ana = make.membership(space, make.person(), Role.PARTICIPANT)
    for who in (nadia, name, ana):
        with pytest.raises(ValidationError, match="somebody who leads the space"):
            actions.confirm_claim(row, by=who)
    actions.confirm_claim(row, by=tomasz)
    row.refresh_from_db()
    assert row.confirmed_on == space.today
    with pytest.raises(ValidationError, match="confirmed already"):
        actions.confirm_claim(row, by=tomasz)


def test_two_members_confirm_where_nobody_else_leads(space, name, nadia):
    row = claim(name, nadia)
    ana, bo = (make.membership(space, make.person(), Role.PARTICIPANT) for _ in range(2))
    evaluator = make.membership(space, make.person(), Role.EVALUATOR, outside=True)
    with pytest.raises(ValidationError):
        actions.confirm_claim(row, by=evaluator)
    actions.confirm_claim(row, by=ana)
    with pytest.raises(ValidationError):
        actions.confirm_claim(row, by=ana)
    row.refresh_from_db()
    assert row.confirmed_on is None
    actions.confirm_claim(row, by=bo)
    row.refresh_from_db()
    assert row.confirmed_on == space.today


def test_the_page_confirms_and_offers_it_to_who_may(space, name, nadia, signed_in):
    claim(name, nadia)
    tomasz = make.membership(space, make.person(), Role.FACILITATOR)
    where = reverse("spaces:confirm_claim", args=[space.slug, name.ref])
    button = "Yes, this is Grace Ellwood"
    assert button not in signed_in(nadia.person).get(where).text
    assert (
        "is confirmed by somebody who leads"
        in signed_in(nadia.person).post(where, follow=True).text
    )
    assert button in signed_in(tomasz.person).get(where).text
    assert "This was confirmed on" in signed_in(tomasz.person).post(where, follow=True).text
    assert not NameClaim.objects.unconfirmed().exists()


def test_a_name_somebody_left_is_nobodys_to_claim(name):
    Membership.objects.filter(pk=name.pk).update(left_on=name.space.today)
    assert name not in Membership.objects.unclaimed()


def test_who_claimed_a_name_rewrites_and_erases_nothing_until_it_is_confirmed(told, name, nadia):
    claim(name, nadia)
    moment = told.steps.get().moment
    fields = {"text": "Other words.", "cycle": "applied", "polarity": "mixed", "status": "actual"}
    fields |= {"occurred_on": moment.occurred_on, "precision": "day", "location": "in_practice"}
    with pytest.raises(ValidationError, match="nobody has confirmed"):
        telling.change_moment(moment, by=name, seen=moment.revision, fields=fields)
    with pytest.raises(ValidationError, match="nobody has confirmed"):
        telling.erase_story(told, by=name)
    moment.refresh_from_db()
    assert moment.text != "Other words."
