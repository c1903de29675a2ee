"""A release: what one audience may see of a period as of one day, chosen, presented and frozen."""

from evaluation.releases.agreement import StoryAgreement, superseded, tells_of_smaller_groups
from evaluation.releases.building import ReleaseDraft, draft, release_of

__all__ = [
    "ReleaseDraft",
    "StoryAgreement",
    "draft",
    "release_of",
    "superseded",
    "tells_of_smaller_groups",
]
