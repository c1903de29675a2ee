"""Rows of framings for tests, each making only what it must."""

import datetime as dt

from django.urls import reverse

from framing import actions
from framing.models import (
    Aspiration,
    Assumption,
    EventState,
    FramingEvent,
    FramingStep,
    FramingVersion,
    Risk,
    SignToWatch,
    Uncertainty,
    VersionState,
    Whose,
)
from spaces.models import Membership
from spaces.permissions import Role
from tests import make
from valuecreation.cycles import Cycle

AGREED = dt.date(2025, 1, 21)


def here(space, person) -> Membership:
    """A person's membership of a space."""
    return Membership.objects.get(space=space, person=person)


def member(space, role=Role.PARTICIPANT, **fields) -> Membership:
    """A membership with an account, and one role."""
    return here(space, make.member(space, role, **fields))


def agreed(space, number=1, **fields) -> FramingVersion:
    defaults = {"difference": "Fewer people wait.", "agreed_on": AGREED}
    return FramingVersion.objects.create(
        space=space, number=number, state=VersionState.AGREED, **defaults | fields
    )


def hope(version, key="A-APP", cycle=Cycle.APPLIED, whose=Whose.GROUP, **fields) -> Aspiration:
    defaults = {"text": f"The hope {key}."}
    return Aspiration.objects.create(
        version=version, key=key, cycle=cycle, whose=whose, **defaults | fields
    )


def unsure(version, key="U1", **fields) -> Uncertainty:
    return Uncertainty.objects.create(
        version=version, key=key, **{"text": f"The doubt {key}?"} | fields
    )


def full(space) -> FramingVersion:
    """An agreed version with one of everything."""
    version = agreed(space)
    unsure(version)
    about = hope(version)
    hope(version, "A-STR-S", Cycle.STRATEGIC, Whose.SPONSOR, text="No overspend.")
    Assumption.objects.create(version=version, aspiration=about, text="Somebody has time.")
    Risk.objects.create(
        version=version, aspiration=about, text="Somebody is blamed.", mitigation="Cover agreed."
    )
    SignToWatch.objects.create(version=version, aspiration=about, text="Fewer calls at night.")
    return version


def agree(draft, by, *others) -> FramingVersion:
    """Members answer a draft, each for themselves, and it stands."""
    for member in (by, *others):
        actions.answer_version(draft, by=member, answer="agree")
    return actions.let_stand(draft, by=by)


def event(space, *people, running=True, **fields) -> FramingEvent:
    """An event with two steps, the second with the sponsor; `running` it stands at the first."""
    facilitator = fields.pop("facilitator", None) or member(space, Role.FACILITATOR)
    row = FramingEvent.objects.create(
        space=space,
        title="What counts as healed?",
        starts_at=dt.datetime(2026, 1, 12, 18, 0, tzinfo=dt.UTC),
        facilitator=facilitator,
        **fields,
    )
    row.people.set(people)
    first = FramingStep.objects.create(event=row, order=1, title="Who cares", minutes=10)
    FramingStep.objects.create(event=row, order=2, title="Who does what", with_sponsor=True)
    if running:
        row.state, row.current_step = EventState.RUNNING, first
        row.save()
    return row


def address(name, space, *args):
    return reverse(f"framing:{name}", args=[space.slug, *args])
