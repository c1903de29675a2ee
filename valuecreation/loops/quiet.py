"""What has gone still: quiet moments, ways that stalled, hopes whose day has passed. Pure."""

import datetime as dt

from valuecreation.loops.graph import HAPPENED, FlowRow, Graph, MomentRow

PERIODS = {"potential": 90, "applied": 120, "realized": 90, "strategic": 60}
LAID_ASIDE = frozenset({"dormant", "abandoned"})


def period_of(graph: Graph, cycle: str) -> int | None:
    """The space's days for a cycle; only the four cycles of `PERIODS` have any."""
    return graph.periods.get(cycle, PERIODS[cycle]) if cycle in PERIODS else None


def age(moment: MomentRow, day: dt.date) -> int | None:
    """Days since the moment, by the first day of the period its date is known to.

    Where that period is all that may be known of a nameless teller's moment, by its last.
    """
    since = moment.still_since
    return (day - since).days if since else None


def is_stalled(flow: FlowRow, day: dt.date) -> bool:
    """A human has asked and confirmed it, by `day`, and it has not happened after all."""
    asked = flow.asked_on is None or flow.asked_on <= day
    return flow.confirmed and asked and flow.status != HAPPENED


def quiet(graph: Graph, day: dt.date) -> list[dict]:
    """Moments of which nobody has told us what came next, and why that is worth asking."""
    found = []
    for moment in graph.moments:
        because = reasons_to_ask(graph, moment, day) if moment.actual else []
        if because:
            days = age(moment, day)
            row = {"moment": moment.ref, "cycle": moment.cycle, "days": days, "because": because}
            found.append(row)
    return found


def reasons_to_ask(graph: Graph, moment: MomentRow, day: dt.date) -> list[str]:
    """`period`, `promise_past_due`, both, or nothing when the moment is not quiet."""
    if not waits(graph, moment, day):
        return []
    earliest = earliest_promise(graph, moment)
    if earliest and earliest >= day:
        return []
    period, days = period_of(graph, moment.cycle), age(moment, day)
    run_out = period is not None and days is not None and days > period
    return ["period"] * run_out + ["promise_past_due"] * (earliest is not None)


def waits(graph: Graph, moment: MomentRow, day: dt.date) -> bool:
    """Whether nothing came of a moment that we know of, and nobody has laid it aside or asked."""
    ways = graph.ways_out.get(moment.ref, ())
    if any(flow.status == HAPPENED or is_stalled(flow, day) for flow in ways):
        return False
    return not laid_aside(ways)


def earliest_promise(graph: Graph, moment: MomentRow) -> dt.date | None:
    """The first day that was promised for what comes next."""
    ways = graph.ways_out.get(moment.ref, ())
    promised = [promised_for(graph, flow) for flow in ways if flow.status == "awaited"]
    return min((due for due in promised if due), default=None)


def promised_for(graph: Graph, flow: FlowRow) -> dt.date | None:
    """The flow's own day, else that of the hope it leads to."""
    hope = graph.moment.get(flow.target) if flow.between_moments else None
    return flow.due or (hope.due if hope else None)


def stalled(graph: Graph, day: dt.date) -> list[dict]:
    """Ways of which somebody asked and was told that they do not go on; days from the moment."""
    return [
        {
            "moment": flow.source,
            "reason": flow.reason,
            "days": age(graph.moment[flow.source], day),
            "to": flow.target,
            "asked_on": flow.asked_on,
            "asked_by": flow.asked_by,
        }
        for flow in graph.flows
        if is_stalled(flow, day)
    ]


def overdue_hopes(graph: Graph, day: dt.date) -> list[dict]:
    """Hopes whose day has passed, unless every way to them was let go or kept for later."""
    return [
        {"moment": hope.ref, "due": hope.due, "days_past_due": (day - hope.due).days}
        for hope in graph.moments
        if not hope.actual and hope.due and hope.due < day
        if not laid_aside(graph.ways_in.get(hope.ref, ()))
    ]


def laid_aside(ways) -> bool:
    return bool(ways) and all(flow.status in LAID_ASIDE for flow in ways)
