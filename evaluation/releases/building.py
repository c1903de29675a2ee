"""Puts a release together, part by part. The same rows give the same text.

Stories, moments and flows are written down as they are presented and let go, so that a release of
many takes little more memory than its text.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils import translation

from evaluation.models import Release
from evaluation.presentation import canonical
from evaluation.presentation.indicators import IndicatorFigures
from evaluation.presentation.records import (
    FORMAT,
    VERSION,
    ReleaseContents,
    ReleasedFraming,
    ReleasePeriod,
)
from evaluation.releases import framing, matrix, remarks, stories
from evaluation.releases.agreement import StoryAgreement, agreement_of
from evaluation.releases.claims import release_claims
from evaluation.releases.how_read import how_read, settled_for
from evaluation.releases.indicators import release_indicators, shown_figures
from evaluation.releases.selection import Selection, select
from evaluation.releases.viewer import ReleaseViewer
from valuecreation.models import Story
from valuecreation.presentation.records import PresentedStory

Progress = Callable[[int], None]
PREVIEWED = 100  # stories that are kept as values, to be named before a release is frozen


@dataclass
class ReleaseDraft:
    """A release, and what was decided on the way to it: shown to those inside before freezing.

    `fields` are those of `ReleaseContents`; stories, moments and flows are text already.
    """

    fields: dict = field(default_factory=dict)
    first_stories: list[PresentedStory] = field(default_factory=list)
    agreements: list[StoryAgreement] = field(default_factory=list)
    suppressed: list[IndicatorFigures] = field(default_factory=list)
    replaced: frozenset[str] = frozenset()
    standing: dict[str, str] = field(default_factory=dict)
    kept_back: int = 0
    withheld_claims: int = 0

    def written(self) -> Iterator[bytes | bytearray]:
        """The canonical text of the release, in pieces."""
        return canonical.written(self.fields)

    def noted(self, chosen: Iterator[tuple[Story, PresentedStory]]) -> Iterator[PresentedStory]:
        """The stories as they pass by, each with what its teller agreed to noted."""
        for story, presented in chosen:
            self.agreements.append(agreement_of(story, presented))
            if len(self.first_stories) < PREVIEWED:
                self.first_stories.append(presented)
            yield presented


def release_of(release: Release) -> ReleaseContents:
    """What a release holds, from the rows as they are."""
    return ReleaseContents.from_json(b"".join(draft(release).written()))


def draft(release: Release, progress: Progress = lambda percent: None) -> ReleaseDraft:
    """What a release would hold; it need not be stored."""
    with translation.override(release.space.language):
        return _draft(release, progress)


def _draft(release: Release, progress: Progress) -> ReleaseDraft:
    last = min(release.period_end, release.as_of)
    versions = framing.agreed_versions(release.space, last)
    selection = select(release, versions=framing.days_of(versions))
    progress(30)
    viewer = ReleaseViewer(release, hidden_stories(selection), settled_for(release))
    figures = shown_figures(release, last)
    frame = framing.release_framing(versions, viewer)
    keys = {one.key for one in frame.aspirations} if frame else set()
    indicators = release_indicators(figures, viewer, keys)
    claims, withheld = release_claims(release, selection, figures, viewer)
    refs = {one.ref for one in indicators}
    ties = stories.ties_of(release.space, indicators=refs, aspirations=keys)
    told = matrix.told_in_release(selection, figures, ties)
    loops = stories.release_loops(selection)
    made = ReleaseDraft(
        fields={
            **cover(release, viewer, frame),
            "frame": frame,
            "counts": stories.release_counts(selection, loops),
            "matrix": matrix.matrix_rows(told, figures, frame, claims, last),
            "indicators": indicators,
            "loops": loops,
            "waiting": stories.waiting_counts(selection),
            "claims": claims,
            "reservations": remarks.reservations(selection, told, figures, frame, withheld),
            "method": remarks.method(release),
        },
        suppressed=[one for one in figures if one.suppressed],
        kept_back=selection.kept_back,
        withheld_claims=withheld,
    )
    progress(60)
    passing = remarks.Highlights(loops)
    moments = stories.release_moments(selection, viewer, ties)
    chosen = stories.release_stories(selection, viewer)
    made.fields |= {
        "flows": canonical.array_of(stories.release_flows(selection)),
        "moments": canonical.array_of(passing.of_moments(moments)),
        "stories": canonical.array_of(passing.of_stories(made.noted(chosen))),
    }
    made.fields["one_page"] = passing.one_page(indicators, claims, asks=viewer.typed(release.asks))
    progress(90)
    return looked_through(made, viewer)


def looked_through(made: ReleaseDraft, viewer: ReleaseViewer) -> ReleaseDraft:
    """The draft with the names that gave way, the words that stand, and who has read them."""
    made.replaced, made.standing = frozenset(viewer.replaced), viewer.words.standing
    made.fields["second_reading"] = how_read(viewer.by_second_reader, made.standing)
    return made


def cover(release: Release, viewer: ReleaseViewer, frame: ReleasedFraming | None) -> dict:
    """What a release is: its number, its space, its time, for whom and for what."""
    space = release.space
    return {
        "format": FORMAT,
        "version": VERSION,
        "note": "",
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
    every = Story.objects.in_space(selection.space).order_by("pk").values_list("ref", flat=True)
    return [ref for ref in every if ref not in selection.story_refs]
