"""The first line of every view."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from learningspaces.lib.dates import day_here, look_at
from learningspaces.lib.prepared import Prepared
from spaces.models import Membership, Person, Space
from spaces.permissions import BEGINNING, Action, may
from spaces.rules import require_open

# Asked by every page of a space.
SPACE_READABLE = Prepared(
    lambda person, slug, day: Space.objects.for_user(Person(pk=person), day).with_slug(slug),
    person=-101,
    slug="?",
    day=dt.date(1901, 2, 3),
)


def space_for(person, slug: str, action: Action = Action.VIEW_SPACE) -> Space:
    """The space, if the person can see it (else 404) and may do `action` there (else 403)."""
    today = day_here()
    space = SPACE_READABLE.first(person=person.pk, slug=slug, day=today) if person.pk else None
    if space is None:
        raise Http404
    look_at(space.time_zone, space.day_reached)
    require(person, action, space)
    return space


def require(person, action: Action, space: Space) -> None:
    """Raise PermissionDenied unless the person may do `action` in a space they can see."""
    if action in BEGINNING:
        refuse_if_closed(space)
    if not may(person, action, space):
        raise PermissionDenied


def refuse_if_closed(space: Space) -> None:
    """Raise PermissionDenied, in the words of the rule, if the space was closed."""
    try:
        require_open(space)
    except ValidationError as error:
        raise PermissionDenied(error.message) from error


def membership_in(space: Space, person) -> Membership:
    """The person's current membership of a space they are in."""
    return get_object_or_404(Membership.objects.current().in_space(space).of_person(person))


def require_founding() -> None:
    """Raise PermissionDenied, in words, where the site's keepers have switched founding off."""
    if not settings.FOUNDING:
        raise PermissionDenied(
            _("New spaces are started by those who run this site. Ask them for one.")
        )
