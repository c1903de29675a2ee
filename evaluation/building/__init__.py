"""Builds a release from rows: everything one audience may see of a period, as of one day."""

from evaluation.building.assembling import ReleaseDraft, draft, release_of
from evaluation.building.consented import Rests, no_longer_consented, rests_on

__all__ = [
    "ReleaseDraft",
    "Rests",
    "draft",
    "no_longer_consented",
    "release_of",
    "rests_on",
]
