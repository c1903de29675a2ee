"""Claims as one viewer may know them: the same for pages and releases."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import capfirst

from evaluation.evidence import Evidence, evidence_of_all
from evaluation.models import Confidence, ContributionClaim
from evaluation.presentation.indicator_pages import ObservationOnPage, observation_on_page
from evaluation.presentation.records import PresentedClaim
from spaces.presentation.viewer import Viewer
from valuecreation.cycles import Cycle
from valuecreation.models import Story, Strength
from valuecreation.presentation.moments import StoryLink, link_to


@dataclass(frozen=True)
class StoryBehind:
    """A story a claim rests on, and how well it is borne out."""

    link: StoryLink
    strength: str


@dataclass(frozen=True, kw_only=True)
class ClaimOnPage(PresentedClaim):
    """A claim with what it needs, and what lies behind it of what the viewer may read."""

    pk: int
    hoped: str  # the words of its aspiration
    evidence: Evidence
    behind: list[StoryBehind]
    figures: list[ObservationOnPage]
    agreed_on: dt.date | None

    @property
    def heading(self) -> str:
        """The name of its cycle."""
        return str(Cycle(self.cycle).label)

    @property
    def confidence_words(self) -> str:
        return str(Confidence(self.confidence).label)


def present_claim(
    viewer: Viewer,
    claim: ContributionClaim,
    evidence: Evidence,
    *,
    stories: Iterable[str],
    indicators: Iterable[str],
) -> PresentedClaim:
    """A claim as a viewer may know it; it names the stories and indicators that they know."""
    agreed = claim.agreed_in_session
    return PresentedClaim(
        statement=viewer.typed(claim.statement),
        confidence=claim.confidence,
        cycle=claim.aspiration.cycle,
        aspiration=claim.aspiration.key,
        other_influences=viewer.typed(claim.other_influences),
        counter_evidence=viewer.typed(claim.counter_evidence),
        missing=tuple(f"{capfirst(words)}." for words in evidence.missing),
        stories=tuple(sorted(stories)),
        indicators=tuple(indicators),
        agreed_in=date_format(agreed, "j F Y") if agreed else "",
    )


def claims_on_page(viewer: Viewer, claims: Iterable[ContributionClaim]) -> list[ClaimOnPage]:
    """Claims as one viewer may read them, in as many queries as for one."""
    claims = list(claims)
    behind = {story.pk for claim in claims for story in claim.stories.all()}
    readable = Story.objects.for_reader(viewer.space, viewer.person).among(behind)
    known, evidence = set(readable.values_list("pk", flat=True)), evidence_of_all(claims)
    return [_on_page(viewer, claim, evidence[claim.pk], known) for claim in claims]


def _on_page(viewer, claim, evidence: Evidence, known: set[int]) -> ClaimOnPage:
    stories = [story for story in claim.stories.all() if story.pk in known]
    stories.sort(key=lambda story: (story.listed_on, story.public_id))
    figures = list(claim.observations.all())
    refs = dict.fromkeys(one.indicator.ref for one in figures)
    presented = present_claim(
        viewer, claim, evidence, stories=[story.ref for story in stories], indicators=refs
    )
    return ClaimOnPage(
        **vars(presented),
        pk=claim.pk,
        hoped=viewer.typed(claim.aspiration.text),
        evidence=evidence,
        behind=[
            StoryBehind(link_to(viewer, one), str(Strength(one.strength).label)) for one in stories
        ],
        figures=[observation_on_page(viewer, one) for one in figures],
        agreed_on=claim.agreed_in_session,
    )
