"""The frame of a release: what the space says it cares about, hopes and is unsure of.

Notes, risks and what a version agreed about treating each other stay in the space; assumptions
are told to the space itself only.
"""

import datetime as dt

from evaluation.presentation import records
from evaluation.releases.viewer import ReleaseViewer
from framing.models import Aspiration, Assumption, FramingVersion, Uncertainty
from spaces.models import Space
from valuecreation.cycles import Audience


def agreed_versions(space: Space, last: dt.date) -> list[FramingVersion]:
    """The framing versions agreed by a day, oldest first."""
    versions = FramingVersion.objects.in_space(space).agreed().order_by("number")
    return [version for version in versions if version.agreed_on and version.agreed_on <= last]


def days_of(versions: list[FramingVersion]) -> dict[str, dt.date]:
    """The day each version was agreed, by the name that flows lead to."""
    return {f"FRAMING-{version.number}": version.agreed_on for version in versions}


def release_framing(
    versions: list[FramingVersion], viewer: ReleaseViewer
) -> records.ReleasedFraming | None:
    """The version in force on the last day, with those before it."""
    if not versions:
        return None
    now = versions[-1]
    return records.ReleasedFraming(
        number=now.number,
        agreed_on=now.agreed_on,
        difference=viewer.typed(now.difference),
        reason=viewer.typed(now.reason),
        uncertainties=tuple(
            records.ReleasedUncertainty(text=viewer.typed(one.text), state=one.state)
            for one in Uncertainty.objects.in_version(now)
        ),
        aspirations=release_aspirations(now, viewer),
        assumptions=release_assumptions(now, viewer),
        versions=tuple(
            records.ReleasedVersion(
                number=one.number,
                agreed_on=one.agreed_on,
                difference=viewer.typed(one.difference),
                reason=viewer.typed(one.reason),
            )
            for one in versions
        ),
    )


def release_aspirations(
    now: FramingVersion, viewer: ReleaseViewer
) -> tuple[records.ReleasedAspiration, ...]:
    """What is hoped for now; whose hope it is keeps the sponsor's apart from the members'."""
    aspirations = Aspiration.objects.in_version(now).select_related("version").order_by("pk")
    return tuple(
        records.ReleasedAspiration(
            key=aspiration.key,
            cycle=aspiration.cycle,
            whose=aspiration.whose,
            text=viewer.typed(aspiration.text),
            since=aspiration.version.number,
        )
        for aspiration in aspirations
    )


def release_assumptions(
    now: FramingVersion, viewer: ReleaseViewer
) -> tuple[records.ReleasedAssumption, ...]:
    """What the space takes for granted, for the space alone; its notes for nobody."""
    if viewer.audience != Audience.SPACE:
        return ()
    beliefs = Assumption.objects.in_version(now).select_related("aspiration")
    return tuple(
        records.ReleasedAssumption(
            about=belief.aspiration.key if belief.aspiration else "",
            text=viewer.typed(belief.text),
            state=belief.state,
        )
        for belief in beliefs
    )
