"""Leaving a space, roles, and how people say they take part."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from spaces.actions.entering import end_everything, one_at_a_time
from spaces.actions.names import keep_former_name
from spaces.actions.noticing import settle_leading
from spaces.models import (
    HowTaken,
    LeadershipRole,
    Level,
    Membership,
    Notice,
    ParticipationPeriod,
    Person,
    RoleAssignment,
    Space,
)
from spaces.permissions import LEADERS, Role
from spaces.presentation.taken_names import refuse_taken_name
from spaces.rules import require_to_assign


@transaction.atomic
def leave_space(membership: Membership, *, by: Person, closing: bool = False) -> None:
    """End a membership and its roles today. Stories stay as their teller's consent says.

    Whoever is `closing` their account may leave a space empty, but not others without a convener.
    """
    if membership.person_id != by.pk:
        raise ValidationError(_("Only the person themselves leaves a space."))
    space = membership.space
    one_at_a_time(space)
    membership.refresh_from_db(fields=["left_on"])
    if membership.left_on:
        raise ValidationError(_("You have left this space already."))
    if lone_convener(membership) if closing else only_convener(membership):
        raise ValidationError(
            _("You are the only convener here. Make somebody else a convener first, then leave.")
        )
    end_everything(membership, last_day=space.today)
    membership.left_on = space.today
    membership.save(update_fields=["left_on"])
    settle_leading(by, space)


def only_convener(membership: Membership) -> bool:
    """True if the space would be left without a convener."""
    convenes = membership.holds(Role.CONVENER)
    return convenes and not others_convene(membership.space, membership)


def lone_convener(membership: Membership) -> bool:
    """True if others would be left in the space without a convener."""
    here = Membership.objects.current().in_space(membership.space).with_account()
    current = membership.is_current(membership.space.today)
    return current and only_convener(membership) and here.apart_from(membership).exists()


def others_convene(space: Space, membership: Membership) -> bool:
    """True if somebody other than this member is a convener now."""
    return (
        RoleAssignment.objects.giving_access(on=space.today)
        .conveners_of(space)
        .apart_from(membership)
        .exists()
    )


@transaction.atomic
def forget_member(membership: Membership, *, by: Person, name: str) -> None:
    """Take out of a membership that is over who it was; the practice stays, which names nobody.

    The name is remembered where nobody reads it, so that it still gives way in what others wrote.
    """
    was_called = membership.name
    keep_former_name(membership, was_called)
    Notice.objects.in_space(membership.space).rename(was_called, name)
    membership.name, membership.left_on = name, membership.left_on or membership.space.today
    membership.trajectory = ""
    for field in ("organisation", "cares", "unsure", "entry_story", "notice"):
        setattr(membership, field, "")
    membership.person = None
    membership.save()
    membership.levels.update(reason="")


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
    require_to_assign(by)
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
    if assignment.role in Role.values:
        require_to_assign(by)
    if assignment.role == Role.CONVENER and not others_convene(by.space, membership):
        raise ValidationError(_("A space keeps one convener. Make somebody else a convener first."))
    assignment.until = max(
        (on or by.space.today) - dt.timedelta(days=1),
        assignment.since - dt.timedelta(days=1),
    )
    assignment.save(update_fields=["until"])
    if not any(membership.holds(role) for role in LEADERS):
        settle_leading(membership.person, membership.space)


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
    membership.refresh_from_db(fields=["trajectory"])
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
    name = words.get("name", membership.name)
    if name != membership.name:
        one_at_a_time(membership.space)
        refuse_taken_name(name, membership)
        keep_former_name(membership, membership.name, now=name)
        Notice.objects.in_space(membership.space).rename(membership.name, name)
    for field, value in words.items():
        setattr(membership, field, value)
    membership.save(update_fields=[*words])
