"""The readings: what came back, what went on, what is still, counted in one place.

Pure: rows in, readings out, in time linear in the rows. The flows page, the reports, the API
and the `readings` command all show what is worked out here. A graph is first narrowed
(`as_of`, then `for_audience`); every reading speaks only of what the narrowed graph holds.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping

from valuecreation.loops.graph import (
    CROSS_SPACE,
    CYCLES,
    HAPPENED,
    REFRAMING,
    RETURN,
    FlowRow,
    Graph,
    MomentRow,
    StoryRow,
    UptakeRow,
    components_of,
    spread,
)
from valuecreation.loops.quiet import PERIODS, overdue_hopes, quiet, stalled

__all__ = [
    "CYCLES",
    "PERIODS",
    "FlowRow",
    "Graph",
    "MomentRow",
    "StoryRow",
    "UptakeRow",
    "components_of",
    "counts",
    "cross_space",
    "matrix",
    "overdue_hopes",
    "quiet",
    "readings",
    "returns",
    "stalled",
]

UNPLACED = ("none", "not_sure", "does_not_fit")
POLARITIES = ("positive", "negative", "mixed", "nil")
STATUSES = ("awaited", "happened", "blocked", "dormant", "abandoned")
KINDS = ("forward", RETURN, CROSS_SPACE, "enabling", REFRAMING)
FAR_CYCLES = frozenset({"realized", "strategic", "transformative"})
APPLIED, HERE, FAR = 1, 2, 4  # what lies behind a moment
CITED = 1  # what lies ahead of it: bit 0 a framing version, bit n + 1 the n-th return


def returns(graph: Graph) -> list[dict]:
    """Every return that happened: closed, open, or not a learning loop, and where it led."""
    links = [f for f in graph.flows if f.status == HAPPENED and f.between_moments]
    found = [flow for flow in links if flow.kind == RETURN]
    taken, cited = taken_up(graph, links), cited_moments(graph)
    behind, ahead = look_behind(graph, links), look_ahead(graph, links, found, cited)
    names = [f"{flow.source}->{flow.target}" for flow in found]
    rows = []
    for number, flow in enumerate(found):
        before, after = behind[flow.source], ahead[flow.target]
        later = [n for n in positions(after >> 1) if n != number]
        told = graph.moment[flow.source]
        closed = "closed" if flow.target in taken else "open"
        row = {
            "from": flow.source,
            "to": flow.target,
            "status": closed if before & APPLIED else "no_applied",
            "root": "rooted" if before & HERE else "practice_born",
            "length": "long" if before & FAR else "short",
            "leads_to": [names[n] for n in later],
            "spiral": bool(later),
            "reaches_reframing": bool(after & CITED),
            "through_other_space": told.location == "other_space",
            "brings_back_harm": told.polarity == "negative"
            and told.cycle in ("applied", "realized"),
        }
        rows.append(row)
    return rows


def cited_moments(graph: Graph) -> set[str]:
    """Moments that a framing version cites, by a reframing flow or as one of its causes."""
    flows = {f.source for f in graph.flows if f.kind == REFRAMING and f.status == HAPPENED}
    return flows | {row.moment for row in graph.uptakes if row.cites}


def taken_up(graph: Graph, links: list[FlowRow]) -> set[str]:
    """Moments that somebody else took further, in a new moment, in words or in the framing."""
    onward = {
        flow.source
        for flow in links
        if graph.moment[flow.target].actual
        and graph.moment[flow.target].agent != graph.moment[flow.source].agent
    }
    words = {row.moment for row in graph.uptakes if row.label.strip()}
    return onward | words | cited_moments(graph)


def look_behind(graph: Graph, links: list[FlowRow]) -> dict[str, int]:
    """For each moment, whether it or an ancestor is applied, in the space, or far along."""
    marks = {
        row.ref: (row.cycle == "applied") * APPLIED
        | (row.location == "in_space") * HERE
        | (row.cycle in FAR_CYCLES) * FAR
        for row in graph.moments
    }
    down = defaultdict(list)
    for flow in links:
        down[flow.source].append(flow.target)
    return spread(marks, down)


def look_ahead(graph: Graph, links, found, cited) -> dict[str, int]:
    """For each moment, whether it or a descendant is cited, and which returns start there."""
    marks = {row.ref: CITED if row.ref in cited else 0 for row in graph.moments}
    for number, flow in enumerate(found):
        marks[flow.source] |= 2 << number
    up = defaultdict(list)
    for flow in links:
        up[flow.target].append(flow.source)
    return spread(marks, up)


def positions(mask: int) -> list[int]:
    """The places of the ones in a number, smallest first."""
    digits = f"{mask:b}"[::-1]
    found, place = [], digits.find("1")
    while place >= 0:
        found.append(place)
        place = digits.find("1", place + 1)
    return found


def cross_space(graph: Graph) -> list[dict]:
    """Flows that carry value into another space, whether or not they have happened."""
    rows = []
    for flow in graph.flows:
        if flow.kind == CROSS_SPACE:
            other = graph.moment[flow.target].other_space if flow.target else None
            row = {"from": flow.source, "to": flow.target, "status": flow.status}
            rows.append({**row, "other_space": other})
    return rows


def matrix(graph: Graph) -> dict:
    """How often value in one cycle became value in another, by the tellers' cycles."""
    pairs = Counter(
        (graph.moment[flow.source].cycle, graph.moment[flow.target].cycle)
        for flow in graph.flows
        if flow.status == HAPPENED and flow.between_moments
    )
    cells = [[pairs[source, target] for target in CYCLES] for source in CYCLES]
    return {"rows_from_columns_to": list(CYCLES), "cells": cells}


def counts(graph: Graph) -> dict:
    """How many stories, moments and flows there are, by cycle, polarity, status and kind."""
    happened = [flow for flow in graph.flows if flow.status == HAPPENED]
    return {
        "stories": len(graph.stories),
        "stories_withdrawn": list(graph.withdrawn),
        "moments": len(graph.moments),
        "flows": len(graph.flows),
        "by_cycle": moments_by_cycle(graph),
        "all_cycles": {
            "actual": sum(row.actual for row in graph.moments),
            "hoped": sum(not row.actual for row in graph.moments),
        },
        "flows_by_status": tally(STATUSES, (flow.status for flow in graph.flows)),
        "flows_by_kind": tally(KINDS, (flow.kind for flow in graph.flows)),
        "flows_happened_by_kind": tally(KINDS, (flow.kind for flow in happened)),
    }


def moments_by_cycle(graph: Graph) -> dict:
    number = Counter((row.cycle, row.status, row.polarity) for row in graph.moments)
    table = {}
    for cycle, codes in [*((cycle, (cycle,)) for cycle in CYCLES), ("none", UNPLACED)]:
        table[cycle] = {}
        for status in ("actual", "hoped"):
            split = {p: sum(number[code, status, p] for code in codes) for p in POLARITIES}
            still_open = sum(number[code, status, "open"] for code in codes)
            table[cycle][status] = {"total": sum(split.values()) + still_open, **split}
    return table


def tally(words, values) -> dict[str, int]:
    number = Counter(values)
    return {word: number[word] for word in words}


def readings(
    graph: Graph, *, day: dt.date, space: str, audience: str | None = None, indicators=()
) -> dict:
    """All readings of a space on a day, ready for JSON.

    With an audience everything but the indicators is worked out on what that audience may see,
    loops and totals included, so that nothing hints at a hidden story; the names of withdrawn
    stories are among what it does not see. `indicators` is the finished section of that name:
    it is made above, where indicators live.
    """
    graph = graph.as_of(day)
    if audience:
        graph = graph.for_audience(audience, day)
    result = {
        "space": space,
        "as_of": day.isoformat(),
        "counts": counts(graph),
        "matrix": matrix(graph),
        "returns": returns(graph),
        "quiet": quiet(graph, day),
        "stalled": [in_iso(row, "asked_on") for row in stalled(graph, day)],
        "overdue_hopes": [in_iso(row, "due") for row in overdue_hopes(graph, day)],
        "cross_space": cross_space(graph),
        "indicators": dict(indicators),
    }
    if audience:
        result["audience"] = what_is_seen(graph)
    return result


def what_is_seen(graph: Graph) -> dict:
    return {
        "stories": [story.ref for story in graph.stories],
        "moments": [row.ref for row in graph.moments],
        "flows": [{"from": flow.source, "to": flow.target} for flow in graph.flows],
    }


def in_iso(row: Mapping, name: str) -> dict:
    return {**row, name: row[name].isoformat() if row[name] else None}
