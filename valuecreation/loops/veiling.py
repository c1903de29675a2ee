"""What anybody else may know of nameless tellers: the quarter, no place, nothing that leads away.

A graph is veiled before it is narrowed to a day, so that asking for one day after another tells no
more than the quarter. For lists, order and what existed on a day the first day of the quarter
counts, for clocks (what has gone quiet, what is past its day) the last. Pure.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

from learningspaces.lib.dates import first_day, last_day
from valuecreation.cycles import FINER_THAN_QUARTER
from valuecreation.loops.graph import FlowRow, Graph, MomentRow, StoryRow

ROUGH = frozenset(FINER_THAN_QUARTER)
PLACED = frozenset({"return", "cross_space"})  # kinds of flows that say where


def veiled(graph: Graph, *, own: Collection[str] = ()) -> Graph:
    """The graph as those may know it who tell or wrote down no nameless story but `own`."""
    nameless = nameless_stories(graph, own=own)
    if not nameless:
        return graph
    hidden = {row.ref for row in graph.moments if not nameless.isdisjoint(row.stories)}
    moments = (veiled_moment(row) if row.ref in hidden else row for row in graph.moments)
    stories = (veiled_story(row) if row.ref in nameless else row for row in graph.stories)
    return replace(
        graph,
        stories=tuple(sorted(stories, key=lambda row: (row.told_on, row.ref))),
        moments=tuple(sorted(moments, key=lambda row: (row.listed_on or dt.date.max, row.ref))),
        flows=tuple(
            sorted(
                (veiled_flow(f) if hidden & {f.source, f.target} else f for f in graph.flows),
                key=lambda flow: (flow.source, flow.target or ""),
            )
        ),
        uptakes=tuple(
            replace(row, on=row.on and quarter(row.on)) if row.moment in hidden else row
            for row in graph.uptakes
        ),
    )


def nameless_stories(graph: Graph, *, own: Collection[str] = ()) -> frozenset[str]:
    """The stories whose tellers are shown without a name."""
    return frozenset(row.ref for row in graph.stories if row.nameless and row.ref not in own)


def leading_away(graph: Graph, *, own: Collection[str] = ()) -> frozenset[tuple]:
    """The flows, by their ends, from a nameless teller's story to somewhere else, or back.

    They are counted like all others, and nobody can follow them.
    """
    nameless = nameless_stories(graph, own=own)
    told_in = {row.ref: nameless.intersection(row.stories) for row in graph.moments}
    nowhere: frozenset[str] = frozenset()
    return frozenset(
        (flow.source, flow.target)
        for flow in graph.flows
        if told_in[flow.source] != told_in.get(flow.target or "", nowhere)
    )


def telling_a_place(graph: Graph, *, own: Collection[str] = ()) -> frozenset[tuple]:
    """The flows, by their ends, whose kind says where a nameless teller's moment took place.

    A return comes from outside the space and lands in it; what went into another space lies there.
    """
    nameless = nameless_stories(graph, own=own)
    hidden = {row.ref for row in graph.moments if not nameless.isdisjoint(row.stories)}
    return frozenset(
        (flow.source, flow.target)
        for flow in graph.flows
        if flow.kind in PLACED and hidden & {flow.source, flow.target}
    )


def veiled_moment(row: MomentRow) -> MomentRow:
    """A moment of which the quarter is known; a hope is due by the end of its quarter."""
    rough = bool(row.on) and row.precision in ROUGH
    return replace(
        row,
        on=quarter(row.on) if row.on and rough else row.on,
        precision="quarter" if rough else row.precision,
        due=row.due and quarters_end(row.due),
        told_on=row.told_on and quarter(row.told_on),
        location="",
        other_space=None,
        veiled=True,
    )


def veiled_flow(row: FlowRow) -> FlowRow:
    """A flow at a veiled moment: promised by a quarter's end, asked about from its beginning."""
    return replace(
        row,
        due=row.due and quarters_end(row.due),
        asked_on=row.asked_on and quarter(row.asked_on),
    )


def veiled_story(row: StoryRow) -> StoryRow:
    """A story told, and given to its readers, at the beginning of a quarter."""
    return replace(
        row,
        told_on=quarter(row.told_on),
        consents=tuple(grant.to_the_quarter() for grant in row.consents),
    )


def quarter(day: dt.date) -> dt.date:
    """The first day of the quarter in which a day lies."""
    return first_day(day, "quarter")


def quarters_end(day: dt.date) -> dt.date:
    """The last day of the quarter in which a day lies."""
    return last_day(quarter(day), "quarter")
