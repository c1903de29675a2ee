"""The space itself, its neighbours and its people."""

from spacefile import words
from spacefile.document import (
    OtherSpaceEntry,
    OutsideEntry,
    PersonEntry,
    SpaceEntry,
)
from spacefile.fetching.index import Index, grouped, line, text
from spacefile.keeping import extras_of, spelled_in
from spaces.models import Membership, ParticipationPeriod, RoleAssignment, Space, SpaceLink
from spaces.permissions import Role


def space_entry(space: Space) -> SpaceEntry:
    """What the space says about itself."""
    order = spelled_in(space).get("order", words.PERIOD_CYCLES)
    days = space.stall_after_days
    return SpaceEntry(
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


def people(index: Index) -> tuple[tuple[PersonEntry, ...], tuple[OutsideEntry, ...]]:
    """Those who take part, and those beside them, each in the order in which they came."""
    members = list(Membership.objects.in_space(index.space).order_by("pk"))
    index.people = {row.pk: row.ref for row in members}
    held = RoleAssignment.objects.of_space(index.space).order_by("pk")
    roles = grouped((row.membership_id, row) for row in held)
    periods = ParticipationPeriod.objects.filter(membership__space=index.space)
    levels = grouped((row.membership_id, row) for row in periods.order_by("since", "pk"))
    inside = [
        person_entry(index, row, roles.get(row.pk, []), levels.get(row.pk, []))
        for row in members
        if not row.outside
    ]
    beside = [outside_entry(row, roles.get(row.pk, [])) for row in members if row.outside]
    return tuple(inside), tuple(beside)


def person_entry(index: Index, row: Membership, roles: list, levels: list) -> PersonEntry:
    """Somebody who takes part; that they hold the role of a participant goes without saying."""
    said = spelled_in(row).get("participant", False)
    held = [role.role for role in roles if role.is_held]
    return PersonEntry(
        id=row.ref,
        name=line(row.name),
        practice=line(row.practice),
        org=line(row.organisation),
        joined=row.joined_on or index.space.founded_on,
        roles=tuple(role for role in held if said or role != Role.PARTICIPANT),
        levels=tuple({period.since: period.level for period in levels}.items()),
        trajectory=row.trajectory,
        cares=text(row.cares),
        unsure=text(row.unsure),
        extras=extras_of(row),
    )


def outside_entry(row: Membership, roles: list) -> OutsideEntry:
    """Somebody beside the space, by the role held now, else by the last one held."""
    held = [role.role for role in roles if role.is_held]
    held = held or [role.role for role in roles[-1:]] or ["stakeholder"]
    return OutsideEntry(
        id=row.ref,
        name=line(row.name),
        role=held[0],
        org=line(row.organisation),
        extras=extras_of(row),
    )


def links(index: Index) -> tuple[OtherSpaceEntry, ...]:
    """Other spaces, and through whom they are known."""
    rows = list(SpaceLink.objects.filter(space=index.space).order_by("pk"))
    index.links = {row.pk: row.slug for row in rows}
    pairs = SpaceLink.via.through.objects.filter(spacelink__space=index.space).order_by("pk")
    via = grouped(pairs.values_list("spacelink", "membership"))
    return tuple(
        OtherSpaceEntry(
            slug=row.slug,
            name=line(row.name),
            link_via=tuple(index.people[pk] for pk in via.get(row.pk, ())),
            extras=extras_of(row),
        )
        for row in rows
    )
