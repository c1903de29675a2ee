"""The space itself, its neighbours and its people."""

from spacefile.as_written import extras_of, spelled_in
from spacefile.fetching.file_ids import FileIds, grouped, line, text
from spacefile.schema import (
    QUIET_CYCLES,
    OtherSpaceRecord,
    OutsideRecord,
    PersonRecord,
    SpaceRecord,
)
from spaces.models import Membership, ParticipationPeriod, RoleAssignment, Space, SpaceLink
from spaces.permissions import Role


def space_entry(space: Space) -> SpaceRecord:
    """What the space says about itself."""
    order = spelled_in(space).get("order", QUIET_CYCLES)
    days = space.stall_after_days
    return SpaceRecord(
        slug=space.slug,
        name=line(space.name),
        purpose=text(space.purpose),
        structure_kind=tuple(space.structure_kind),
        governance=space.governance,
        state=space.state,
        boundary_policy=space.boundary_policy,
        confidentiality_note=text(space.confidentiality_note),
        min_group_size=space.min_group_size,
        stall_after_days=tuple((cycle, days[cycle]) for cycle in order if days.get(cycle)),
        rhythm=line(space.rhythm),
        extras=extras_of(space),
    )


def people(ids: FileIds) -> tuple[tuple[PersonRecord, ...], tuple[OutsideRecord, ...]]:
    """Those who take part, and those beside them, each in the order in which they came."""
    members = list(Membership.objects.in_space(ids.space).order_by("pk"))
    ids.people = {row.pk: row.ref for row in members}
    held = RoleAssignment.objects.of_space(ids.space).order_by("pk")
    roles = grouped((row.membership_id, row) for row in held)
    periods = ParticipationPeriod.objects.filter(membership__space=ids.space)
    levels = grouped((row.membership_id, row) for row in periods.order_by("since", "pk"))
    inside = [
        person_entry(ids, row, roles.get(row.pk, []), levels.get(row.pk, []))
        for row in members
        if not row.outside
    ]
    beside = [outside_entry(row, roles.get(row.pk, [])) for row in members if row.outside]
    return tuple(inside), tuple(beside)


def person_entry(ids: FileIds, row: Membership, roles: list, levels: list) -> PersonRecord:
    """Somebody who takes part; that they hold the role of a participant goes without saying."""
    said = spelled_in(row).get("participant", False)
    held = [role.role for role in roles if role.is_held]
    return PersonRecord(
        id=row.ref,
        name=line(row.name),
        practice=line(row.practice),
        org=line(row.organisation),
        joined=row.joined_on or ids.space.founded_on,
        roles=tuple(role for role in held if said or role != Role.PARTICIPANT),
        levels=tuple({period.since: period.level for period in levels}.items()),
        trajectory=row.trajectory,
        cares=text(row.cares),
        unsure=text(row.unsure),
        extras=extras_of(row),
    )


def outside_entry(row: Membership, roles: list) -> OutsideRecord:
    """Somebody beside the space, by the role held now, else by the last one held."""
    held = [role.role for role in roles if role.is_held]
    held = held or [role.role for role in roles[-1:]] or ["stakeholder"]
    return OutsideRecord(
        id=row.ref,
        name=line(row.name),
        role=held[0],
        org=line(row.organisation),
        extras=extras_of(row),
    )


def links(ids: FileIds) -> tuple[OtherSpaceRecord, ...]:
    """Other spaces, and through whom they are known."""
    rows = list(SpaceLink.objects.filter(space=ids.space).order_by("pk"))
    ids.links = {row.pk: row.slug for row in rows}
    pairs = SpaceLink.via.through.objects.filter(spacelink__space=ids.space).order_by("pk")
    via = grouped(pairs.values_list("spacelink", "membership"))
    return tuple(
        OtherSpaceRecord(
            slug=row.slug,
            name=line(row.name),
            link_via=tuple(ids.people[pk] for pk in via.get(row.pk, ())),
            extras=extras_of(row),
        )
        for row in rows
    )
