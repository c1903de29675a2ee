"""Puts a release together, part by part. The same rows give the same bytes."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation

from evaluation.building import framed, said, threads
from evaluation.building.chosen import Chosen, choose
from evaluation.building.claims import told_claims
from evaluation.building.coverage import matrix_rows
from evaluation.building.figures import Figures, shown_figures, told_indicators
from evaluation.building.wording import Wording
from evaluation.models import Release
from evaluation.presentation.records import PresentedFraming, ReleaseContents, ReleasePeriod
from spaces.models import Membership
from valuecreation.models import Story

Progress = Callable[[int], None]


@dataclass(frozen=True)
class ReleaseDraft:
    """A release, and what was decided on the way to it: shown to those inside before freezing."""

    contents: ReleaseContents
    chosen: Chosen
    figures: list[Figures]
    replaced: frozenset[str]
    withheld_claims: int

    @property
    def suppressed(self) -> list[Figures]:
        """Indicators of which a figure is hidden."""
        return [one for one in self.figures if one.suppressed]


def release_of(release: Release, progress: Progress = lambda percent: None) -> ReleaseContents:
    """The release of a dataset, from the rows as they are."""
    return draft(release, progress).contents


def draft(release: Release, progress: Progress = lambda percent: None) -> ReleaseDraft:
    """A release before it is frozen; the dataset need not be stored."""
    with translation.override(release.space.language):
        return _draft(release, progress)


def _draft(release: Release, progress: Progress) -> ReleaseDraft:
    space = release.space
    last = min(release.period_end, release.as_of)
    versions = framed.agreed_versions(space, last)
    chosen = choose(release, versions=framed.days_of(versions))
    progress(30)
    wording = wording_of(release, chosen)
    figures = shown_figures(release, last)
    frame = framed.told_frame(versions, wording)
    keys = {aspiration.key for aspiration in frame.aspirations} if frame else set()
    indicators = told_indicators(figures, wording, keys)
    refs = {one.ref for one in indicators}
    moments = threads.told_moments(chosen, wording, indicators=refs, aspirations=keys)
    progress(60)
    stories = threads.told_stories(chosen, wording)
    loops = threads.told_loops(chosen)
    claims, withheld = told_claims(release, chosen, figures, wording)
    by_ref = {moment.ref: moment for moment in moments}
    asks = wording.typed(release.asks)
    contents = ReleaseContents(
        **cover(release, wording, frame),
        frame=frame,
        one_page=said.one_page(release, stories, by_ref, indicators, loops, claims, asks),
        counts=threads.told_counts(chosen, loops),
        matrix=matrix_rows(chosen, figures, frame, moments, claims),
        indicators=indicators,
        moments=moments,
        stories=stories,
        flows=threads.told_flows(chosen),
        loops=loops,
        waiting=threads.still_waiting(chosen),
        claims=claims,
        reservations=said.reservations(chosen, figures, frame, withheld),
        method=said.method(release),
    )
    progress(90)
    return ReleaseDraft(contents, chosen, figures, frozenset(wording.replaced), withheld)


def cover(release: Release, wording: Wording, frame: PresentedFraming | None) -> dict:
    """What a release is: its number, its space, its time, for whom and for what."""
    space = release.space
    return {
        "number": release.label,
        "title": wording.typed(release.title),
        "space": space.name,
        "difference": frame.difference if frame else wording.typed(space.purpose),
        "period": ReleasePeriod(start=release.period_start, end=release.period_end),
        "issued_on": release.as_of,
        "audience": release.audience,
        "language": space.language,
        "uses": (release.purpose,),
        "supersedes": release.supersedes.label if release.supersedes else "",
    }


def wording_of(release: Release, chosen: Chosen) -> Wording:
    """How this release says things: names of members replaced, other stories not pointed at."""
    told = {story.ref for story in chosen.stories}
    every = Story.objects.in_space(release.space).order_by("pk").values_list("ref", flat=True)
    members = Membership.objects.in_space(release.space).with_roles().order_by("pk")
    return Wording(release.audience, members, [ref for ref in every if ref not in told])
