"""Random graphs for the readings: small, crowded, and around a handful of days."""

import datetime as dt

from hypothesis import strategies as st

from valuecreation.consent import Grant
from valuecreation.loops.readings import (
    CYCLES,
    FlowRow,
    Graph,
    MomentRow,
    StoryRow,
    UptakeRow,
)

# Few days, close to each other and to the periods, so that boundaries are met often.
DAYS = [dt.date(2025, 1, 1) + dt.timedelta(days=n) for n in (0, 1, 30, 59, 60, 89, 90, 91, 150)]
NAMED = ["space", "organisation", "partner_spaces", "public", "named_people"]
KINDS = ["forward", "return", "return", "return", "cross_space", "enabling", "reframing"]
STATUSES = [*["happened"] * 10, "awaited", "awaited", "blocked", "dormant", "abandoned"]
FRAMINGS = ["FRAMING-2", "FRAMING-3"]

days = st.sampled_from(DAYS)
maybe_days = st.none() | days
early = st.sampled_from([*DAYS[:2] * 4, *DAYS])
audiences = st.frozensets(st.sampled_from(NAMED), min_size=1, max_size=2)
seldom = st.sampled_from([False] * 11 + [True])
sometimes = st.sampled_from([False] * 4 + [True])


@st.composite
def stories(draw, ref):
    told_on = draw(early)
    acts = draw(st.lists(consents(), max_size=3))
    return StoryRow(ref, "P01", told_on, draw(seldom), tuple(acts))


@st.composite
def consents(draw):
    expires_on = draw(days) if draw(seldom) else None
    withdrawn_on = draw(days) if draw(seldom) else None
    return Grant(
        audience=draw(audiences),
        given_on=draw(st.none() | early),
        expires_on=expires_on,
        withdrawn_on=withdrawn_on,
    )


@st.composite
def moments(draw, ref, story_refs):
    hoped = draw(sometimes)
    where = draw(st.sampled_from(["in_space", "in_practice", "with_stakeholder", "other_space"]))
    return MomentRow(
        ref=ref,
        stories=tuple(draw(st.lists(st.sampled_from(story_refs), max_size=2, unique=True))),
        cycle=draw(st.sampled_from([*CYCLES, "applied", "applied", "potential", "not_sure"])),
        polarity=draw(st.sampled_from(["positive", "negative", "mixed", "nil", "open"])),
        status="hoped" if hoped else "actual",
        on=None if hoped else draw(early),
        precision=draw(st.sampled_from(["day", "day", "month", "quarter", "year"])),
        due=draw(days) if hoped else None,
        told_on=draw(early),
        location=where,
        other_space="network" if where == "other_space" else None,
        agent=draw(st.sampled_from(["P01", "P02", "group", "other_group"])),
        for_whom="patients",
        audience=draw(audiences),
    )


@st.composite
def flows(draw, refs, ends):
    """Any way between any two moments: ordered, or (as bad data) in a circle."""
    kind = draw(st.sampled_from(KINDS))
    source, target = ends
    confirmed = draw(sometimes)
    if kind == "reframing":
        target = draw(st.sampled_from(FRAMINGS))
    status = draw(st.sampled_from(STATUSES))
    if status != "happened" and kind != "reframing" and draw(st.booleans()):
        target = draw(st.none() | st.sampled_from(refs))
    return FlowRow(
        source,
        target,
        kind,
        status,
        due=None if status == "happened" else draw(maybe_days),
        reason="no_time" if confirmed else None,
        confirmed=confirmed,
        asked_on=draw(days) if confirmed else None,
        asked_by="P02" if confirmed else None,
    )


@st.composite
def uptakes(draw, refs):
    kind = draw(st.sampled_from(["engaged_by", "caused_by"]))
    label = draw(st.sampled_from(FRAMINGS if kind == "caused_by" else ["Hanna asks", "  ", ""]))
    return UptakeRow(draw(st.sampled_from(refs)), kind, label, draw(maybe_days))


@st.composite
def graphs(draw, *, circles_too=False):
    story_refs = [f"S{n}" for n in range(1, draw(st.integers(1, 4)) + 1)]
    refs = [f"M{n}" for n in range(1, draw(st.integers(3, 9)) + 1)]
    pairs = [(a, b) for a in refs for b in refs if (a != b if circles_too else a < b)]
    chosen = st.lists(st.sampled_from(pairs), min_size=2, max_size=14, unique=True)
    cycles = st.sampled_from(["potential", "applied", "realized", "strategic", "immediate"])
    return Graph(
        stories=tuple(draw(stories(ref)) for ref in story_refs),
        moments=tuple(draw(moments(ref, story_refs)) for ref in refs),
        flows=tuple(draw(flows(refs, ends)) for ends in draw(chosen)),
        uptakes=tuple(draw(st.lists(uptakes(refs), max_size=3))),
        periods=draw(st.dictionaries(cycles, st.sampled_from([None, 0, 30, 59, 90]))),
        framings=draw(st.dictionaries(st.sampled_from(FRAMINGS), days)),
    )
