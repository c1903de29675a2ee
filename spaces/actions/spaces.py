"""Founding a space, changing what it says about itself, and its states."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from learningspaces.lib.dates import today_in
from spaces.actions.entering import enter
from spaces.models import GroupSizeChange, Membership, Person, Space, SpaceState
from spaces.permissions import Role
from spaces.revisions import claim_revision
from spaces.slugs import another_slug
from spaces.stated_days import require_come


@transaction.atomic
def found_space(*, by: Person, **words) -> Space:
    """Set up a space; whoever founds it is its convener and facilitator.

    Its address is made of its name, and never of that alone: whether a space has the plain one
    already would be told by getting another.
    """
    zone = words.get("time_zone") or by.time_zone
    today = today_in(zone)
    require_come("founded_on", words.get("founded_on"), today=max(today, by.today))
    words |= {"time_zone": zone, "language": by.language}
    words["founded_on"] = words.get("founded_on") or today
    stem = slugify(words["name"]) or "space"
    space = Space.objects.create(**words, slug=another_slug(stem))
    enter(space=space, person=by, roles=[Role.CONVENER, Role.FACILITATOR, Role.PARTICIPANT])
    return space


@transaction.atomic
def edit_space(space: Space, *, by: Person, seen: int, **words) -> None:
    """Change what a space says about itself."""
    require_come("founded_on", words.get("founded_on"), today=max(space.today, by.today))
    claim_revision(space, seen)
    stored = Space.objects.get(pk=space.pk)
    if words.get("time_zone", stored.time_zone) != stored.time_zone:
        words["day_reached"] = stored.today
    after, before = words.get("min_group_size"), stored_group_size(space)
    if after is not None and after != before:
        me = Membership.objects.current().in_space(space).filter(person=by).first()
        GroupSizeChange.objects.create(space=space, by=me, before=before, after=after)
    for name, value in words.items():
        setattr(space, name, value)
    space.save(update_fields=[*words])


def stored_group_size(space: Space) -> int:
    """The smallest group as it is stored, whatever a form has set on the row at hand."""
    return Space.objects.values_list("min_group_size", flat=True).get(pk=space.pk)


@transaction.atomic
def pause_space(space: Space, *, by: Person) -> None:
    """Let a space rest; everything stays readable and people may still tell what happened."""
    if space.state == SpaceState.CLOSED:
        raise ValidationError(_("This space is closed. Reopen it before you pause it."))
    space.state = SpaceState.PAUSED
    space.save(update_fields=["state"])


@transaction.atomic
def close_space(space: Space, *, by: Person, reflection: str) -> None:
    """End a space with a closing reflection. Closing is success as often as not."""
    if space.state == SpaceState.CLOSED:
        raise ValidationError(_("This space is closed already."))
    space.state = SpaceState.CLOSED
    space.closing_reflection = reflection
    space.closed_on = space.today
    space.save(update_fields=["state", "closing_reflection", "closed_on"])


@transaction.atomic
def reopen_space(space: Space, *, by: Person) -> None:
    """Make a paused or closed space active again; its closing reflection stays."""
    space.state = SpaceState.ACTIVE
    space.closed_on = None
    space.save(update_fields=["state", "closed_on"])
