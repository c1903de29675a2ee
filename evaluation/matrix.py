"""The value-creation matrix: hopes, signs and stories side by side, one row for each cycle.

A frozen value (house rule 13): page, report and API print the same one. Only what its audience may
see goes in, figures about too few people left out.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from evaluation.coverage import Remark
from evaluation.cycle_counts import told_in_space
from evaluation.cycle_rows import CycleInMatrix, cycle_rows, remarks_on_whole
from evaluation.drawing import FramingMark
from evaluation.models import ContributionClaim, Indicator, Observation
from evaluation.presentation.indicator_words import framing_marks
from evaluation.presentation.indicators import IndicatorFigures, figures_of
from evaluation.series import ON_COURSE, REACHED, course
from evaluation.series_rows import current_by_indicator, shown_row
from framing.models import Aspiration, Assumption, FramingVersion, Whose
from framing.presentation import PresentedAssumption, present_assumption
from learningspaces.lib.periods import period_days
from spaces.models import Membership, Space
from spaces.presentation.viewer import Viewer
from valuecreation.cycles import Audience
from valuecreation.population import Population


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
class ClaimInMatrix:
    """What we make of it, and how sure we are."""

    pk: int
    statement: str
    confidence_words: str


@dataclass(frozen=True)
class MatrixRow(CycleInMatrix):
    """One cycle: what was hoped, measured and told, what is thin, and what we make of it."""

    aspirations: tuple[MatrixAspiration, ...]
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
    not_placed: Population

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
        told = told_in_space(space, scope.audience, scope.on, season, scope.days)
        versions = list(FramingVersion.objects.in_space(space).agreed())
        version = _in_force(versions, scope.until)
        figures = _figures(scope)
        aspirations = _aspirations(version, viewer)
        assumptions, claims = _assumptions(viewer, aspirations), _claims(viewer)
        rows = tuple(
            MatrixRow(
                **vars(row),
                aspirations=tuple(aspirations[row.cycle]),
                assumptions=tuple(assumptions[row.cycle]),
                claims=tuple(claims[row.cycle]),
            )
            for row in cycle_rows(told, figures, scope.until, hoped_in=set(aspirations))
        )
        agreed_on = version and version.agreed_on
        flags = remarks_on_whole(told, figures, scope.until, agreed_on=agreed_on)
        return cls(
            scope, viewer, version, rows, flags, tuple(framing_marks(versions)), told.not_placed
        )

    @property
    def is_empty(self) -> bool:
        """Nothing hoped for, measured or told yet."""
        return not any(row.aspirations or row.cells or row.counts.stories for row in self.rows)


def _in_force(versions: list[FramingVersion], day: dt.date) -> FramingVersion | None:
    agreed = [version for version in versions if version.agreed_on <= day]
    return max(agreed, key=lambda version: version.number, default=None)


def _figures(scope: Scope) -> list[IndicatorFigures]:
    """Every indicator in use as it may be shown on the day."""
    if scope.until < scope.space.today:
        observed = _ever_observed(scope.space)
    else:  # what was corrected since tells nothing of today
        observed = current_by_indicator(scope.space)
    smallest = scope.space.min_group_size
    return [
        figures_of(one, smallest, scope.until, observations=observed.get(one.pk, ()))
        for one in Indicator.objects.in_space(scope.space).in_use().for_matrix()
    ]


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
