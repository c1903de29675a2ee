"""Who may confirm that a name was claimed by the person it means."""

from spaces.models import Membership, NameClaim
from spaces.permissions import LEADERS, MEMBERS

ENOUGH_MEMBERS = 2


def second_leaders(claim: NameClaim):
    """Those who lead the space beside whoever claimed the name and whoever invited them."""
    return others(claim).holding_any(LEADERS)


def others(claim: NameClaim):
    """Everybody in the space but the one who claimed the name and the one who invited them."""
    here = Membership.objects.current().in_space(claim.membership.space)
    both = [pk for pk in (claim.membership_id, claim.invited_by_id) if pk]
    return here.apart_from_all(both)


def may_confirm(claim: NameClaim, member: Membership) -> bool:
    """A second leader; where there is none, any member but the two whom it concerns."""
    if claim.confirmed_on or not others(claim).among([member.pk]).exists():
        return False
    leaders = second_leaders(claim)
    if leaders.exists():
        return leaders.among([member.pk]).exists()
    held = others(claim).among([member.pk]).holding_any(MEMBERS)
    return held.exists() and not claim.confirmations.given_by(member).exists()
