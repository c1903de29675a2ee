"""Entering and leaving a space, roles, and how people say they take part."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from learningspaces.lib.numbers import number_in
from spaces.models import (
    HowTaken,
    LeadershipRole,
    Level,
    Membership,
    ParticipationPeriod,
    Person,
    RoleAssignment,
    Space,
)
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
    **words,
) -> Membership:
    """Begin a person's membership, or let them claim the name that waits for them."""
    one_at_a_time(space)
    if Membership.objects.current().in_space(space).of_person(person).exists():
        raise ValidationError(_("You take part in this space already."))
    roles = list(roles)
    waiting = claims and Membership.objects.in_space(space).unclaimed().called(claims.ref).first()
    if waiting:
        membership = waiting
        membership.person = person
        membership.save(update_fields=["person"])
    else:
        membership = Membership.objects.create(
            space=space,
            person=person,
            ref=next_ref(space),
            name=person.name or person.email.split("@")[0],
            outside=not MEMBERS.intersection(roles),
            joined_on=space.today,
            **words,
        )
    for role in roles:
        if not membership.roles.filter(role=role).not_over(space.today).exists():
            RoleAssignment.objects.create(membership=membership, role=role, since=space.today)
    return membership


@transaction.atomic
def leave_space(membership: Membership, *, by: Person) -> None:
    """End a membership and its roles today. Stories stay as their teller's consent says."""
    if membership.person_id != by.pk:
        raise ValidationError(_("Only the person themselves leaves a space."))
    space = membership.space
    one_at_a_time(space)
    if membership.holds(Role.CONVENER) and not others_convene(space, membership):
        raise ValidationError(
            _("You are the only convener here. Make somebody else a convener first, then leave.")
        )
    today = space.today
    for role in membership.roles.not_over(today):
        role.until = today if role.since <= today else role.since - dt.timedelta(days=1)
        role.save(update_fields=["until"])
    membership.left_on = today
    membership.save(update_fields=["left_on"])


def others_convene(space: Space, membership: Membership) -> bool:
    """True if somebody other than this member is a convener now."""
    return (
        RoleAssignment.objects.giving_access(on=space.today)
        .conveners_of(space)
        .apart_from(membership)
        .exists()
    )


@transaction.atomic
def give_role(
    membership: Membership,
    *,
    by: Membership,
    role: Role,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> RoleAssignment:
    """Give a member an access role in this space from a day on, until its last day if it has one.

    A convener's role has no last day set ahead: a space would be left without one by the calendar.
    """
    since = since or by.space.today
    if membership.space_id != by.space_id:
        raise ValidationError(_("This person is not in your space."))
    for field, day in (("since", since), ("until", until)):
        if day and not 1900 <= day.year <= 2199:
            said = _("This year cannot be right. Choose one between 1900 and 2199.")
            raise ValidationError({field: said})
    if until and until < since:
        said = _("The last day lies before the first. Choose a later one, or leave it empty.")
        raise ValidationError({"until": said})
    if until and role == Role.CONVENER:
        said = _("A convener’s role has no last day. End it when somebody else convenes.")
        raise ValidationError({"until": said})
    one_at_a_time(by.space)
    if membership.roles.filter(role=role).between(since, until).exists():
        said = _("%(name)s holds this role in that time already.") % {"name": membership.name}
        raise ValidationError({"role": said})
    return RoleAssignment.objects.create(
        membership=membership, role=role, since=since, until=until, how=HowTaken.ASKED
    )


@transaction.atomic
def end_role(assignment: RoleAssignment, *, by: Membership, on: dt.date | None = None) -> None:
    """End a role yesterday, so that it gives nothing from today on; the last convener stays."""
    membership = assignment.membership
    one_at_a_time(by.space)
    if assignment.role == Role.CONVENER and not others_convene(by.space, membership):
        raise ValidationError(_("A space keeps one convener. Make somebody else a convener first."))
    assignment.until = max(
        (on or by.space.today) - dt.timedelta(days=1),
        assignment.since - dt.timedelta(days=1),
    )
    assignment.save(update_fields=["until"])


@transaction.atomic
def take_leadership_role(
    membership: Membership,
    *,
    by: Person,
    role: LeadershipRole,
    how: HowTaken = HowTaken.VOLUNTEERED,
) -> RoleAssignment:
    """Say that one stewards a part of the learning. It gives no rights."""
    if membership.person_id != by.pk:
        raise ValidationError(_("People say themselves what they look after."))
    try:
        with transaction.atomic():
            return RoleAssignment.objects.create(
                membership=membership, role=role, since=membership.space.today, how=how
            )
    except IntegrityError as error:
        raise ValidationError(_("You look after this already.")) from error


@transaction.atomic
def state_level(
    membership: Membership, *, by: Person, level: Level, trajectory: str = "", reason: str = ""
) -> ParticipationPeriod:
    """Say how one takes part from today on; the earlier period ends. Nobody else may say it."""
    if membership.person_id != by.pk:
        raise ValidationError(_("People say themselves how they take part."))
    one_at_a_time(membership.space)
    today = membership.space.today
    now = membership.levels.current().first()
    if now and (now.level, now.reason, membership.trajectory) == (level, reason, trajectory):
        return now
    membership.levels.current().update(until=today)
    membership.trajectory = trajectory
    membership.save(update_fields=["trajectory"])
    return ParticipationPeriod.objects.create(
        membership=membership, level=level, since=today, reason=reason, set_by=membership
    )


@transaction.atomic
def describe_oneself(membership: Membership, *, by: Person, **words) -> None:
    """Change one's own name, practice and entry words in a space."""
    if membership.person_id != by.pk:
        raise ValidationError(_("People describe themselves."))
    for name, value in words.items():
        setattr(membership, name, value)
    membership.save(update_fields=[*words])
