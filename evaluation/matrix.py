"""The value-creation matrix: hopes, signs and stories side by side, one row for each cycle.

A frozen value (house rule 13): page, report and API print the same one. Only what its audience may
see goes in, figures about too few people left out.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from evaluation.coverage import (
    CycleCounts,
    LinkedStories,
    Remark,
    Remarked,
    has_data,
    reading_of,
    readings_of_cycle,
    remarks_on_all,
    remarks_on_cycle,
)
from evaluation.cycle_counts import (
    counts_by_cycle,
    linked_by_indicator,
    tellers_by_cycle,
    tellers_in_days,
    waiting_by_cycle,
)
from evaluation.drawing import FramingMark
from evaluation.models import ContributionClaim, Indicator, Observation
from evaluation.presentation.indicator_words import framing_marks
from evaluation.presentation.indicators import IndicatorFigures, figures_of
from evaluation.series import ON_COURSE, REACHED, IndicatorRow, course, movement
from evaluation.series_rows import current_by_indicator, shown_row
from framing.models import Aspiration, Assumption, FramingVersion, Whose
from framing.presentation import PresentedAssumption, present_assumption
from learningspaces.lib.periods import period_days
from spaces.models import Membership, Space
from spaces.presentation.viewer import Viewer
from valuecreation.cycles import Audience, Cycle
from valuecreation.summaries import totals as summary


@dataclass(frozen=True)
class Scope:
    """Who reads, on which day, and which stretch of time they look at; `season` is 2025-H1."""

    space: Space
    audience: str
    on: dt.date
    season: str | None = None

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        return period_days(self.season) if self.season else None

    @property
    def until(self) -> dt.date:
        """The day on which hopes and figures are looked at: today, or the season's last."""
        return min(self.on, self.days[1]) if self.days else self.on

    @property
    def inside(self) -> bool:
        return self.audience == Audience.SPACE


@dataclass(frozen=True)
class MatrixAspiration:
    """An aspiration as it stands in the framing; a sponsor's with the words for whose it is."""

    pk: int
    key: str
    text: str
    whose: str
    stated_by: str = ""

    @property
    def of_sponsor(self) -> bool:
        return self.whose == Whose.SPONSOR


@dataclass(frozen=True)
class IndicatorCell:
    """One indicator in the matrix: its figures as they may be shown, and the stories linked."""

    figures: IndicatorFigures
    linked: LinkedStories

    @property
    def row(self) -> IndicatorRow:
        return self.figures.row

    @property
    def movement(self) -> str:
        return movement(self.row)

    @property
    def course(self) -> str | None:
        return course(self.row)

    @property
    def has_data(self) -> bool:
        return has_data(self.row)


@dataclass(frozen=True)
class ClaimInMatrix:
    """What we make of it, and how sure we are."""

    pk: int
    statement: str
    confidence_words: str


@dataclass(frozen=True)
class MatrixRow:
    """One cycle: what was hoped, measured and told, what is thin, and what we make of it."""

    cycle: Cycle
    aspirations: tuple[MatrixAspiration, ...]
    cells: tuple[IndicatorCell, ...]
    counts: CycleCounts
    flags: tuple[Remark, ...]
    readings: tuple[Remarked, ...]
    assumptions: tuple[PresentedAssumption, ...]
    claims: tuple[ClaimInMatrix, ...]

    @property
    def members_aspirations(self) -> list[MatrixAspiration]:
        return [aspiration for aspiration in self.aspirations if not aspiration.of_sponsor]

    @property
    def sponsors_aspirations(self) -> list[MatrixAspiration]:
        return [aspiration for aspiration in self.aspirations if aspiration.of_sponsor]


@dataclass(frozen=True)
class ValueMatrix:
    """The matrix of a space as one audience may see it; `version` is the framing in force."""

    scope: Scope
    viewer: Viewer
    version: FramingVersion | None
    rows: tuple[MatrixRow, ...]
    flags: tuple[Remark, ...]
    marks: tuple[FramingMark, ...]

    @classmethod
    def build(
        cls,
        space: Space,
        *,
        reader=None,
        audience: str | None = None,
        on: dt.date | None = None,
        season: str | None = None,
    ) -> "ValueMatrix":
        """Only what `reader`, or else the `audience`, may read goes in."""
        viewer = Viewer(space, reader, audience=audience or "")
        scope = Scope(space, viewer.audience, on or space.today, season)
        counts, stories = _counts(scope)
        versions = list(FramingVersion.objects.in_space(space).agreed())
        version = _in_force(versions, scope.until)
        cells = _cells(scope)
        aspirations = _aspirations(version, viewer)
        assumptions, claims = _assumptions(viewer, aspirations), _claims(viewer)
        rows = tuple(
            _row(cycle, counts[cycle], scope, aspirations, cells, assumptions, claims)
            for cycle in Cycle
        )
        flags = remarks_on_all(
            counts.values(),
            [cell.row for row in rows for cell in row.cells],
            scope.until,
            stories=stories,
            agreed_on=version and version.agreed_on,
        )
        return cls(scope, viewer, version, rows, tuple(flags), tuple(framing_marks(versions)))

    @property
    def is_empty(self) -> bool:
        """Nothing hoped for, measured or told yet."""
        return not any(row.aspirations or row.cells or row.counts.stories for row in self.rows)


def _row(cycle, counts, scope, aspirations, cells, assumptions, claims) -> MatrixRow:
    here = cells[cycle]
    rows = [cell.row for cell in here]
    read = [reading for cell in here for reading in reading_of(cell.row, cell.linked)]
    flags = remarks_on_cycle(counts, rows, scope.until, hoped=bool(aspirations[cycle]))
    return MatrixRow(
        cycle=cycle,
        aspirations=tuple(aspirations[cycle]),
        cells=tuple(here),
        counts=counts,
        flags=tuple(flags),
        readings=tuple(read + readings_of_cycle(counts, len(rows))),
        assumptions=tuple(assumptions[cycle]),
        claims=tuple(claims[cycle]),
    )


def _counts(scope: Scope) -> tuple[dict[str, CycleCounts], int]:
    totals = summary.read(scope.space, scope.audience, scope.on, scope.season)
    who = (scope.space, scope.audience, scope.on)
    tellers = tellers_in_days(*who, scope.days) if scope.days else tellers_by_cycle(*who)
    return counts_by_cycle(totals, tellers, waiting_by_cycle(*who, scope.days)), totals.stories


def _in_force(versions: list[FramingVersion], day: dt.date) -> FramingVersion | None:
    agreed = [version for version in versions if version.agreed_on <= day]
    return max(agreed, key=lambda version: version.number, default=None)


def _cells(scope: Scope) -> dict[str, list[IndicatorCell]]:
    linked = linked_by_indicator(scope.space, scope.audience, scope.on, scope.days)
    cells = defaultdict(list)
    if scope.until < scope.space.today:
        observed = _ever_observed(scope.space)
    else:  # what was corrected since tells nothing of today
        observed = current_by_indicator(scope.space)
    smallest = scope.space.min_group_size
    for indicator in Indicator.objects.in_space(scope.space).in_use().for_matrix():
        rows = observed.get(indicator.pk, ())
        figures = figures_of(indicator, smallest, scope.until, observations=rows)
        cell = IndicatorCell(figures, linked.get(indicator.pk, LinkedStories()))
        cells[indicator.cycle].append(cell)
    return cells


def _ever_observed(space: Space) -> dict[int, list]:
    found = defaultdict(list)
    for observation in Observation.objects.in_space(space).of_indicators_in_use().as_rows():
        found[observation.indicator_id].append(observation)
    return found


def _aspirations(
    version: FramingVersion | None, viewer: Viewer
) -> dict[str, list[MatrixAspiration]]:
    aspirations: dict[str, list[MatrixAspiration]] = defaultdict(list)
    standing = standing_in(version) if version else []
    stated = {who for *_hope, who in standing if who}
    people = Membership.objects.with_roles().in_bulk(stated) if stated else {}
    for cycle, pk, key, text, whose, who in standing:
        label = viewer.member(people[who]).label if who in people else ""
        aspirations[cycle].append(MatrixAspiration(pk, key, viewer.typed(text), whose, label))
    return aspirations


def standing_in(version: FramingVersion) -> list[tuple]:
    """The aspirations of an agreed version, each with its cycle and who stated it."""
    aspirations = Aspiration.objects.in_version(version)
    return list(aspirations.values_list("cycle", "pk", "key", "text", "whose", "stated_by"))


def _assumptions(
    viewer: Viewer, aspirations: dict[str, list[MatrixAspiration]]
) -> dict[str, list[PresentedAssumption]]:
    """What the hopes rest on; it never leaves the space."""
    found = defaultdict(list)
    cycles = {aspiration.pk: cycle for cycle in aspirations for aspiration in aspirations[cycle]}
    if cycles and viewer.inside:
        for assumption in Assumption.objects.about(cycles):
            shown = present_assumption(viewer, assumption)
            found[cycles[assumption.aspiration_id]].append(shown)
    return found


def _claims(viewer: Viewer) -> dict[str, list[ClaimInMatrix]]:
    """Claims are read inside; a report carries them out with their reservations."""
    found = defaultdict(list)
    if viewer.inside:
        for claim in ContributionClaim.objects.in_space(viewer.space).with_cycle():
            said = (viewer.typed(claim.statement), str(claim.get_confidence_display()))
            found[claim.cycle].append(ClaimInMatrix(claim.pk, *said))
    return found


def course_counts(space: Space, reader) -> tuple[int, int]:
    """How many indicators are on course (or there), of how many with a target."""
    words = [
        course(shown_row(indicator, space.today, space.min_group_size))
        for indicator in Indicator.objects.for_user(reader).in_space(space).with_target()
    ]
    return sum(word in (ON_COURSE, REACHED) for word in words), len(words)


__all__ = ["IndicatorCell", "MatrixRow", "Scope", "ValueMatrix", "course_counts"]
