"""The space itself, its people and its neighbours."""

from spacefile.columns import Columns, Links, grouped, in_bulk, spelled_in
from spacefile.schema import (
    QUIET_CYCLES,
    OtherSpaceRecord,
    OutsideRecord,
    PersonRecord,
    SpaceFile,
    SpaceRecord,
)
from spaces.models import Membership, ParticipationPeriod, RoleAssignment, Space, SpaceLink
from spaces.permissions import Role

SPACE = Columns(SpaceRecord, Space, apart=["stall_after_days"])
INSIDE = Columns(
    PersonRecord,
    Membership,
    id="ref",
    org="organisation",
    joined="joined_on",
    apart=["roles", "levels"],
)
BESIDE = Columns(OutsideRecord, Membership, id="ref", org="organisation", apart=["role"])
OTHER_SPACE = Columns(OtherSpaceRecord, SpaceLink, apart=["link_via"])


def store_space(document: SpaceFile) -> Space:
    """The space, with nobody in it yet."""
    entry = document.space
    spelled = {"file": document.extras} if document.extras else {}
    order = [cycle for cycle, _days in entry.stall_after_days]
    if order != [cycle for cycle in QUIET_CYCLES if cycle in order]:
        spelled["order"] = order
    founded_on = entry.founded_on
    if not founded_on:
        founded_on = min([document.as_of, *(person.joined for person in document.participants)])
        spelled["founded_on"] = founded_on.isoformat()  # not said; so it is not written again
    space = SPACE.to_row(
        Links(None),
        entry,
        spelled=spelled,
        stall_after_days=dict(entry.stall_after_days),
        founded_on=founded_on,
        closed_on=document.as_of if entry.state == "closed" else None,
        file_as_of=document.as_of,
    )
    space.save()
    return space


def space_record(space: Space) -> SpaceRecord:
    """What the space says about itself."""
    order, days = spelled_in(space).get("order", QUIET_CYCLES), space.stall_after_days
    quiet = tuple((cycle, days[cycle]) for cycle in order if days.get(cycle))
    unsaid = spelled_in(space).get("founded_on") == space.founded_on.isoformat()
    founded_on = None if unsaid else space.founded_on
    return SPACE.to_record(Links(space), space, stall_after_days=quiet, founded_on=founded_on)


def store_people(links: Links, document: SpaceFile) -> None:
    """Names without accounts, in the order of the file, with their roles and levels."""
    inside = [
        INSIDE.to_row(
            links, entry, spelled={"participant": True} if Role.PARTICIPANT in entry.roles else {}
        )
        for entry in document.participants
    ]
    beside = [BESIDE.to_row(links, entry, outside=True) for entry in document.outside]
    in_bulk([*inside, *beside])
    links[Membership] = {row.ref: row.pk for row in (*inside, *beside)}
    roles, levels = [], []
    for row, entry in zip(inside, document.participants, strict=True):
        held = dict.fromkeys([*entry.roles, Role.PARTICIPANT])
        roles += [RoleAssignment(membership=row, role=role, since=entry.joined) for role in held]
        ends = [day for day, _level in entry.levels[1:]] + [None]
        levels += [
            ParticipationPeriod(membership=row, level=level, since=day, until=until)
            for (day, level), until in zip(entry.levels, ends, strict=False)
        ]
    since = links.space.founded_on
    roles += [
        RoleAssignment(membership=row, role=entry.role, since=since)
        for row, entry in zip(beside, document.outside, strict=True)
    ]
    in_bulk(roles)
    in_bulk(levels)


def people_records(
    links: Links,
) -> tuple[tuple[PersonRecord, ...], tuple[OutsideRecord, ...]]:
    """Those who take part, and those beside them, each in the order in which they came."""
    members = list(Membership.objects.in_space(links.space).order_by("pk"))
    links[Membership] = {row.pk: row.ref for row in members}
    held = RoleAssignment.objects.of_space(links.space).order_by("pk")
    roles = grouped((row.membership_id, row) for row in held)
    periods = ParticipationPeriod.objects.filter(membership__space=links.space)
    levels = grouped((row.membership_id, row) for row in periods.order_by("since", "pk"))
    inside, beside = [], []
    for row in members:
        all_roles = roles.get(row.pk, [])
        held = [role.role for role in all_roles if role.is_held]
        if row.outside:
            last = held or [role.role for role in all_roles[-1:]] or ["stakeholder"]
            beside.append(BESIDE.to_record(links, row, role=last[0]))
        else:
            inside.append(person_record(links, row, held, levels.get(row.pk, [])))
    return tuple(inside), tuple(beside)


def person_record(links: Links, row: Membership, held: list, levels: list) -> PersonRecord:
    """Somebody who takes part; that they hold the role of a participant goes without saying."""
    said = spelled_in(row).get("participant", False)
    return INSIDE.to_record(
        links,
        row,
        joined=row.joined_on or links.space.founded_on,
        roles=tuple(role for role in held if said or role != Role.PARTICIPANT),
        levels=tuple({period.since: period.level for period in levels}.items()),
    )


def store_other_spaces(links: Links, document: SpaceFile) -> None:
    """Other spaces, and through whom they are known."""
    rows = in_bulk(OTHER_SPACE.to_row(links, entry) for entry in document.other_spaces)
    links[SpaceLink] = {row.slug: row.pk for row in rows}
    via, people = SpaceLink.via.through, links[Membership]
    in_bulk(
        via(spacelink_id=links[SpaceLink][entry.slug], membership_id=people[person])
        for entry in document.other_spaces
        for person in entry.link_via
    )


def other_space_records(links: Links) -> tuple[OtherSpaceRecord, ...]:
    """Other spaces, and through whom they are known."""
    rows = list(SpaceLink.objects.filter(space=links.space).order_by("pk"))
    links[SpaceLink] = {row.pk: row.slug for row in rows}
    pairs = SpaceLink.via.through.objects.filter(spacelink__space=links.space).order_by("pk")
    via = grouped(
        (other, links[Membership][person])
        for other, person in pairs.values_list("spacelink", "membership")
    )
    return tuple(
        OTHER_SPACE.to_record(links, row, link_via=tuple(via.get(row.pk, ()))) for row in rows
    )
