"""A space whose leaders have all been gone for long: who may choose another, and when one is.

Gone is who has not signed in for 60 days, nor a program with a key of theirs, or has left. Chosen
is who agrees and to whom more than half of the members agree who have been here meanwhile, once a
week has passed.
"""

import datetime as dt

from django.utils import timezone

from spaces.models import HowTaken, LeaderProposal, Membership, RoleAssignment, Space
from spaces.permissions import MEMBERS, Role

AWAY = dt.timedelta(days=60)
OPEN = dt.timedelta(days=7)


def leaders_are_gone(space: Space, now=None) -> bool:
    """True if nobody who led the space within 60 days has signed in within them."""
    since = (now or timezone.now()) - AWAY
    led = RoleAssignment.objects.of_space(space).between(since.date(), None)
    return space.is_open_for_work and not led.leading_and_seen(since).exists()


def voters(space: Space, now=None):
    """The members who count: those who have signed in within 60 days."""
    since = (now or timezone.now()) - AWAY
    here = Membership.objects.current().in_space(space)
    return here.holding_any(MEMBERS).seen_since(since)


def agreed(proposal: LeaderProposal, now=None) -> int:
    """How many of those who count agree."""
    return proposal.voices.given_by(voters(proposal.space, now)).count()


def is_ripe(proposal: LeaderProposal, now=None) -> bool:
    """True once a proposal has lasted a week, its member agrees, and so do more than half."""
    now = now or timezone.now()
    space, members = proposal.space, voters(proposal.space, now)
    return (
        proposal.settled_at is None
        and proposal.proposed_at <= now - OPEN
        and leaders_are_gone(space, now)
        and members.among([proposal.member_id]).exists()
        and proposal.voices.given_by([proposal.member_id]).exists()
        and 2 * agreed(proposal, now) > members.count()
    )


def settle(proposal: LeaderProposal, now=None) -> bool:
    """Make who was chosen a convener from today on; every other proposal of the space is over."""
    now = now or timezone.now()
    if not is_ripe(proposal, now):
        return False
    space = proposal.space
    RoleAssignment.objects.create(
        membership=proposal.member, role=Role.CONVENER, since=space.today, how=HowTaken.ASKED
    )
    LeaderProposal.objects.in_space(space).open().update(settled_at=now)
    proposal.settled_at, proposal.chosen = now, True
    proposal.save(update_fields=["settled_at", "chosen"])
    return True
