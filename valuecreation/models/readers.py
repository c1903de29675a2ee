"""As what somebody reads, and in which spaces."""

from spaces.models import Membership, RoleAssignment
from spaces.permissions import Role


def spaces_read_as_insider(person, on=None):
    """Spaces where a person reads as the space itself (any access role but the sponsor's)."""
    return (
        RoleAssignment.objects.giving_access(on)
        .filter(membership__person=person)
        .exclude(role=Role.SPONSOR)
        .values("membership__space")
    )


def spaces_sponsored(person, on=None):
    """Spaces where a person holds the sponsor's role."""
    return (
        RoleAssignment.objects.giving_access(on)
        .filter(membership__person=person, role=Role.SPONSOR)
        .values("membership__space")
    )


def spaces_ever_in(person):
    """Spaces in which a person has or had a membership; of no others do they read anything."""
    return Membership.objects.filter(person=person).values("space")


def audience_in(space, person) -> str:
    """What a person reads as in a space today; empty when they hold no role there."""
    return space.audience_of(person) if space.roles_of(person) else ""
