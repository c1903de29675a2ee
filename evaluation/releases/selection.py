"""Which stories, moments and flows go into a release: consent asked as of the day, strictest first.

A story goes in when its teller's consent in force on the day of freezing holds the audience and
the use. A moment goes in when all its stories do; one in no story, which whoever recorded it shared
with the space, is counted in reports for the space and quoted nowhere. Loops are read on everything
the audience could be told, and shown where both their ends are in the release.
"""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from evaluation.models import Purpose, Release
from spaces.models import Space
from valuecreation.cycles import Audience
from valuecreation.loops.loading import graph_of
from valuecreation.loops.readings import Graph, MomentRow
from valuecreation.loops.veiling import veiled
from valuecreation.models import Story


class ChosenStory(NamedTuple):
    """What a release needs to know of a story beside its words."""

    ref: str
    teller: int
    organisation: str


@dataclass(frozen=True)
class Selection:
    """What one release may tell.

    `known` is all that the audience could be told by the last day, `held` the part of it that the
    release holds, `stories` the stories of that part from the oldest to the newest, and `in_space`
    how many stories the space itself has then.
    """

    space: Space
    audience: str
    last: dt.date
    known: Graph
    held: Graph
    stories: list[ChosenStory]
    in_space: int

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each moment stands: beside its first story, so that nothing tells when it was
        written down."""
        order = {story.ref: number for number, story in enumerate(self.stories)}

        def first(moment: MomentRow) -> tuple:
            if not moment.stories:  # after the stories, by the day that everybody may know
                return len(order), moment.on or moment.due, moment.ref
            return (min(order[ref] for ref in moment.stories if ref in order),)

        moments = sorted(self.held.moments, key=first)
        return {moment.ref: number for number, moment in enumerate(moments)}

    @cached_property
    def story_refs(self) -> frozenset[str]:
        """The stories of the release."""
        return frozenset(story.ref for story in self.stories)

    @property
    def kept_back(self) -> int:
        """How many of the space's stories are not in the release; never which."""
        return max(0, self.in_space - len(self.stories))


def select(release: Release, *, versions: dict[str, dt.date] | None = None) -> Selection:
    """What a release may tell; `versions` are the days on which framings were agreed."""
    space, as_of, audience = release.space, release.as_of, release.audience
    last = min(release.period_end, as_of)
    now = veiled(graph_of(space, framings=versions)).as_of(last)
    allowed = consented(release)
    first = release.period_start
    in_space = len(touching(now.for_audience(Audience.SPACE, as_of), first))
    known = only(
        now.for_audience(audience, as_of),
        {story.ref for story in allowed},
        alone=release.purpose == Purpose.REPORT,
    )
    held = holding(known, touching(known, first), first)
    here = {story.ref for story in held.stories}
    return Selection(
        space=space,
        audience=audience,
        last=last,
        known=known,
        held=held,
        stories=[story for story in allowed if story.ref in here],
        in_space=in_space,
    )


def consented(release: Release) -> list[ChosenStory]:
    """Stories whose consent in force on the day holds the audience and the use of a release."""
    stories = Story.objects.in_space(release.space).for_audience(release.audience, release.as_of)
    fields = ("ref", "teller", "teller__organisation", "consent__uses")
    rows = stories.in_listed_order().values_list(*fields)
    return [ChosenStory(*row) for *row, uses in rows if release.purpose in uses]


def only(graph: Graph, allowed: set[str], *, alone: bool) -> Graph:
    """The graph without the moments of any story that is not allowed; with those in none if so."""
    return replace(
        graph,
        stories=tuple(story for story in graph.stories if story.ref in allowed),
        moments=tuple(
            m for m in graph.moments if (allowed.issuperset(m.stories) if m.stories else alone)
        ),
    )


def touching(graph: Graph, first: dt.date) -> set[str]:
    """The stories that were told, or of which a moment happened, on a day or later."""
    recent = {story.ref for story in graph.stories if story.told_on >= first}
    known = {story.ref for story in graph.stories}
    happened = {ref for row in graph.moments if row.on and row.on >= first for ref in row.stories}
    return recent | (happened & known)


def holding(graph: Graph, stories: set[str], first: dt.date) -> Graph:
    """The whole threads of some stories, and what happened, or is hoped for, alone since a day."""

    def held(row: MomentRow) -> bool:
        if row.stories:
            return not stories.isdisjoint(row.stories)
        day = row.on if row.actual else row.due
        return day is not None and day >= first

    return replace(
        graph,
        stories=tuple(story for story in graph.stories if story.ref in stories),
        moments=tuple(row for row in graph.moments if held(row)),
    )
