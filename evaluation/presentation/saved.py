"""What somebody else saved meanwhile, shown beside the words of whoever is writing."""

from dataclasses import dataclass

from evaluation.models import ContributionClaim, Indicator
from spaces.presentation.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class SavedIndicator:
    """An indicator as it stands now."""

    ref: str
    revision: int
    name: str
    state_words: str
    steward: str
    target: object
    frequency: str
    source: str
    note: str


@dataclass(frozen=True, kw_only=True)
class SavedClaim:
    """A claim as it stands now."""

    revision: int
    statement: str
    other_influences: str
    counter_evidence: str
    confidence_words: str


def present_saved_indicator(viewer: Viewer, indicator: Indicator) -> SavedIndicator:
    """An indicator beside the form in which it is changed."""
    return SavedIndicator(
        ref=indicator.ref,
        revision=indicator.revision,
        name=viewer.typed(indicator.name),
        state_words=indicator.get_state_display(),
        steward=viewer.member(indicator.steward).label,
        target=indicator.target,
        frequency=viewer.typed(indicator.frequency),
        source=viewer.typed(indicator.source),
        note=viewer.typed(indicator.note),
    )


def present_saved_claim(viewer: Viewer, claim: ContributionClaim) -> SavedClaim:
    """A claim beside the form in which it is changed."""
    return SavedClaim(
        revision=claim.revision,
        statement=viewer.typed(claim.statement),
        other_influences=viewer.typed(claim.other_influences),
        counter_evidence=viewer.typed(claim.counter_evidence),
        confidence_words=claim.get_confidence_display(),
    )
