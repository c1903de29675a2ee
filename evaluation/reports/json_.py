"""A release as JSON: the very bytes that were frozen and hashed."""

from evaluation.reports.release import Release


def render(release: Release) -> bytes:
    """The canonical bytes; their SHA-256 is the fingerprint printed in the other formats."""
    return release.canonical
