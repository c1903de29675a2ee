"""Turns a parsed space file into the rows that the readings are worked out from."""

from pathlib import Path

import yaml

from evaluation.series import IndicatorRow, SeriesPoint, SupersededPoint
from valuecreation.consent import Grant
from valuecreation.loops.readings import FlowRow, Graph, MomentRow, StoryRow, UptakeRow

WORKED_EXAMPLE = (
    Path(__file__).resolve().parent.parent / "spacefile" / "fixtures" / "lower_leg_circle.yaml"
)


def worked_example() -> dict:
    return yaml.safe_load(WORKED_EXAMPLE.read_text(encoding="utf-8"))


def graph_of(data) -> Graph:
    return Graph(
        stories=tuple(story_row(story) for story in data["stories"]),
        moments=tuple(moment_row(story, step) for story, step in steps(data)),
        flows=tuple(flow_row(flow) for flow in data["flows"]),
        uptakes=tuple(uptake_rows(data)),
        periods=data["space"].get("stall_after_days") or {},
        framings={f"FRAMING-{v['number']}": v["agreed_on"] for v in data.get("framing", ())},
    )


def steps(data):
    return [(story, step) for story in data["stories"] for step in story["steps"]]


def ref_of(story, step):
    return step.get("id") or f"{story['id']}.{step['n']}"


def story_row(story):
    acts = story.get("consents") or [story.get("consent") or {}]
    consents = tuple(
        Grant(
            given_on=act.get("given_on"),
            expires_on=act.get("expires_on"),
            withdrawn_on=act.get("withdrawn_on"),
            audience=frozenset(act.get("audience", ())),
        )
        for act in acts
    )
    return StoryRow(story["id"], story["teller"], story["told_on"], consents=consents)


def moment_row(story, step):
    return MomentRow(
        ref=ref_of(story, step),
        stories=(story["id"],),
        cycle=step["cycle"],
        polarity=step["polarity"],
        status=step.get("status", "actual"),
        on=step.get("date"),
        precision=step.get("date_precision", "day"),
        due=step.get("due"),
        told_on=story["told_on"],
        location=step["loc"],
        other_space=step.get("other_space"),
        agent=step["agent"],
        for_whom=step["for"],
    )


def flow_row(flow):
    return FlowRow(
        source=flow["from"],
        target=flow.get("to"),
        kind=flow["kind"],
        status=flow.get("status", "happened"),
        due=flow.get("due"),
        reason=flow.get("reason"),
        confirmed=flow.get("confirmed") == "stalled",
        asked_on=flow.get("asked_on"),
        asked_by=flow.get("asked_by"),
    )


def uptake_rows(data):
    for story, step in steps(data):
        for words in step.get("engaged_by", ()):
            yield UptakeRow(ref_of(story, step), "engaged_by", words, None)
    for version in data.get("framing", ()):
        for ref in version.get("caused_by", ()):
            yield UptakeRow(ref, "caused_by", f"FRAMING-{version['number']}", version["agreed_on"])


def indicator_rows(data):
    return [indicator_row(indicator) for indicator in data["indicators"]]


def indicator_row(indicator):
    kind, baseline = indicator["kind"], indicator.get("baseline")
    corrected = [
        SupersededPoint(
            point(old["period"], old["value"], kind), old["corrected_on"], old["reason"]
        )
        for old in indicator.get("superseded", ())
    ]
    return IndicatorRow(
        ref=indicator["id"],
        cycle=indicator["cycle"],
        kind=kind,
        direction=indicator["direction"],
        target=indicator.get("target"),
        warns_of_harm=indicator.get("warns_of_harm", False),
        baseline=None if baseline is None else point(None, baseline, kind),
        series=tuple(point(period, value, kind) for period, value in indicator["obs"].items()),
        superseded=tuple(corrected),
        counts_people=indicator.get("counts_people", False),
    )


def point(period, value, kind):
    if kind == "ratio" and value is not None:
        return SeriesPoint(period, numerator=value[0], denominator=value[1])
    return SeriesPoint(period, value)
