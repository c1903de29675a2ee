"""Two people, or one person twice, at the very same moment. SQLite has one writer at a time."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import connection

from spaces import actions
from spaces.addresses import Address
from spaces.models import Boundary, Invitation, Level, Membership, RoleAssignment, Space
from spaces.permissions import Role
from tests import make
from valuecreation import actions as telling
from valuecreation.cycles import Cycle
from valuecreation.models import Story

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
    pytest.mark.django_db(transaction=True),
]


def at_once(*deeds):
    """What each deed gave back or was refused with, all of them begun together."""
    begin = Barrier(len(deeds))

    def do(deed):
        try:
            begin.wait()
            return deed()
        except ValidationError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as workers:
        return list(workers.map(do, deeds))


def refused(answers):
    return [answer for answer in answers if isinstance(answer, ValidationError)]


def convening(space):
    return RoleAssignment.objects.giving_access().conveners_of(space)


@pytest.mark.parametrize("_again", range(2))
def test_two_conveners_who_leave_at_once_leave_one_behind(_again):
    space = make.space()
    both = [make.membership(space, make.person(), Role.CONVENER) for _ in range(2)]
    answers = at_once(*(lambda me=me: actions.leave_space(me, by=me.person) for me in both))
    assert len(refused(answers)) == 1
    assert convening(space).count() == 1


def test_people_who_come_in_at_once_all_come_in():
    space = make.space(boundary_policy=Boundary.OPEN)
    people = [make.person() for _ in range(4)]
    answers = at_once(*(lambda who=who: actions.join_space(space, by=who) for who in people))
    assert {member.ref for member in answers} == {"P01", "P02", "P03", "P04"}


def test_two_who_claim_one_name_do_not_take_it_from_each_other():
    space = make.space()
    leader = make.membership(space, make.person(), Role.CONVENER)
    name = make.membership(space)
    addresses = ["ana@example.org", "bo@example.org"]
    invitations = [
        actions.invite(by=leader, addresses=[Address(address)], claims=name)[0]
        for address in addresses
    ]
    people = [make.person(email=address) for address in addresses]
    for who in people:
        EmailAddress.objects.create(user=who, email=who.email, verified=True)
    at_once(
        *(
            lambda sent=sent, who=who: actions.redeem_invitation(sent, by=who)
            for sent, who in zip(invitations, people, strict=True)
        )
    )
    claimed = set(Membership.objects.in_space(space).exclude(pk=leader.pk).values_list("person"))
    assert claimed == {(who.pk,) for who in people}


def test_one_address_is_invited_once_by_two_who_lead():
    space = make.space()
    leaders = [make.membership(space, make.person(), Role.FACILITATOR) for _ in range(2)]
    to = [Address("ana@example.org")]
    answers = at_once(*(lambda by=by: actions.invite(by=by, addresses=to) for by in leaders))
    assert sorted(len(made) for made in answers) == [0, 1]


def test_link_lets_in_no_more_than_it_was_made_for_however_many_come_at_once():
    space = make.space()
    leader = make.membership(space, make.person(), Role.FACILITATOR)
    link = actions.make_join_link(by=leader, lasts=dt.timedelta(hours=1), most=2)
    people = [make.person() for _ in range(5)]
    answers = at_once(*(lambda who=who: actions.join_by_link(link, by=who) for who in people))
    assert len(refused(answers)) == 3
    link.refresh_from_db()
    assert (link.used, Membership.objects.in_space(space).count()) == (2, 3)


def test_invitation_is_used_or_revoked_never_both():
    space = make.space()
    leader = make.membership(space, make.person(), Role.CONVENER)
    (sent,) = actions.invite(by=leader, addresses=[Address("ana@example.org")])
    ana, mine = make.person(), Invitation.objects.get()
    answers = at_once(
        lambda: actions.redeem_invitation(sent, by=ana),
        lambda: actions.revoke_invitation(mine, by=leader),
    )
    assert len(refused(answers)) == 1
    sent.refresh_from_db()
    assert bool(sent.redeemed_at) != bool(sent.revoked_at)


def test_level_stated_at_once_holds_in_one_period():
    space = make.space()
    member = make.membership(space, make.person())
    rows = [Membership.objects.get(pk=member.pk) for _ in range(3)]
    at_once(
        *(
            lambda row=row: actions.state_level(row, by=member.person, level=Level.ACTIVE)
            for row in rows
        )
    )
    assert member.levels.current().count() == 1


def test_spaces_of_one_name_founded_at_once_have_addresses_of_their_own():
    people = [make.person() for _ in range(3)]
    at_once(
        *(
            lambda who=who: actions.found_space(by=who, name="Tuesday round", purpose="Less pain.")
            for who in people
        )
    )
    assert Space.objects.filter(name="Tuesday round").count() == 3


def test_a_wording_is_approved_once():
    story = make.story(in_space=make.space(), teller=None)
    copies = [Story.objects.get(pk=story.pk) for _ in range(3)]
    answers = at_once(
        *(lambda copy=copy: telling.approve_story(copy, by=copy.teller) for copy in copies)
    )
    assert len(refused(answers)) == 2
    assert story.versions.count() == 1


def test_moments_told_at_once_in_one_story_are_all_kept():
    story = make.story(in_space=make.space())
    copies = [Story.objects.get(pk=story.pk) for _ in range(3)]
    today = story.space.today
    fields = {"cycle": Cycle.APPLIED, "text": "We tried.", "occurred_on": today}
    fields["agent"] = story.teller
    at_once(
        *(
            lambda copy=copy: telling.add_moment(copy, by=copy.teller, fields=dict(fields))
            for copy in copies
        )
    )
    assert sorted(story.steps.values_list("order", flat=True)) == [1, 2, 3, 4]


def test_sentences_noted_at_once_are_all_kept():
    space = make.space()
    members = [make.membership(space, make.person(), Role.PARTICIPANT) for _ in range(3)]
    fields = {"cycle": Cycle.APPLIED, "text": "We tried.", "occurred_on": space.today}
    at_once(
        *(
            lambda me=me: telling.note_moment(space, by=me, fields=fields | {"agent": me})
            for me in members
        )
    )
    assert space.moments.count() == 3
