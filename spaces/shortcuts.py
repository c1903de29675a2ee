"""The first line of every view."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from spaces.models import Membership, Space
from spaces.permissions import Action, may


def space_for(person, slug: str, action: Action = Action.VIEW_SPACE) -> Space:
    """The space, if the person can see it (else 404) and may do `action` there (else 403)."""
    space = get_object_or_404(Space.objects.for_user(person), slug=slug)
    if not may(person, action, space):
        raise PermissionDenied
    return space


def membership_in(space: Space, person) -> Membership:
    """The person's current membership of a space they are in."""
    return get_object_or_404(Membership.objects.current().in_space(space).of_person(person))
