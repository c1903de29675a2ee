"""Indicators and observations as pages show them to one viewer: with words, lines and addresses."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evaluation.drawing import FramingMark
from evaluation.models import (
    Direction,
    Indicator,
    IndicatorKind,
    IndicatorState,
    Observation,
    PeriodLength,
)
from evaluation.presentation.indicator_words import (
    counts_words,
    figure_words,
    from_to,
    last_point,
    movement_words,
    multiple,
    spark,
    target_words,
    verdict_words,
)
from evaluation.presentation.indicators import (
    DefinedIndicator,
    IndicatorFigures,
    figures_today,
    in_words_of,
    indicator_in_brief,
    present_definition,
    present_indicator,
)
from evaluation.presentation.records import PresentedIndicator
from evaluation.series import SeriesPoint, is_gap
from evaluation.series_rows import shown_point, with_gaps
from learningspaces.lib.text import in_words
from spaces.presentation.viewer import Viewer
from valuecreation.cycles import Cycle
from valuecreation.presentation.moments import MomentOnPage, moment_on_page

MOST_NAMED = 8  # periods without a figure


@dataclass(frozen=True)
class IndicatorCard:
    """An indicator as a page shows it: its line, its last value, and the way it has come."""

    indicator: PresentedIndicator
    pk: int
    href: str
    state: str
    line: SafeString
    last: str
    counts: str
    moved: str
    verdict: str
    way: str

    @property
    def state_words(self) -> str:
        return str(IndicatorState(self.state).label)


@dataclass(frozen=True)
class ObservationOnPage:
    """One observation in words, with who recorded it and what to know about it."""

    pk: int
    period: str
    indicator: "IndicatorLink"
    figure: str
    counts: str
    by: str
    collected_on: dt.date | None
    note: str
    other_influences: str
    corrected_on: dt.date | None
    correction_reason: str

    @property
    def figure_and_counts(self) -> str:
        return f"{self.figure} ({self.counts})" if self.counts else self.figure


@dataclass(frozen=True)
class IndicatorLink:
    """An indicator by its name, and the way to it."""

    pk: int
    cycle: str
    name: str
    href: str

    @property
    def heading(self) -> str:
        """The name of its cycle."""
        return str(Cycle(self.cycle).label)


@dataclass(frozen=True)
class IndicatorPage:
    """Everything the page of one indicator says."""

    card: IndicatorCard
    definition: DefinedIndicator
    baseline: str
    target: str
    observations: list[ObservationOnPage]
    corrected: list[ObservationOnPage]
    unknown: str
    moments: list[MomentOnPage]
    before: IndicatorLink | None
    after: list[IndicatorLink]

    @property
    def says_who(self) -> bool:
        """True if it is known of any observation by whom or when it was recorded."""
        return any(one.by or one.collected_on for one in self.observations)

    @property
    def says_more(self) -> bool:
        """True if there is anything to know about an observation beside its figure."""
        return any(one.note or one.other_influences for one in self.observations)

    @property
    def levels(self) -> list[tuple[int, str]]:
        """A rubric's levels with their words."""
        return self.definition.numbered_levels if self.definition.kind == "rubric" else []

    @property
    def kind_words(self) -> str:
        return str(dict(IndicatorKind.choices).get(self.definition.kind, ""))

    @property
    def length_words(self) -> str:
        """How long a period each figure covers, where that is said."""
        length = self.definition.period_length
        return str(PeriodLength(length).label) if length else ""

    @property
    def direction_words(self) -> str:
        return str(Direction(self.definition.direction).label)


def card_of(
    viewer: Viewer,
    figures: IndicatorFigures,
    marks: Sequence[FramingMark] = (),
    *,
    large: bool = False,
) -> IndicatorCard:
    """An indicator's figures and line, small for a row or large for a page."""
    stored, row = figures.indicator, in_words_of(viewer, figures.row)
    indicator = present_indicator(viewer, figures) if large else indicator_in_brief(viewer, stored)
    prefix, last = f"series-{stored.pk}", last_point(row)
    drawn = (indicator, row, marks)
    return IndicatorCard(
        indicator=indicator,
        pk=stored.pk,
        href=address_of(viewer, stored),
        state=stored.state,
        line=multiple(*drawn, prefix, figures.until) if large else spark(*drawn, figures.until),
        last=figure_words(indicator, last) if last else "",
        counts=counts_words(indicator, last),
        moved=movement_words(row),
        verdict=verdict_words(row),
        way=from_to(indicator, row),
    )


def cards_of(viewer: Viewer, indicators, marks=(), *, large: bool = False) -> list[IndicatorCard]:
    """Indicators as they stand today, figures about too few people left out."""
    return [card_of(viewer, figures_today(viewer, one), marks, large=large) for one in indicators]


def indicator_page(
    viewer: Viewer, indicator: Indicator, links, marks: Sequence[FramingMark]
) -> IndicatorPage:
    """One indicator for one viewer: figures, corrections, and the moments they may read."""
    figures = figures_today(viewer, indicator)
    definition = present_definition(viewer, figures)
    stored = sorted(indicator.observations.all(), key=lambda one: one.period_end)
    before = indicator.succeeds
    return IndicatorPage(
        card=card_of(viewer, figures, tuple(marks), large=True),
        definition=definition,
        baseline=baseline_words(definition, figures),
        target=target_words(definition),
        observations=[observation_on_page(viewer, o) for o in stored if not o.superseded_by_id],
        corrected=[observation_on_page(viewer, o) for o in stored if o.superseded_by_id],
        unknown=in_words(unrecorded(figures)[-MOST_NAMED:]),
        moments=[moment_on_page(viewer, link.moment) for link in links],
        before=link_to(viewer, before) if before else None,
        after=[link_to(viewer, newer) for newer in indicator.successors.all()],
    )


def unrecorded(figures: IndicatorFigures) -> list[str]:
    """The periods that are over and for which nothing was recorded, oldest first."""
    recorded = {point.period for point in figures.row.series}
    every = with_gaps(figures.row, figures.until)
    return [point.period for point in every if point.period not in recorded]


def observation_on_page(viewer: Viewer, observation: Observation) -> ObservationOnPage:
    """An observation in words; about too few people, in words as well."""
    indicator = indicator_in_brief(viewer, observation.indicator)
    point = shown_point(observation, viewer.space.min_group_size)
    figure, counts = observed_words(indicator, point)
    return ObservationOnPage(
        pk=observation.pk,
        period=observation.period,
        indicator=link_to(viewer, observation.indicator),
        figure=viewer.typed(figure) if indicator.kind == IndicatorKind.TEXT else figure,
        counts=counts,
        by=viewer.member(observation.collected_by).label,
        collected_on=observation.collected_on,
        note=viewer.typed(observation.note),
        other_influences=viewer.typed(observation.other_influences),
        corrected_on=observation.corrected_on,
        correction_reason=viewer.typed(observation.correction_reason),
    )


def observed_words(indicator: PresentedIndicator, point: SeriesPoint | None) -> tuple[str, str]:
    """A figure and its counts in words."""
    if point is None:
        return _("too few people to show"), ""
    if is_gap(point, indicator.kind):
        return _("nothing observed"), ""
    return figure_words(indicator, point), counts_words(indicator, point)


def baseline_words(indicator: PresentedIndicator, figures: IndicatorFigures) -> str:
    """The value before, with its counts, or that it is not known."""
    point = figures.row.baseline
    if figures.baseline_hidden:
        return _("too few people to show")
    counts, figure = counts_words(indicator, point), figure_words(indicator, point)
    return f"{figure} ({counts})" if counts else figure


def link_to(viewer: Viewer, indicator: Indicator) -> IndicatorLink:
    """The way to an indicator, under the name that a viewer may read."""
    name, href = viewer.typed(indicator.name), address_of(viewer, indicator)
    return IndicatorLink(indicator.pk, indicator.cycle, name, href)


def linked_indicators(viewer: Viewer, indicators: Iterable[Indicator]) -> list[IndicatorLink]:
    """Indicators by their names."""
    return [link_to(viewer, indicator) for indicator in indicators]


def address_of(viewer: Viewer, indicator: Indicator) -> str:
    return reverse("evaluation:indicator", args=[viewer.space.slug, indicator.ref])
