"""The readings once more, slowly: sets, recursion and one sentence of the rules at a time.

Written apart from `valuecreation/loops/`, to be compared with it. Takes the same rows.
"""

import datetime as dt
from collections import Counter

CYCLES = [
    "immediate",
    "potential",
    "applied",
    "realized",
    "enabling",
    "strategic",
    "orienting",
    "transformative",
]
AUDIENCES = {
    "space": {"space", "organisation", "partner_spaces", "public"},
    "organisation": {"organisation", "public"},
    "partner_spaces": {"partner_spaces", "public"},
    "public": {"public"},
}


def begins(moment):
    if moment.precision == "day":
        return moment.on
    month = {
        "month": moment.on.month,
        "quarter": {1: 1, 2: 4, 3: 7, 4: 10}[(moment.on.month + 2) // 3],
        "year": 1,
    }[moment.precision]
    return dt.date(moment.on.year, month, 1)


def given(story, act):
    return story.told_on if act.given_on is None else act.given_on


def taken_back(story, day):
    """Some act was withdrawn by the day, and no act after it was given from then on."""
    if story.withdrawn:
        return True
    acts = [act for act in story.consents if given(story, act) <= day]
    acts.sort(key=lambda act: given(story, act))
    for number, act in enumerate(acts):
        if act.withdrawn_on is not None and act.withdrawn_on <= day:
            renewed = [a for a in acts[number + 1 :] if given(story, a) >= act.withdrawn_on]
            if renewed == []:
                return True
    return False


def goes_to(story, audience, day):
    if taken_back(story, day) or story.told_on > day:
        return False
    newest = None
    for act in story.consents:
        if given(story, act) <= day and (
            newest is None or given(story, act) >= given(story, newest)
        ):
            newest = act
    if newest is None or (newest.expires_on is not None and newest.expires_on < day):
        return False
    return len(newest.audience & AUDIENCES[audience]) > 0


class Plain:
    """What exists on a day for an audience, in dictionaries."""

    def __init__(self, graph, day, audience):
        self.day, self.periods = day, graph.periods
        stories = {s.ref: s for s in graph.stories}
        self.withdrawn = [s.ref for s in graph.stories if taken_back(s, day)]
        if audience:
            self.stories = [s for s in stories if goes_to(stories[s], audience, day)]
        else:
            self.stories = [
                s.ref for s in graph.stories if s.ref not in self.withdrawn and s.told_on <= day
            ]
        self.moments = {}
        for m in graph.moments:
            there = m.told_on <= day if m.status == "hoped" else begins(m) <= day
            taken = any(s in self.withdrawn for s in m.stories)
            if audience and m.stories:
                shown = all(s in self.stories for s in m.stories)
            elif audience:
                shown = bool(m.audience & AUDIENCES[audience])
            else:
                shown = True
            if there and shown and not taken:
                self.moments[m.ref] = m
        if audience:
            self.withdrawn = []
        self.flows = [f for f in graph.flows if self.stands(f, graph.framings)]
        self.uptakes = [
            u
            for u in graph.uptakes
            if u.moment in self.moments
            and (u.on if u.on is not None else self.moments[u.moment].told_on) <= day
        ]
        self.happened = [f for f in self.flows if f.status == "happened" and f.target]
        self.links = [f for f in self.happened if f.kind != "reframing"]

    def stands(self, f, framings):
        if f.source not in self.moments:
            return False
        if f.kind == "reframing":
            return f.target not in framings or framings[f.target] <= self.day
        return f.target is None or f.target in self.moments

    def ancestors(self, ref, seen):
        """The moment and all it grew from."""
        if ref not in seen:
            seen.add(ref)
            for f in self.links:
                if f.target == ref:
                    self.ancestors(f.source, seen)
        return seen

    def descendants(self, ref, seen):
        """The moment and all that grew from it."""
        if ref not in seen:
            seen.add(ref)
            for f in self.links:
                if f.source == ref:
                    self.descendants(f.target, seen)
        return seen

    def cited(self, ref):
        by_flow = any(f.kind == "reframing" and f.source == ref for f in self.happened)
        by_cause = any(u.kind == "caused_by" and u.moment == ref for u in self.uptakes)
        return by_flow or by_cause

    def taken_up(self, ref):
        onward = [self.moments[f.target] for f in self.links if f.source == ref]
        actual = [m for m in onward if m.status == "actual"]
        if {m.agent for m in actual} - {self.moments[ref].agent}:
            return True
        words = any(u.moment == ref and u.label.strip() != "" for u in self.uptakes)
        return words or self.cited(ref)

    def returns(self):
        rows = []
        every = [f for f in self.links if f.kind == "return"]
        for f in every:
            A = [self.moments[ref] for ref in self.ancestors(f.source, set())]
            D = self.descendants(f.target, set())
            x = self.moments[f.source]
            if not any(m.cycle == "applied" for m in A):
                status = "no_applied"
            else:
                status = "closed" if self.taken_up(f.target) else "open"
            later = [f"{g.source}->{g.target}" for g in every if g is not f and g.source in D]
            far = any(m.cycle in ("realized", "strategic", "transformative") for m in A)
            here = any(m.location == "in_space" for m in A)
            rows.append(
                {
                    "from": f.source,
                    "to": f.target,
                    "status": status,
                    "root": "rooted" if here else "practice_born",
                    "length": "long" if far else "short",
                    "leads_to": later,
                    "spiral": later != [],
                    "reaches_reframing": any(self.cited(ref) for ref in D),
                    "through_other_space": x.location == "other_space",
                    "brings_back_harm": x.polarity == "negative"
                    and (x.cycle == "applied" or x.cycle == "realized"),
                }
            )
        return rows

    def confirmed(self, f):
        return f.confirmed and f.asked_on <= self.day and f.status != "happened"

    def quiet(self):
        rows = []
        for m in self.moments.values():
            ways = [f for f in self.flows if f.source == m.ref]
            if m.status == "hoped" or any(f.status == "happened" for f in ways):
                continue
            if any(self.confirmed(f) for f in ways):
                continue
            if ways != [] and {f.status for f in ways} <= {"dormant", "abandoned"}:
                continue
            days = set()
            for f in ways:
                if f.status == "awaited":
                    hope = self.moments.get(f.target)
                    days |= {f.due or (hope.due if hope else None)} - {None}
            if days and min(days) >= self.day:
                continue
            period = {"potential": 90, "applied": 120, "realized": 90, "strategic": 60}
            for cycle in self.periods:
                if cycle in period:
                    period[cycle] = self.periods[cycle]
            age = (self.day - begins(m)).days
            because = []
            if m.cycle in period and period[m.cycle] is not None and age > period[m.cycle]:
                because.append("period")
            if days:
                because.append("promise_past_due")
            if because:
                row = {"moment": m.ref, "cycle": m.cycle, "days": age, "because": because}
                rows.append(row)
        return rows

    def stalled(self):
        rows = []
        for f in self.flows:
            if self.confirmed(f):
                m = self.moments[f.source]
                since = m.told_on if m.status == "hoped" else begins(m)
                rows.append(
                    {
                        "moment": f.source,
                        "reason": f.reason,
                        "days": (self.day - since).days,
                        "to": f.target,
                        "asked_on": f.asked_on.isoformat(),
                        "asked_by": f.asked_by,
                    }
                )
        return rows

    def overdue(self):
        rows = []
        for m in self.moments.values():
            ways = [f.status for f in self.flows if f.target == m.ref]
            given_up = ways != [] and all(s in ("abandoned", "dormant") for s in ways)
            if m.status == "hoped" and m.due < self.day and not given_up:
                days = (self.day - m.due).days
                rows.append({"moment": m.ref, "due": m.due.isoformat(), "days_past_due": days})
        return rows

    def across(self):
        rows = []
        for f in self.flows:
            if f.kind == "cross_space":
                other = None if f.target is None else self.moments[f.target].other_space
                row = {"from": f.source, "to": f.target, "status": f.status}
                rows.append(row | {"other_space": other})
        return rows

    def cells(self):
        table = [[0] * 8 for _ in range(8)]
        for f in self.links:
            source, target = self.moments[f.source].cycle, self.moments[f.target].cycle
            if source in CYCLES and target in CYCLES:
                table[CYCLES.index(source)][CYCLES.index(target)] += 1
        return table

    def counts(self):
        all_of = list(self.moments.values())
        by_cycle = {}
        for cycle in [*CYCLES, "none"]:
            by_cycle[cycle] = {}
            for status in ("actual", "hoped"):
                known = [m for m in all_of if m.status == status]
                if cycle == "none":
                    these = [m for m in known if m.cycle not in CYCLES]
                else:
                    these = [m for m in known if m.cycle == cycle]
                split = Counter(m.polarity for m in these)
                by_cycle[cycle][status] = {"total": len(these)} | {
                    word: split[word] for word in ("positive", "negative", "mixed", "nil")
                }
        statuses = ("awaited", "happened", "blocked", "dormant", "abandoned")
        kinds = ("forward", "return", "cross_space", "enabling", "reframing")
        happened = [f for f in self.flows if f.status == "happened"]
        return {
            "stories": len(self.stories),
            "stories_withdrawn": self.withdrawn,
            "moments": len(all_of),
            "flows": len(self.flows),
            "by_cycle": by_cycle,
            "all_cycles": {
                "actual": len([m for m in all_of if m.status == "actual"]),
                "hoped": len([m for m in all_of if m.status == "hoped"]),
            },
            "flows_by_status": {s: len([f for f in self.flows if f.status == s]) for s in statuses},
            "flows_by_kind": {k: len([f for f in self.flows if f.kind == k]) for k in kinds},
            "flows_happened_by_kind": {k: len([f for f in happened if f.kind == k]) for k in kinds},
        }


def plain_readings(graph, day, space, audience):
    plain = Plain(graph, day, audience)
    found = {
        "space": space,
        "as_of": day.isoformat(),
        "counts": plain.counts(),
        "matrix": {"rows_from_columns_to": CYCLES, "cells": plain.cells()},
        "returns": plain.returns(),
        "quiet": plain.quiet(),
        "stalled": plain.stalled(),
        "overdue_hopes": plain.overdue(),
        "cross_space": plain.across(),
        "indicators": {},
    }
    if audience:
        found["audience"] = {
            "stories": plain.stories,
            "moments": list(plain.moments),
            "flows": [{"from": f.source, "to": f.target} for f in plain.flows],
        }
    return found
