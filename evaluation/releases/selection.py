"""Which stories, moments and flows go into a release: consent asked as of the day, strictest first.

A story goes in when its teller's consent in force on the day of freezing holds the audience and
the use. A moment goes in when all its stories do; a moment in no story has no consent for any use
and stays in the space. Loops are read on everything the audience could be told, and shown where
both their ends are in the release.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from evaluation.models import Release
from spaces.models import Space
from valuecreation.cycles import Audience
from valuecreation.loops.loading import graph_of
from valuecreation.loops.readings import Graph
from valuecreation.models import Story
from valuecreation.presentation.terms import Place


@dataclass(frozen=True)
class Selection:
    """What one release may tell.

    `seen` is all that the audience could be told by the last day, `told` the part of it that the
    release holds, `stories` the stories of that part from the oldest to the newest, `places` every
    story and step a moment stands in, and `in_space` how many stories the space itself has then.
    """

    space: Space
    audience: str
    last: dt.date
    seen: Graph
    told: Graph
    stories: list[Story]
    places: dict[str, list[Place]]
    in_space: int

    @cached_property
    def refs(self) -> frozenset[str]:
        """The moments of the release."""
        return frozenset(self.told.moment)

    @property
    def kept_back(self) -> int:
        """How many of the space's stories are not in the release; never which."""
        return max(0, self.in_space - len(self.stories))


def select(release: Release, *, versions: dict[str, dt.date] | None = None) -> Selection:
    """What a release may tell; `versions` are the days on which framings were agreed."""
    space, as_of, audience = release.space, release.as_of, release.audience
    last = min(release.period_end, as_of)
    now = graph_of(space, framings=versions).as_of(last)
    allowed = {story.ref: story for story in consented(release)}
    seen = only(now.for_audience(audience, as_of), set(allowed))
    touched = touching(seen, release.period_start)
    told = holding(seen, touched)
    inside = now.for_audience(Audience.SPACE, as_of)
    return Selection(
        space=space,
        audience=audience,
        last=last,
        seen=seen,
        told=told,
        stories=[allowed[story.ref] for story in told.stories],
        places=places_of(allowed.values(), set(told.moment)),
        in_space=len(touching(inside, release.period_start)),
    )


def places_of(stories: Iterable[Story], moments: set[str]) -> dict[str, list[Place]]:
    """For each moment the stories it stands in, each with its step there."""
    found: dict[str, list[Place]] = {ref: [] for ref in moments}
    for story in stories:
        for step in story.steps.all():
            if step.moment.ref in found:
                found[step.moment.ref].append((story, step))
    return found


def consented(release: Release) -> list[Story]:
    """Stories whose consent in force on the day holds the audience and the use of a release."""
    stories = Story.objects.in_space(release.space).for_audience(release.audience, release.as_of)
    return [
        story
        for story in stories.with_moments().select_related("consent__version").in_listed_order()
        if story.consent and release.purpose in story.consent.uses
    ]


def only(graph: Graph, allowed: set[str]) -> Graph:
    """The graph without the moments of any story that is not allowed, and without loose ones."""
    return replace(
        graph,
        stories=tuple(story for story in graph.stories if story.ref in allowed),
        moments=tuple(m for m in graph.moments if m.stories and allowed.issuperset(m.stories)),
    )


def touching(graph: Graph, first: dt.date) -> set[str]:
    """The stories that were told, or of which a moment happened, on a day or later."""
    told = {story.ref for story in graph.stories if story.told_on >= first}
    known = {story.ref for story in graph.stories}
    happened = {ref for row in graph.moments if row.on and row.on >= first for ref in row.stories}
    return told | (happened & known)


def holding(graph: Graph, stories: set[str]) -> Graph:
    """The whole threads of some stories."""
    return replace(
        graph,
        stories=tuple(story for story in graph.stories if story.ref in stories),
        moments=tuple(row for row in graph.moments if not stories.isdisjoint(row.stories)),
    )
