"""The matrix of a release: flags and readings as on the page, on what the release holds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from evaluation.coverage import (
    WELL,
    CycleCounts,
    LinkedStories,
    MatrixFlag,
    Remark,
    Remarked,
    Told,
)
from evaluation.cycle_rows import CycleInMatrix, cycle_rows, remarks_on_whole
from evaluation.presentation import records
from evaluation.presentation.indicators import IndicatorFigures
from evaluation.releases.selection import Selection
from evaluation.releases.stories import Ties, alone_in, stories_touching
from valuecreation.cycles import Cycle
from valuecreation.loops import readings as loops

BAD = ("negative", "nil")


def told_in_release(selection: Selection, figures: list[IndicatorFigures], ties: Ties) -> Told:
    """What was told in the stories of a release, and what speaks to its indicators."""
    linked = linked_to(selection, ties)
    numbers = {one.row.ref: one.indicator.pk for one in figures}
    return Told(
        counts=counts_by_cycle(selection),
        linked={numbers[ref]: found for ref, found in linked.items() if ref in numbers},
        stories=len(selection.stories),
    )


def matrix_rows(
    told: Told,
    figures: list[IndicatorFigures],
    frame: records.ReleasedFraming | None,
    claims: Iterable[records.PresentedClaim],
    last: dt.date,
) -> tuple[records.PresentedMatrixRow, ...]:
    """One row a cycle: hopes, signs, stories, gaps, what they say together, what is made of it."""
    made, hopes = defaultdict(list), defaultdict(list)
    for claim in claims:
        made[claim.cycle].append(claim.statement)
    for aspiration in frame.aspirations if frame else ():
        hopes[aspiration.cycle].append(aspiration.key)
    return tuple(
        matrix_row(row, hopes[row.cycle], made[row.cycle])
        for row in cycle_rows(told, figures, last, hoped_in=set(hopes))
    )


def matrix_row(row: CycleInMatrix, hopes: list[str], made: list[str]) -> records.PresentedMatrixRow:
    cells = row.cells
    names = {one.row.ref: one.figures.indicator.ref for one in cells} if len(cells) > 1 else {}
    return records.PresentedMatrixRow(
        cycle=row.cycle.value,
        aspirations=tuple(hopes),
        indicators=tuple(one.row.ref for one in cells),
        stories=row.counts.stories,
        tellers=row.counts.tellers,
        gaps=tuple(gap_words(gap, names) for gap in row.flags if gap.flag not in WELL),
        reading="; ".join(reading_words(one, names) for one in row.readings),
        made_of_it=" ".join(made),
    )


def gap_words(gap: Remark, names: dict[str, str]) -> str:
    """A flag in words, with the indicator it is about where there are several."""
    said = str(gap.flag.label)
    if gap.flag == MatrixFlag.HOPES_WAITING and gap.count:
        return f"{said} ({gap.count})"
    return f"{names[gap.about]}: {said}" if gap.about in names else said


def reading_words(one: Remarked, names: dict[str, str]) -> str:
    """A reading with the question it asks."""
    words = {"reading": one.reading.label, "question": one.prompt}
    said = _("%(reading)s. %(question)s") % words
    return f"{names[one.about]}: {said}" if one.about in names else said


def counts_by_cycle(selection: Selection) -> dict[str, CycleCounts]:
    """What the release holds in each cycle, as the flags want it."""
    counts = loops.moments_by_cycle(selection.held)
    overdue = {row["moment"] for row in loops.overdue_hopes(selection.known, selection.last)}
    found = {}
    for cycle in Cycle.values:
        split = dict(counts[cycle]["actual"])
        split.pop("total")
        stories = stories_touching(selection, cycle)
        sites = {story.organisation for story in stories}
        waiting = [m for m in selection.held.moments if m.cycle == cycle and m.ref in overdue]
        found[cycle] = CycleCounts(
            **split,
            hoped=counts[cycle]["hoped"]["total"],
            alone=alone_in(selection, cycle),
            stories=len(stories),
            tellers=len({story.teller for story in stories}),
            sites=len(sites) if sites and "" not in sites else None,
            waiting=len(waiting),
        )
    return found


def linked_to(selection: Selection, ties: Ties) -> dict[str, LinkedStories]:
    """For each indicator the stories with a moment that speaks to it, and how that turned out."""
    stories = defaultdict(set)
    good, bad = defaultdict(set), defaultdict(set)
    teller_of = {story.ref: story.teller for story in selection.stories}
    for moment in selection.held.moments:
        for ref in ties.indicators.get(moment.ref, ()) if moment.actual else ():
            stories[ref].update(moment.stories)
            good[ref].update(moment.stories if moment.polarity == "positive" else ())
            bad[ref].update(moment.stories if moment.polarity in BAD else ())
    return {
        ref: LinkedStories(
            stories=len(linked),
            tellers=len({teller_of[story] for story in linked if story in teller_of}),
            helped=len(good[ref]),
            did_not=len(bad[ref]),
        )
        for ref, linked in stories.items()
    }


def remarks(
    told: Told,
    figures: list[IndicatorFigures],
    frame: records.ReleasedFraming | None,
    last: dt.date,
) -> list[str]:
    """What is thin in the release as a whole, as sentences for the reservations."""
    agreed_on = frame.agreed_on if frame else None
    found = remarks_on_whole(told, figures, last, agreed_on=agreed_on)
    sentences = {
        MatrixFlag.NO_FRAMING: _(
            "No framing has been agreed yet, so nothing is said of what was hoped."
        ),
        MatrixFlag.OLD_FRAMING: _("The framing is over 12 months old and may no longer hold."),
        MatrixFlag.SUSPICIOUS: _(
            "Not one moment here is negative, mixed or without effect. That is a reason to ask, "
            "and no result."
        ),
        MatrixFlag.NO_HARM_INDICATOR: _("No indicator here would warn of harm."),
    }
    return [sentences[one.flag] for one in found if one.flag in sentences]
