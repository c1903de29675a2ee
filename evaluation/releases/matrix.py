"""The matrix of a release: flags and readings as on the page, on what the release holds."""

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
    reading_of,
    readings_of_cycle,
    remarks_on_all,
    remarks_on_cycle,
)
from evaluation.presentation import records
from evaluation.presentation.indicators import IndicatorFigures
from evaluation.releases.selection import Selection
from evaluation.releases.stories import Ties, stories_touching
from valuecreation.cycles import Cycle
from valuecreation.loops import readings as loops

BAD = ("negative", "nil")


def matrix_rows(
    selection: Selection,
    figures: list[IndicatorFigures],
    frame: records.ReleasedFraming | None,
    ties: Ties,
    claims: Iterable[records.PresentedClaim],
) -> tuple[records.PresentedMatrixRow, ...]:
    """One row a cycle: hopes, signs, stories, gaps, what they say together, what is made of it."""
    linked = linked_to(selection, ties)
    made = defaultdict(list)
    for claim in claims:
        made[claim.cycle].append(claim.statement)
    counts = counts_by_cycle(selection)
    return tuple(
        matrix_row(cycle, counts[cycle], figures, linked, frame, made[cycle], selection)
        for cycle in Cycle.values
    )


def matrix_row(
    cycle, counts, figures, linked, frame, made, selection
) -> records.PresentedMatrixRow:
    here = [one for one in figures if one.indicator.cycle == cycle]
    rows = [one.row for one in here]
    aspirations = [
        aspiration.key
        for aspiration in (frame.aspirations if frame else ())
        if aspiration.cycle == cycle
    ]
    gaps = remarks_on_cycle(counts, rows, selection.last, hoped=bool(aspirations))
    said = [r for row in rows for r in reading_of(row, linked.get(row.ref, LinkedStories()))]
    names = {one.row.ref: one.indicator.ref for one in here} if len(here) > 1 else {}
    return records.PresentedMatrixRow(
        cycle=cycle,
        aspirations=tuple(aspirations),
        indicators=tuple(row.ref for row in rows),
        stories=counts.stories,
        tellers=counts.tellers,
        gaps=tuple(gap_words(gap, names) for gap in gaps if gap.flag not in WELL),
        reading="; ".join(
            reading_words(one, names) for one in [*said, *readings_of_cycle(counts, len(rows))]
        ),
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
    selection: Selection, figures: list[IndicatorFigures], frame: records.ReleasedFraming | None
) -> list[str]:
    """What is thin in the release as a whole, as sentences for the reservations."""
    found = remarks_on_all(
        counts_by_cycle(selection).values(),
        [one.row for one in figures],
        selection.last,
        stories=len(selection.stories),
        agreed_on=frame.agreed_on if frame else None,
    )
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
