"""The space itself, its neighbours and its people."""

from spacefile.as_written import kept
from spacefile.schema import QUIET_CYCLES, OutsideRecord, PersonRecord, SpaceFile
from spacefile.storing.stored_rows import StoredRows, in_bulk
from spaces.models import Membership, ParticipationPeriod, RoleAssignment, Space, SpaceLink
from spaces.permissions import Role


def store_space(document: SpaceFile) -> StoredRows:
    """The space, with nobody in it yet."""
    entry = document.space
    joined = [person.joined for person in document.participants]
    spelled = {"file": document.extras} if document.extras else {}
    order = [cycle for cycle, _days in entry.stall_after_days]
    if order != [cycle for cycle in QUIET_CYCLES if cycle in order]:
        spelled["order"] = order
    return StoredRows(
        Space.objects.create(
            slug=entry.slug,
            name=entry.name,
            purpose=entry.purpose,
            structure_kind=list(entry.structure_kind),
            governance=entry.governance,
            state=entry.state,
            boundary_policy=entry.boundary_policy,
            confidentiality_note=entry.confidentiality_note,
            min_group_size=entry.min_group_size,
            stall_after_days=dict(entry.stall_after_days),
            rhythm=entry.rhythm,
            founded_on=min([*joined, document.as_of]),
            closed_on=document.as_of if entry.state == "closed" else None,
            file_as_of=document.as_of,
            extra=kept(entry, **spelled),
        )
    )


def store_people(stored: StoredRows, document: SpaceFile) -> None:
    """Names without accounts, in the order of the file, with their roles and levels."""
    rows = in_bulk(
        [member_of(stored, entry) for entry in document.participants]
        + [outsider_of(stored, entry) for entry in document.outside]
    )
    stored.people = {row.ref: row for row in rows}
    roles, levels = [], []
    for entry in document.participants:
        row = stored.people[entry.id]
        held = [*entry.roles, *(() if Role.PARTICIPANT in entry.roles else (Role.PARTICIPANT,))]
        roles += [RoleAssignment(membership=row, role=role, since=entry.joined) for role in held]
        levels += periods_of(row, entry)
    for entry in document.outside:
        row = stored.people[entry.id]
        roles.append(RoleAssignment(membership=row, role=entry.role, since=stored.space.founded_on))
    in_bulk(roles)
    in_bulk(levels)


def member_of(stored: StoredRows, entry: PersonRecord) -> Membership:
    """Somebody who takes part."""
    spelled = {"participant": True} if Role.PARTICIPANT in entry.roles else {}
    return Membership(
        space=stored.space,
        ref=entry.id,
        name=entry.name,
        practice=entry.practice,
        organisation=entry.org,
        joined_on=entry.joined,
        trajectory=entry.trajectory,
        cares=entry.cares,
        unsure=entry.unsure,
        extra=kept(entry, **spelled),
    )


def outsider_of(stored: StoredRows, entry: OutsideRecord) -> Membership:
    """Somebody beside the space."""
    return Membership(
        space=stored.space,
        ref=entry.id,
        name=entry.name,
        organisation=entry.org,
        outside=True,
        extra=kept(entry),
    )


def periods_of(row: Membership, entry: PersonRecord) -> list[ParticipationPeriod]:
    """One period a level, each until the next begins."""
    ends = [day for day, _level in entry.levels[1:]] + [None]
    return [
        ParticipationPeriod(membership=row, level=level, since=day, until=until)
        for (day, level), until in zip(entry.levels, ends, strict=False)
    ]


def store_links(stored: StoredRows, document: SpaceFile) -> None:
    """Other spaces, and through whom they are known."""
    rows = [
        SpaceLink(space=stored.space, slug=entry.slug, name=entry.name, extra=kept(entry))
        for entry in document.other_spaces
    ]
    stored.links = {row.slug: row for row in in_bulk(rows)}
    via = SpaceLink.via.through
    in_bulk(
        [
            via(spacelink=stored.links[entry.slug], membership=stored.people[person])
            for entry in document.other_spaces
            for person in entry.link_via
        ]
    )
