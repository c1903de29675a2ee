"""The matrix of a release: flags and readings as on the page, on what the release holds."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from evaluation.building.chosen import Chosen
from evaluation.building.figures import Figures
from evaluation.building.threads import stories_touching
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
from evaluation.reports import release
from valuecreation.cycles import Cycle
from valuecreation.loops import readings as loops

BAD = ("negative", "nil")


def matrix_rows(
    chosen: Chosen,
    figures: list[Figures],
    frame: release.Frame | None,
    moments: Iterable[release.Moment],
    claims: Iterable[release.Claim],
) -> tuple[release.MatrixRow, ...]:
    """One row a cycle: hopes, signs, stories, gaps, what they say together, what is made of it."""
    linked = linked_to(chosen, moments)
    made = defaultdict(list)
    for claim in claims:
        made[claim.cycle].append(claim.statement)
    told = told_by_cycle(chosen)
    return tuple(
        matrix_row(cycle, told[cycle], figures, linked, frame, made[cycle], chosen)
        for cycle in Cycle.values
    )


def matrix_row(cycle, told, figures, linked, frame, made, chosen) -> release.MatrixRow:
    signs = [one for one in figures if one.indicator.cycle == cycle]
    rows = [one.row for one in signs]
    aspirations = [
        aspiration.key
        for aspiration in (frame.aspirations if frame else ())
        if aspiration.cycle == cycle
    ]
    gaps = remarks_on_cycle(told, rows, chosen.last, hoped=bool(aspirations))
    said = [r for row in rows for r in reading_of(row, linked.get(row.ref, LinkedStories()))]
    names = {one.row.ref: one.indicator.ref for one in signs} if len(signs) > 1 else {}
    return release.MatrixRow(
        cycle=cycle,
        aspirations=tuple(aspirations),
        indicators=tuple(row.ref for row in rows),
        stories=told.stories,
        tellers=told.tellers,
        gaps=tuple(gap_words(gap, names) for gap in gaps if gap.flag not in WELL),
        reading="; ".join(
            reading_words(one, names) for one in [*said, *readings_of_cycle(told, len(rows))]
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


def told_by_cycle(chosen: Chosen) -> dict[str, CycleCounts]:
    """What the release holds in each cycle, as the flags want it."""
    counts = loops.moments_by_cycle(chosen.told)
    overdue = {row["moment"] for row in loops.overdue_hopes(chosen.seen, chosen.last)}
    found = {}
    for cycle in Cycle.values:
        split = dict(counts[cycle]["actual"])
        split.pop("total")
        stories = stories_touching(chosen, cycle)
        sites = {story.teller.organisation for story in stories}
        waiting = [m for m in chosen.told.moments if m.cycle == cycle and m.ref in overdue]
        found[cycle] = CycleCounts(
            **split,
            hoped=counts[cycle]["hoped"]["total"],
            stories=len(stories),
            tellers=len({story.teller_id for story in stories}),
            sites=len(sites) if sites and "" not in sites else None,
            waiting=len(waiting),
        )
    return found


def linked_to(chosen: Chosen, moments: Iterable[release.Moment]) -> dict[str, LinkedStories]:
    """For each indicator the stories with a moment that speaks to it, and how that turned out."""
    stories = defaultdict(set)
    good, bad = defaultdict(set), defaultdict(set)
    teller_of = {story.ref: story.teller_id for story in chosen.stories}
    for moment in moments:
        told_in = chosen.told.moment[moment.ref].stories
        for ref in () if moment.hoped else moment.indicators:
            stories[ref].update(told_in)
            good[ref].update(told_in if moment.polarity == "positive" else ())
            bad[ref].update(told_in if moment.polarity in BAD else ())
    return {
        ref: LinkedStories(
            stories=len(told_in),
            tellers=len({teller_of[story] for story in told_in if story in teller_of}),
            helped=len(good[ref]),
            did_not=len(bad[ref]),
        )
        for ref, told_in in stories.items()
    }


def remarks(chosen: Chosen, figures: list[Figures], frame: release.Frame | None) -> list[str]:
    """What is thin in the release as a whole, as sentences for the reservations."""
    found = remarks_on_all(
        told_by_cycle(chosen).values(),
        [one.row for one in figures],
        chosen.last,
        stories=len(chosen.stories),
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
