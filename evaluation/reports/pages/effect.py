"""How value moved, the picture by cycle, and the signs over time."""

from django.utils.translation import gettext as _

from evaluation.presentation.records import (
    CycleCount,
    PresentedIndicator,
    PresentedMatrixRow,
    ReleaseContents,
    ReleasedAspiration,
)
from evaluation.reports import lines, pictures, words
from valuecreation.cycles import Cycle
from valuecreation.population import told_words

SERIES = 60  # drawings of indicators
PERIODS = 12  # observations written out below a drawing


def value(release: ReleaseContents) -> dict:
    """The flow picture's sentence, and the same counts as tables."""
    counts = {row.cycle: row for row in release.counts.by_cycle}
    rows = [_count(counts.get(cycle, CycleCount(cycle=cycle))) for cycle in Cycle.values]
    rows += [_count(row) for cycle, row in counts.items() if cycle not in Cycle.values]
    return {
        "heading": _("How value moved"),
        "sentence": pictures.flow_sentence(release),
        "alt": _("Flow picture. %(sentence)s") % {"sentence": pictures.flow_sentence(release)},
        "hoped": _(
            "Moments hoped for (%(count)s) are counted apart: a hope is not yet value. "
            "The order of the cycles is no ladder."
        )
        % {"count": words.number(release.counts.hoped)},
        "counts_heading": _("Moments by cycle"),
        "columns": [
            _("Cycle"),
            _("It helped"),
            _("A bit of both"),
            _("Nothing changed"),
            _("It made things worse"),
            _("Hoped for"),
            _("On their own"),
            _("Stories"),
        ],
        "rows": rows,
        "flows_heading": _("Flows that happened, from the row to the column"),
        "corner": _("From"),
        "names": [words.said(words.CYCLE_LABELS, cycle) for cycle in Cycle.values],
        "flows": [
            {
                "cycle": cycle,
                "label": words.said(words.CYCLE_LABELS, cycle),
                "cells": [words.number(count) if count else "·" for count in row],
            }
            for cycle, row in zip(Cycle.values, release.counts.matrix, strict=False)
        ],
    }


def _count(row: CycleCount) -> dict:
    figures = [row.positive, row.mixed, row.nil, row.negative, row.hoped, row.alone, row.stories]
    return {
        "cycle": row.cycle,
        "label": words.said(words.MOMENT_LABELS, row.cycle),
        "cells": [words.number(count) if count else "·" for count in figures],
    }


def matrix(release: ReleaseContents) -> dict:
    """The value-creation matrix: hopes, effect, contribution, what we make of it."""
    return {
        "heading": _("The picture by cycle"),
        "columns": [
            _("Cycle"),
            _("We hoped for"),
            _("Effect"),
            _("Stories"),
            _("What we make of it"),
        ],
        "no_hope": _("Nothing was hoped for in this cycle"),
        "no_indicator": _("No indicator yet"),
        "no_story": _("No story yet"),
        "rows": [_matrix_row(row, release) for row in release.matrix],
        "none": _("The picture is still empty."),
    }


def _matrix_row(row: PresentedMatrixRow, release: ReleaseContents) -> dict:
    aspirations = [release.aspiration_by_key.get(key) for key in row.aspirations]
    signs = [release.indicator_by_ref.get(ref) for ref in row.indicators]
    counts = {count.cycle: count for count in release.counts.by_cycle}
    count = counts.get(row.cycle, CycleCount(cycle=row.cycle))
    return {
        "cycle": row.cycle,
        "label": words.said(words.CYCLE_LABELS, row.cycle),
        "hopes": [_hope(aspiration) for aspiration in aspirations[:12] if aspiration],
        "signs": [_sign(sign) for sign in signs[:12] if sign],
        "told": told_words(count.told),
        "moments": _polarities(count),
        "made_of_it": words.breakable(words.shorten(row.made_of_it, 400)),
        "reading": words.breakable(words.shorten(row.reading, 200)),
        "gaps": [words.breakable(words.shorten(gap, 200)) for gap in row.gaps[:12]],
    }


def _hope(aspiration: ReleasedAspiration) -> dict:
    whose = words.said(words.WHOSE, aspiration.whose) if aspiration.whose == "sponsor" else ""
    return {"text": words.breakable(words.shorten(aspiration.text, 240)), "whose": whose}


def _polarities(count: CycleCount) -> str:
    """2 made things worse; in 1 nothing changed"""
    said = []
    if count.negative:
        said.append(_("%(count)s made things worse") % {"count": words.number(count.negative)})
    if count.nil:
        said.append(_("in %(count)s nothing changed") % {"count": words.number(count.nil)})
    return "; ".join(said)


def _sign(indicator: PresentedIndicator) -> dict:
    last = next((one for one in reversed(indicator.measured) if not one.missing), None)
    verdict = [
        words.said(words.MOVEMENTS, indicator.movement) if indicator.movement else "",
        words.said(words.COURSES, indicator.course) if indicator.course else "",
    ]
    return {
        "name": words.breakable(words.shorten(indicator.name, 120)),
        "last": words.breakable(words.shorten(words.reading(last, indicator), 120)),
        "verdict": ", ".join(part for part in verdict if part),
    }


def series(release: ReleaseContents) -> dict:
    """Small multiples: one drawing an indicator, with the figures behind it."""
    left = len(release.indicators) - SERIES
    return {
        "heading": _("Signs over time"),
        "lead": _(
            "An indicator says whether what was hoped for is happening. It does not say why. "
            "A gap in a line is a gap in what is known."
        ),
        "figures": [figure(one, release) for one in release.indicators[:SERIES]],
        "none": _("No indicator has been agreed yet."),
        "more": _("%(count)s more indicators are in the data files.") % {"count": left}
        if left > 0
        else "",
    }


def figure(indicator: PresentedIndicator, release: ReleaseContents) -> dict:
    """One indicator: its drawing, and its figures and caveats in words."""
    known = [one for one in indicator.measured if not one.missing]
    first = indicator.baseline or (known[0] if known else None)
    last = known[-1] if known else None
    verdict = _sign(indicator)["verdict"]
    return {
        "cycle": indicator.cycle,
        "label": words.said(words.CYCLE_LABELS, indicator.cycle),
        "name": words.breakable(words.shorten(indicator.name, 120)),
        "unit": words.breakable(words.shorten(indicator.unit, 160)),
        "svg": lines.series_svg(indicator, release),
        "alt": words.shorten(pictures.series_sentence(indicator), 1000),
        "change": _("%(first)s to %(last)s")
        % {"first": words.reading(first, indicator), "last": words.reading(last, indicator)}
        if first and last
        else words.reading(last, indicator),
        "target": words.shorten(words.target(indicator), 120),
        "verdict": verdict,
        "warns": _("It is there to warn of harm.") if indicator.warns_of_harm else "",
        "note": words.breakable(words.shorten(indicator.note, 400)),
        "readings": [
            {"period": words.short_when(one.period), "value": words.reading(one, indicator)}
            for one in indicator.series[-PERIODS:]
        ],
    }
