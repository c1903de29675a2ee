"""The tidy tables of a release, row by row, in the columns that the codebook explains."""

from collections.abc import Callable, Iterator

from evaluation.presentation.records import (
    PresentedIndicator,
    PresentedObservation,
    ReleaseContents,
)
from evaluation.reports import codebook

Row = tuple
Rows = Iterator[Row]


def _stories(release: ReleaseContents) -> Rows:
    for story in release.stories:
        yield (
            story.ref,
            story.title,
            story.kind,
            story.teller.label,
            story.teller.attribution,
            story.told,
            story.strength,
            story.framing_version,
            story.quotable,
            len(story.steps),
            story.did_not_work,
            story.other_factors,
        )


def _moments(release: ReleaseContents) -> Rows:
    for moment in release.moments:
        yield (
            moment.ref,
            moment.cycle,
            moment.analyst_cycle,
            moment.subtype,
            moment.polarity,
            moment.hoped,
            moment.when,
            moment.due,
            moment.place,
            moment.other_space,
            moment.agent,
            moment.for_whom,
            moment.text,
            ";".join(moment.indicators),
            ";".join(moment.aspirations),
        )


def _steps(release: ReleaseContents) -> Rows:
    for story in release.stories:
        for place, ref in enumerate(story.steps, start=1):
            yield story.ref, place, ref


def _flows(release: ReleaseContents) -> Rows:
    for flow in release.flows:
        yield flow.source, flow.target, flow.kind, flow.status


def _loops(release: ReleaseContents) -> Rows:
    for loop in release.loops:
        yield (
            loop.source,
            loop.target,
            loop.status,
            loop.root,
            loop.length,
            loop.spiral,
            loop.reaches_reframing,
            loop.through_other_space,
            loop.brings_back_harm,
        )


def _indicators(release: ReleaseContents) -> Rows:
    for one in release.indicators:
        yield (
            one.ref,
            one.cycle,
            one.aspiration,
            one.name,
            one.kind,
            one.unit,
            one.direction,
            None if one.target is None else str(one.target),
            one.target_kind,
            one.warns_of_harm,
            one.source,
            one.frequency,
            one.steward,
            one.note,
            one.movement,
            one.course,
        )


def _observations(release: ReleaseContents) -> Rows:
    for indicator in release.indicators:
        if indicator.baseline:
            yield _observation(indicator, indicator.baseline, "baseline")
        for reading in indicator.series:
            yield _observation(indicator, reading, reading.period)


def _observation(indicator: PresentedIndicator, reading: PresentedObservation, period: str) -> Row:
    shown = None if reading.missing or reading.few else reading.value
    words = shown if isinstance(shown, str) else None
    if isinstance(shown, bool):
        words = "yes" if shown else "no"
    hidden = reading.missing or reading.few
    return (
        indicator.ref,
        period,
        reading.missing,
        reading.few,
        None if words is not None else shown,
        words,
        None if hidden else reading.numerator,
        None if hidden else reading.denominator,
        None if hidden else reading.percent,
    )


def _framing(release: ReleaseContents) -> Rows:
    frame = release.frame
    if frame is None:
        return
    for version in frame.versions:
        day = version.agreed_on.isoformat()
        yield version.number, day, "difference", None, None, None, version.difference, None
        if version.reason:
            yield version.number, day, "reason", None, None, None, version.reason, None
    days = {version.number: version.agreed_on.isoformat() for version in frame.versions}
    now, today = frame.number, frame.agreed_on.isoformat()
    if now not in days:
        yield now, today, "difference", None, None, None, frame.difference, None
    for doubt in frame.uncertainties:
        yield now, today, "uncertainty", None, None, None, doubt.text, doubt.state
    for hope in frame.aspirations:
        day = days.get(hope.since, "")
        yield hope.since, day, "aspiration", hope.key, hope.cycle, hope.whose, hope.text, None
    for belief in frame.assumptions:
        yield now, today, "assumption", belief.about, None, None, belief.text, belief.state


def _claims(release: ReleaseContents) -> Rows:
    for claim in release.claims:
        yield (
            claim.cycle,
            claim.aspiration,
            claim.statement,
            claim.confidence,
            claim.other_influences,
            claim.counter_evidence,
            "; ".join(claim.missing),
            ";".join(claim.stories),
            ";".join(claim.indicators),
        )


def _cycles(release: ReleaseContents) -> Rows:
    for row in release.counts.by_cycle:
        yield row.cycle, row.positive, row.negative, row.mixed, row.nil, row.hoped, row.stories


ROWS: dict[str, Callable[[ReleaseContents], Rows]] = {
    "stories": _stories,
    "moments": _moments,
    "steps": _steps,
    "flows": _flows,
    "loops": _loops,
    "indicators": _indicators,
    "observations": _observations,
    "framing": _framing,
    "claims": _claims,
    "cycles": _cycles,
}


def rows(table: codebook.Table, release: ReleaseContents) -> Rows:
    """The rows of one table, one at a time, so that a large release is never held twice."""
    return ROWS[table.name](release)
