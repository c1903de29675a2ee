"""Who was handed what, as one viewer may know it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from spaces.models import ApiReads, Membership, Through, Trace, TraceKind
from spaces.presentation.days import date_words
from spaces.presentation.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class PresentedTrace:
    """Something that was handed to somebody: what, to whom, by which way, when, how often."""

    kind: str
    number: int | None
    label: str
    format: str
    who: str
    through: str
    fetched_on: dt.date
    times: int = 1

    @property
    def kind_words(self) -> str:
        return str(TraceKind(self.kind).label)

    @property
    def through_words(self) -> str:
        return str(Through(self.through).label)

    @property
    def when(self) -> str:
        return date_words(self.fetched_on)


@dataclass(frozen=True, kw_only=True)
class PresentedReads:
    """How often programs of somebody read in a space on one day."""

    who: str
    on: dt.date
    times: int

    @property
    def day(self) -> str:
        return date_words(self.on)


class Fetchers:
    """Those who fetched something in a space, as one viewer may know them."""

    def __init__(self, viewer: Viewer, people: Iterable[int | None]):
        self.viewer = viewer
        members = Membership.objects.in_space(viewer.space).of_people(set(people) - {None})
        self.members = {member.person_id: member for member in members.order_by("pk")}

    def label(self, person: int | None) -> str:
        """How somebody is called."""
        member = self.members.get(person)
        return self.viewer.member(member).label if member else _("somebody who is not here now")

    def of(self, trace: Trace) -> str:
        """How the one who fetched is called."""
        if trace.through == Through.COMMAND:
            return _("those who run this site")
        return self.label(trace.person_id)


class FetchersAnywhere(Fetchers):
    """The same in several spaces at once, by their names: for tellers, whose words they have."""

    def __init__(self, traces: Iterable[Trace]):
        rows = list(traces)
        people = {trace.person_id for trace in rows} - {None}
        here = Membership.objects.in_spaces({trace.space_id for trace in rows}).of_people(people)
        found = here.order_by("pk").values_list("space", "person", "name")
        self.names = {(space, person): name for space, person, name in found}

    def of(self, trace: Trace) -> str:
        """How the one who fetched is called where they fetched it."""
        if trace.through == Through.COMMAND:
            return _("those who run this site")
        known = self.names.get((trace.space_id, trace.person_id))
        return known or _("somebody who is not here now")


def trace_fields(who: Fetchers, trace: Trace, at: dt.datetime) -> dict:
    """What is known of one trace, last left at a time."""
    return {
        "kind": trace.kind,
        "number": trace.number,
        "label": trace.label,
        "format": trace.format,
        "who": who.of(trace),
        "through": trace.through,
        "fetched_on": timezone.localdate(at),
        "times": trace.times,
    }


def present_traces(viewer: Viewer, traces: Iterable[Trace]) -> list[PresentedTrace]:
    """Traces in their order."""
    rows = list(traces)
    who = Fetchers(viewer, [trace.person_id for trace in rows])
    return [PresentedTrace(**trace_fields(who, trace, trace.fetched_at)) for trace in rows]


def present_reads(viewer: Viewer, reads: Iterable[ApiReads]) -> list[PresentedReads]:
    """Reads of programs, a day and key each."""
    rows = list(reads)
    who = Fetchers(viewer, [row.token.person_id for row in rows])
    return [
        PresentedReads(who=who.label(row.token.person_id), on=row.on, times=row.times)
        for row in rows
    ]
