"""Coming into a space, for the first time or again, whatever the door."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from learningspaces.lib.numbers import number_in
from spaces.actions.noticing import tell_who_may_confirm
from spaces.models import Absence, Membership, NameClaim, Person, RoleAssignment, Space
from spaces.permissions import MEMBERS, Role


def one_at_a_time(space: Space) -> Space:
    """Whoever else enters, leaves, gives a role or takes the next number here waits for this."""
    return Space.objects.select_for_update(no_key=True).get(pk=space.pk)


def next_ref(space: Space) -> str:
    """The next id of a person in a space: P01, P02, … as in the space file."""
    refs = Membership.objects.in_space(space).values_list("ref", flat=True)
    numbers = [number_in(ref[1:], digits=9) or 0 for ref in refs if ref[:1] == "P"]
    return f"P{max(numbers, default=0) + 1:02}"


def enter(
    *,
    space: Space,
    person: Person,
    roles: Iterable[Role],
    claims: Membership | None = None,
    invited_by: Membership | None = None,
    **words,
) -> Membership:
    """Let a person take part: anew, again as who they were, or under the name that waits for them.

    The roles given here are the only ones that somebody who comes back holds.
    """
    one_at_a_time(space)
    roles = list(roles)
    earlier = Membership.objects.in_space(space).of_person(person).first()
    if earlier and earlier.is_current(space.today):
        raise ValidationError(_("You take part in this space already."))
    waiting = claims and Membership.objects.in_space(space).unclaimed().called(claims.ref).first()
    if earlier and waiting:
        said = _(
            "You were in this space before, as %(name)s. Ask for an invitation of your own, and "
            "you come back as yourself."
        )
        raise ValidationError(said % {"name": earlier.name})
    if earlier:
        membership = come_back(earlier, roles=roles, **words)
    elif waiting:
        membership = claim_name(waiting, by=person, invited_by=invited_by)
    else:
        membership = Membership.objects.create(
            space=space,
            person=person,
            ref=next_ref(space),
            name=person.name or person.email.split("@")[0],
            outside=not MEMBERS.intersection(roles),
            joined_on=min(space.today, person.today),
            **words,
        )
    for role in roles:
        if not membership.roles.filter(role=role).not_over(space.today).exists():
            RoleAssignment.objects.create(membership=membership, role=role, since=space.today)
    return membership


def claim_name(waiting: Membership, *, by: Person, invited_by: Membership | None) -> Membership:
    """Let somebody take over a name and the stories told under it; the space is shown who did."""
    waiting.person = by
    waiting.save(update_fields=["person"])
    today = waiting.space.today
    about = {"person": by, "invited_by": invited_by, "claimed_on": today}
    tell_who_may_confirm(NameClaim.objects.create(membership=waiting, **about))
    return waiting


def come_back(membership: Membership, *, roles: Iterable[Role], **words) -> Membership:
    """Take up a membership that had ended, with its name and stories and none of its old roles."""
    left, today = membership.left_on, membership.space.today
    assert left, "who comes back had left"
    end_everything(membership, last_day=min(left, today - dt.timedelta(days=1)))
    Absence.objects.create(membership=membership, left_on=left, back_on=today)
    membership.left_on = None
    membership.outside = not MEMBERS.intersection(roles)
    said = {name: value for name, value in words.items() if value}
    for name, value in said.items():
        setattr(membership, name, value)
    membership.save(update_fields=["left_on", "outside", *said])
    return membership


def end_everything(membership: Membership, *, last_day: dt.date) -> None:
    """End every role and the way of taking part that reach beyond a day."""
    for role in membership.roles.not_over(last_day):
        role.until = last_day if role.since <= last_day else role.since - dt.timedelta(days=1)
        role.save(update_fields=["until"])
    membership.levels.current().update(until=last_day)
