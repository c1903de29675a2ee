"""Rows for tests: plain functions with defaults, each making only what it must."""

import datetime as dt
import itertools

from django.utils import timezone

from spaces.models import Membership, Notice, Person, RoleAssignment, Space
from spaces.permissions import Role
from valuecreation.consent import AUDIENCE_FIELDS
from valuecreation.cycles import Cycle, MomentStatus
from valuecreation.models import (
    Consent,
    Flow,
    FollowUp,
    Moment,
    Story,
    StoryState,
    StoryStep,
)
from valuecreation.searching import keeping as searching

_numbers = itertools.count(1)
LONG_AGO = dt.date(2025, 1, 1)


def person(name: str = "", **fields) -> Person:
    number = next(_numbers)
    defaults = {"email": f"person{number}@example.org", "name": name or f"Person {number}"}
    return Person.objects.create(**defaults | fields)


def space(**fields) -> Space:
    number = next(_numbers)
    defaults = {
        "slug": f"space-{number}",
        "name": f"Space {number}",
        "purpose": "Fewer people wait for a room.",
        "founded_on": LONG_AGO,
    }
    return Space.objects.create(**defaults | fields)


def membership(in_space: Space, who: Person | None = None, *roles: Role, **fields) -> Membership:
    """A membership with the access roles given; without a person it is a name only."""
    number = next(_numbers)
    defaults = {"ref": f"P{number:03}", "name": who.name if who else f"Member {number}"}
    row = Membership.objects.create(
        space=in_space, person=who, **defaults | {"joined_on": LONG_AGO} | fields
    )
    for role in roles:
        RoleAssignment.objects.create(membership=row, role=role, since=LONG_AGO)
    return row


def member(in_space: Space, role: Role = Role.PARTICIPANT, **fields) -> Person:
    """A person who holds one role in a space."""
    who = person(**fields)
    membership(in_space, who, role, outside=role in (Role.SPONSOR, Role.EVALUATOR))
    return who


def consent(told: Story, *audience: str, on: dt.date | None = None, **fields) -> Consent:
    """An act of consent that governs its story from now on."""
    named = {AUDIENCE_FIELDS[code]: True for code in audience}
    row = Consent.objects.create(
        story=told,
        given_by=told.teller,
        given_on=on or told.told_on,
        uses=fields.pop("uses", ["learning", "report", "quote"]),
        **named | fields,
    )
    told.consent = row
    told.save(update_fields=["consent"])
    Story.objects.among([told.pk]).list_anew()
    return row


def moment(
    in_space: Space, *, agent: Membership | None = None, cycle=Cycle.APPLIED, **fields
) -> Moment:
    number = next(_numbers)
    defaults = {
        "ref": f"M{number}",
        "text": f"What happened, number {number}.",
        "told_on": dt.date(2025, 6, 1),
        "agent": agent,
        "agent_word": "" if agent else "group",
    }
    if fields.get("status") == MomentStatus.HOPED:
        defaults["due_on"] = dt.date(2025, 9, 1)
    else:
        defaults["occurred_on"] = dt.date(2025, 5, 1)
    return Moment.objects.create(space=in_space, cycle=cycle, **defaults | fields)


def story(
    *,
    in_space: Space | None = None,
    teller: Membership | None = None,
    shared: bool = False,
    cycles=(Cycle.APPLIED,),
    **fields,
) -> Story:
    """A story with one moment a cycle, joined by no flow; `shared` approves it for the space."""
    place = in_space or space()
    number = Story.objects.in_space(place).count() + 1
    who = teller or membership(place, person())
    defaults = {
        "ref": f"S{number}",
        "title": f"Story {number}",
        "told_on": dt.date(2025, 6, 1),
        "state": StoryState.APPROVED if shared else StoryState.DRAFT,
    }
    fields = defaults | fields
    told = Story.objects.create(space=place, teller=who, listed_on=fields["told_on"], **fields)
    for order, cycle in enumerate(cycles, start=1):
        step = moment(
            place, agent=who, cycle=cycle, ref=f"{told.ref}.{order}", told_on=told.told_on
        )
        StoryStep.objects.create(story=told, moment=step, order=order)
    if shared:
        consent(told, "space")
    return told


def flow(source: Moment, target: Moment | None, **fields) -> Flow:
    return Flow.objects.create(space=source.space, source=source, target=target, **fields)


def morning(asked: FollowUp) -> FollowUp:
    """It is eight in the morning after somebody asked; the mail is about to go."""
    now = timezone.now()
    FollowUp.objects.numbered(asked.pk).update(goes_at=now)
    Notice.objects.about("question", asked.pk).update(due=LONG_AGO)
    asked.goes_at = now
    return asked


def searchable(in_space: Space) -> None:
    """What a worker does soon after every change, so that stories are found by their words."""
    searching.note_renamed()
    searching.note_space(in_space)
    searching.write_due(in_space)
