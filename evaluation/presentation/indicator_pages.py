"""What the pages of one indicator and of the claims say, for one reader."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from evaluation.drawing import FramingMark
from evaluation.evidence import Evidence, evidence_of_all
from evaluation.models import ContributionClaim, Indicator, IndicatorKind, Observation
from evaluation.presentation.indicator_words import (
    counts_words,
    figure_words,
    levels_of,
    target_words,
)
from evaluation.presentation.matrix_page import IndicatorCard, indicator_card
from evaluation.series import IndicatorRow, is_gap
from evaluation.series_rows import shown_point, shown_row
from spaces.models import Space
from spaces.presentation.viewer import Viewer
from valuecreation.models import Story
from valuecreation.presentation.moments import MomentOnPage, moment_on_page
from valuecreation.presentation.names import label_of
from valuecreation.presentation.terms import Terms


@dataclass(frozen=True)
class ObservationShown:
    """One observation as it may be shown."""

    observation: Observation
    figure: str
    counts: str
    by: str


@dataclass(frozen=True)
class IndicatorPage:
    """Everything the page of one indicator says."""

    card: IndicatorCard
    steward: str
    baseline: str
    target: str
    levels: dict[int, str]
    seen: list[ObservationShown]
    corrected: list[ObservationShown]
    moments: list[MomentOnPage]

    @property
    def says_who(self) -> bool:
        """True if it is known of any observation by whom or when it was recorded."""
        return any(seen.by or seen.observation.collected_on for seen in self.seen)

    @property
    def says_more(self) -> bool:
        """True if there is anything to know about an observation beside its figure."""
        rows = [seen.observation for seen in self.seen]
        return any(row.note or row.other_influences for row in rows)


def indicator_page(
    indicator: Indicator, reader: Viewer, links, marks: list[FramingMark]
) -> IndicatorPage:
    """One indicator for one reader: figures, corrections, and the moments they may read."""
    space = reader.space
    row = shown_row(indicator, space.today, space.min_group_size)
    newest_last = sorted(indicator.observations.all(), key=lambda one: one.period_end)
    return IndicatorPage(
        card=indicator_card(indicator, row, tuple(marks), large=True),
        steward=label(indicator.steward, reader),
        baseline=baseline_words(indicator, row),
        target=target_words(indicator),
        levels=levels_of(indicator) if indicator.kind == IndicatorKind.RUBRIC else {},
        seen=[seen(one, reader) for one in newest_last if not one.superseded_by_id],
        corrected=[seen(one, reader) for one in newest_last if one.superseded_by_id],
        moments=[moment_on_page(reader, link.moment) for link in links],
    )


def seen(observation: Observation, reader: Viewer) -> ObservationShown:
    """An observation in words; about too few people, in words as well."""
    point = shown_point(observation, reader.space.min_group_size)
    by = label(observation.collected_by, reader)
    if point is None:
        return ObservationShown(observation, _("too few people to show"), "", by)
    indicator = observation.indicator
    if is_gap(point, indicator.kind):
        return ObservationShown(observation, _("nothing observed"), "", by)
    figure, counts = figure_words(indicator, point), counts_words(indicator, point)
    return ObservationShown(observation, figure, counts, by)


def baseline_words(indicator: Indicator, row: IndicatorRow) -> str:
    """The value before, with its counts, or that it is not known."""
    if row.baseline is None:
        return _("not known")
    if is_gap(row.baseline, row.kind):
        return _("too few people to show")
    counts = counts_words(indicator, row.baseline)
    figure = figure_words(indicator, row.baseline)
    return f"{figure} ({counts})" if counts else figure


def label(member, reader: Viewer) -> str:
    """Who it was, as this reader may know."""
    return label_of(member, None, reader.audience) if member else ""


@dataclass(frozen=True)
class ClaimShown:
    """A claim with what it needs, and the stories behind it that the reader may read."""

    claim: ContributionClaim
    evidence: Evidence
    stories: list[tuple[Story, str]]
    figures: list[tuple[Observation, str]]


def claims_shown(claims, person, space: Space) -> list[ClaimShown]:
    """Claims as one reader may read them, in as many queries as for one."""
    claims = list(claims)
    behind = {story.pk for claim in claims for story in claim.stories.all()}
    readable = set(Story.objects.for_user(person).among(behind).values_list("pk", flat=True))
    evidence, reader = evidence_of_all(claims), Viewer(space, person)
    return [
        ClaimShown(
            claim=claim,
            evidence=evidence[claim.pk],
            stories=[
                (story, Terms(reader, [(story, None)]).words(story.title))
                for story in claim.stories.all()
                if story.pk in readable
            ],
            figures=[(one, figure_of(one, space)) for one in claim.observations.all()],
        )
        for claim in claims
    ]


def figure_of(observation: Observation, space: Space) -> str:
    """An observation's figure with its counts, unless it is about too few people."""
    point = shown_point(observation, space.min_group_size)
    if point is None:
        return _("too few people to show")
    indicator = observation.indicator
    figure, counts = figure_words(indicator, point), counts_words(indicator, point)
    return f"{figure} ({counts})" if counts else figure
