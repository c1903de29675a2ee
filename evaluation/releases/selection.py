"""Which stories, moments and flows go into a release: consent asked as of the day, strictest first.

A story goes in when its teller's consent in force on the day of freezing holds the audience and
the use. A moment goes in when all its stories do; a moment in no story has no consent for any use
and stays in the space. Loops are read on everything the audience could be told, and shown where
both their ends are in the release.
"""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from evaluation.models import Release
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

        def first(moment: MomentRow) -> int:
            return min(order[ref] for ref in moment.stories if ref in order)

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
    in_space = len(touching(now.for_audience(Audience.SPACE, as_of), release.period_start))
    known = only(now.for_audience(audience, as_of), {story.ref for story in allowed})
    held = holding(known, touching(known, release.period_start))
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


def only(graph: Graph, allowed: set[str]) -> Graph:
    """The graph without the moments of any story that is not allowed, and without loose ones."""
    return replace(
        graph,
        stories=tuple(story for story in graph.stories if story.ref in allowed),
        moments=tuple(m for m in graph.moments if m.stories and allowed.issuperset(m.stories)),
    )


def touching(graph: Graph, first: dt.date) -> set[str]:
    """The stories that were told, or of which a moment happened, on a day or later."""
    recent = {story.ref for story in graph.stories if story.told_on >= first}
    known = {story.ref for story in graph.stories}
    happened = {ref for row in graph.moments if row.on and row.on >= first for ref in row.stories}
    return recent | (happened & known)


def holding(graph: Graph, stories: set[str]) -> Graph:
    """The whole threads of some stories."""
    return replace(
        graph,
        stories=tuple(story for story in graph.stories if story.ref in stories),
        moments=tuple(row for row in graph.moments if not stories.isdisjoint(row.stories)),
    )
