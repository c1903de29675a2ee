"""The readings of a stored space, with its indicators."""

import datetime as dt
from dataclasses import replace

from evaluation.models import Indicator
from evaluation.rows import indicator_row
from evaluation.series import indicator_readings
from framing.models import FramingVersion
from spaces.models import Space
from valuecreation import loops
from valuecreation.models import Story, StoryState
from valuecreation.rows import graph_of


def readings_of(space: Space, *, day: dt.date, audience: str | None = None) -> dict:
    """All readings of a space on a day, for an audience or for whoever keeps the server."""
    signs = Indicator.objects.in_space(space).order_by("pk").prefetch_related("observations")
    rows = [indicator_row(sign, sign.observations.all()) for sign in signs]
    smallest = space.min_group_size if audience else 0
    return loops.readings(
        told_graph(space),
        day=day,
        space=space.slug,
        audience=audience,
        indicators=indicator_readings(rows, day=day, smallest_group=smallest),
    )


def told_graph(space: Space) -> loops.Graph:
    """What has been told: stories that are still being written are in no reading."""
    agreed = FramingVersion.objects.in_space(space).agreed()
    days = {f"FRAMING-{row.number}": row.agreed_on for row in agreed}
    graph = graph_of(space, framings=days)
    drafts = Story.objects.in_space(space).in_state(StoryState.DRAFT).values_list("ref", flat=True)
    begun = set(drafts)
    return replace(
        graph,
        stories=tuple(row for row in graph.stories if row.ref not in begun),
        moments=tuple(row for row in graph.moments if not row.stories or set(row.stories) - begun),
    )
