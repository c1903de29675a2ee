"""Rules of a space that every door and every action asks."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import in_words
from spaces.models import Membership, Space
from spaces.permissions import Action, Role, may, roles_to_give

CLOSED = _(
    "This space is closed. What was told in it can be read, corrected by those who told it, and "
    "evaluated. Before anything new is begun, a convener can reopen it."
)


def require_open(space: Space) -> None:
    """Nothing new is begun, and nobody joins, in a space that was closed."""
    if not space.is_open_for_work:
        raise ValidationError(CLOSED, code="closed")


def require_to_assign(by: Membership) -> None:
    """Access roles are given and ended by those who convene the space, and by nobody below them."""
    if not may(by.person, Action.ASSIGN_ROLES, by.space):
        raise ValidationError(_("Only a convener gives and ends roles. Ask one of them."))


def require_to_give(by: Membership, roles: Collection[Role]) -> None:
    """Whoever does not assign roles brings people in as participants only, whatever the door."""
    if beyond := not_to_give(by, roles):
        said = _(
            "Only a convener brings somebody in as %(roles)s. Invite them as a participant, or "
            "ask a convener."
        )
        raise ValidationError(said, params={"roles": beyond})


def require_still_to_give(by: Membership, roles: Collection[Role]) -> None:
    """An invitation gives what whoever sent it may give on the day it is accepted."""
    if beyond := not_to_give(by, roles):
        said = _(
            "Whoever invited you can no longer bring anybody in as %(roles)s. Ask a convener of "
            "the space for a new invitation."
        )
        raise ValidationError(said, params={"roles": beyond})


def not_to_give(by: Membership, roles: Collection[Role]) -> str:
    """Those of some roles that a member may not bring anybody in as, in words; empty if none."""
    given = roles_to_give(by.person, by.space)
    return in_words(role.label for role in Role if role in roles and role not in given)


def require_still_to_invite(by: Membership) -> None:
    """A link lets people in while whoever made it may still bring people in."""
    if not may(by.person, Action.INVITE, by.space):
        said = _(
            "Whoever made this link no longer brings people into the space. Ask somebody there "
            "for a new one."
        )
        raise ValidationError(said)
