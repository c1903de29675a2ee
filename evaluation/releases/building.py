"""Puts a release together, part by part. The same rows give the same bytes."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation

from evaluation.models import Release
from evaluation.presentation.records import PresentedFraming, ReleaseContents, ReleasePeriod
from evaluation.releases import framing, remarks, stories
from evaluation.releases.claims import release_claims
from evaluation.releases.indicators import (
    IndicatorFigures,
    release_indicators,
    shown_figures,
)
from evaluation.releases.matrix import matrix_rows
from evaluation.releases.selection import Selection, select
from evaluation.releases.viewer import ReleaseViewer
from valuecreation.models import Story

Progress = Callable[[int], None]


@dataclass(frozen=True)
class ReleaseDraft:
    """A release, and what was decided on the way to it: shown to those inside before freezing."""

    contents: ReleaseContents
    selection: Selection
    figures: list[IndicatorFigures]
    replaced: frozenset[str]
    withheld_claims: int

    @property
    def suppressed(self) -> list[IndicatorFigures]:
        """Indicators of which a figure is hidden."""
        return [one for one in self.figures if one.suppressed]


def release_of(release: Release, progress: Progress = lambda percent: None) -> ReleaseContents:
    """What a release holds, from the rows as they are."""
    return draft(release, progress).contents


def draft(release: Release, progress: Progress = lambda percent: None) -> ReleaseDraft:
    """What a release would hold; it need not be stored."""
    with translation.override(release.space.language):
        return _draft(release, progress)


def _draft(release: Release, progress: Progress) -> ReleaseDraft:
    last = min(release.period_end, release.as_of)
    versions = framing.agreed_versions(release.space, last)
    selection = select(release, versions=framing.days_of(versions))
    progress(30)
    viewer = ReleaseViewer(release, hidden_stories(selection))
    figures = shown_figures(release, last)
    frame = framing.release_framing(versions, viewer)
    keys = {one.key for one in frame.aspirations} if frame else set()
    indicators = release_indicators(figures, viewer, keys)
    refs = {one.ref for one in indicators}
    moments = stories.release_moments(selection, viewer, indicators=refs, aspirations=keys)
    progress(60)
    told = stories.release_stories(selection, viewer)
    loops = stories.release_loops(selection)
    claims, withheld = release_claims(release, selection, figures, viewer)
    contents = ReleaseContents(
        **cover(release, viewer, frame),
        frame=frame,
        one_page=remarks.one_page(
            told, moments, indicators, loops, claims, asks=viewer.typed(release.asks)
        ),
        counts=stories.release_counts(selection, loops),
        matrix=matrix_rows(selection, figures, frame, moments, claims),
        indicators=indicators,
        moments=moments,
        stories=told,
        flows=stories.release_flows(selection),
        loops=loops,
        waiting=stories.waiting_counts(selection),
        claims=claims,
        reservations=remarks.reservations(selection, figures, frame, withheld),
        method=remarks.method(release),
    )
    progress(90)
    return ReleaseDraft(contents, selection, figures, frozenset(viewer.replaced), withheld)


def cover(release: Release, viewer: ReleaseViewer, frame: PresentedFraming | None) -> dict:
    """What a release is: its number, its space, its time, for whom and for what."""
    space = release.space
    return {
        "number": release.label,
        "title": viewer.typed(release.title),
        "space": space.name,
        "difference": frame.difference if frame else viewer.typed(space.purpose),
        "period": ReleasePeriod(start=release.period_start, end=release.period_end),
        "issued_on": release.as_of,
        "audience": release.audience,
        "language": space.language,
        "uses": (release.purpose,),
        "supersedes": release.supersedes.label if release.supersedes else "",
    }


def hidden_stories(selection: Selection) -> list[str]:
    """The refs of the space's stories that are not in a release."""
    told = {story.ref for story in selection.stories}
    every = Story.objects.in_space(selection.space).order_by("pk").values_list("ref", flat=True)
    return [ref for ref in every if ref not in told]
