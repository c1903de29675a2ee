"""Keeps up to date, per audience, at which moments each pattern is seen.

A pattern is seen from a few steps around a moment, so that of a space only what lies so near to a
change is loaded. What falls quiet with the days is left to whoever reads.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from django.db import transaction

from learningspaces.lib.many import any_of
from spaces.models import Space
from valuecreation.cycles import Audience
from valuecreation.loops.change import ReadingsChange
from valuecreation.loops.graph import Graph
from valuecreation.loops.loading import graph_of
from valuecreation.loops.parts import around, pieces
from valuecreation.loops.patterns import timeless
from valuecreation.loops.shapes import REACH, Found
from valuecreation.loops.veiling import leading_away, telling_a_place, veiled
from valuecreation.models import Flow, LoopReading, Moment, PatternReading


@transaction.atomic
def reread_patterns(space: Space, moments: Collection[int] | None = None) -> int:
    """Look for patterns again around some moments, or everywhere; how many readings changed."""
    if moments is None:
        return sum(keep_patterns(space, piece, piece) for piece in pieces(space))
    touched = around(space, moments, REACH)
    return keep_patterns(space, around(space, touched, REACH), touched)


def keep_patterns(space: Space, near: Collection[int], touched: Collection[int]) -> int:
    """Keep the patterns seen at some moments, as what lies near them shows."""
    numbers = dict(Moment.objects.among(any_of(near)).values_list("ref", "pk"))
    graph = told_openly(veiled(graph_of(space, moments=any_of(near))).as_of(space.today))
    wanted = dict(_seen(space, graph, numbers, set(touched)))
    kept = {
        (row.moment_id, row.audience, row.pattern): row
        for row in PatternReading.objects.at_moments(any_of(touched))
    }
    change = ReadingsChange(kept, wanted)
    if change:
        change.write(PatternReading, ("moment_id", "audience", "pattern"), space)
    return len(change.keys)


def told_openly(graph: Graph) -> Graph:
    """Without the flows that would lead to or from what a nameless teller tells; of those within
    their story none says that it came back to the space or went into another.
    """
    away, placed = leading_away(graph), telling_a_place(graph)
    if not away and not placed:
        return graph
    flows = (f for f in graph.flows if (f.source, f.target) not in away)
    return replace(
        graph,
        flows=tuple(
            replace(f, kind="forward") if (f.source, f.target) in placed else f for f in flows
        ),
    )


def _seen(
    space: Space, graph: Graph, numbers: Mapping[str, int], touched: set[int]
) -> Iterator[tuple[tuple, dict]]:
    amounts = amounts_of(numbers)
    for audience in Audience.values:
        seen = graph.for_audience(audience, space.today)
        found = timeless(seen, space.today, amounts.get(audience, {}))
        for code, at in found.items():
            for moment, origin in at.items():
                if numbers[moment] in touched:
                    day = seen.moment[moment].listed_on
                    facts = {"origin_id": numbers[origin], "listed_on": day}
                    yield (numbers[moment], audience, code), facts


def amounts_of(numbers: Mapping[str, int]) -> dict[str, dict[Found, dict]]:
    """What the returns among some moments amount to, as it is kept for each audience."""
    into = Flow.objects.leading_to_any(any_of(list(numbers.values())))
    ends = {pk: refs for pk, *refs in into.values_list("pk", "source__ref", "target__ref")}
    rows = LoopReading.objects.of_flows(any_of(list(ends)))
    facts = ("audience", "status", "rooted", "spiral", "brings_back_harm")
    found: dict[str, dict[Found, dict]] = {}
    for flow, audience, status, rooted, spiral, harm in rows.values_list("flow", *facts):
        source, target = ends[flow]
        found.setdefault(audience, {})[source, target] = {
            "status": status,
            "root": "rooted" if rooted else "practice_born",
            "spiral": spiral,
            "brings_back_harm": harm,
        }
    return found
