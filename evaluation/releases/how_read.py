"""Whether somebody else has read a release for names, and what they settled."""

from evaluation.models import Release, SecondReading

NONE, READ, EARLIER = "none", "read", "earlier"


def settled_for(release: Release) -> dict[str, str] | None:
    """What the second reader of a release settled; None where there was none."""
    if release.pk is None:
        return None
    reading = SecondReading.objects.of_release(release).first()
    return reading.settled if reading else None


def how_read(settled: dict[str, str] | None, standing: dict[str, str]) -> str:
    """Whether somebody else has read what is frozen: nobody, all of it, or what stood earlier."""
    if settled is None:
        return NONE
    return READ if settled.keys() >= standing.keys() else EARLIER
