"""A release as JSON: the very bytes that were frozen and hashed."""

from evaluation.presentation.records import ReleaseContents


def render(release: ReleaseContents) -> bytes:
    """The canonical bytes; their SHA-256 is the fingerprint printed in the other formats."""
    return b"".join(release.written())
