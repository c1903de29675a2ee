"""The claims a release may carry: agreed together, and resting on nothing the audience lacks."""

from collections import defaultdict

from evaluation.evidence import BORNE_OUT, Evidence, chain_to_applied
from evaluation.models import ContributionClaim, Release
from evaluation.presentation import records
from evaluation.presentation.claims import present_claim
from evaluation.presentation.indicators import IndicatorFigures
from evaluation.releases.selection import Selection
from evaluation.releases.viewer import ReleaseViewer
from evaluation.series import MOVED_AS_HOPED, movement
from learningspaces.lib.dates import today_in
from valuecreation.cycles import Audience, Location
from valuecreation.loops.graph import HAPPENED
from valuecreation.models import Story, Strength


def release_claims(
    release: Release, selection: Selection, figures: list[IndicatorFigures], viewer: ReleaseViewer
) -> tuple[tuple[records.PresentedClaim, ...], int]:
    """The claims of a release, and how many are withheld with their stories."""
    agreed = [claim for claim in stored(release) if may_leave(claim, release)]
    allowed = {story.ref for story in selection.known.stories}
    carried = [claim for claim in agreed if allowed.issuperset(refs_of(claim))]
    rows = {one.indicator.pk: one for one in figures}
    return (
        tuple(release_claim(claim, selection, rows, viewer) for claim in carried),
        len(agreed) - len(carried),
    )


def stored(release: Release) -> list[ContributionClaim]:
    """The claims of the space as of the day."""
    claims = ContributionClaim.objects.in_space(release.space).with_what_they_rest_on()
    zone = release.space.time_zone
    return [
        claim
        for claim in claims.order_by("pk")
        if today_in(zone, claim.created_at) <= release.as_of
    ]


def may_leave(claim: ContributionClaim, release: Release) -> bool:
    """Outside the space go only claims that were agreed in a session."""
    if release.audience == Audience.SPACE:
        return True
    return bool(claim.agreed_in_session and claim.agreed_in_session <= release.as_of)


def refs_of(claim: ContributionClaim) -> set[str]:
    return {story.ref for story in claim.stories.all()}


def release_claim(
    claim, selection: Selection, rows: dict, viewer: ReleaseViewer
) -> records.PresentedClaim:
    rests = list(claim.stories.all())
    stories = [story for story in rests if story.ref in selection.story_refs]
    observed = {point.indicator_id for point in claim.observations.all()}
    measured = [one for pk, one in rows.items() if pk in observed]
    return present_claim(
        viewer,
        claim,
        evidence(claim, rests, measured, selection),
        stories=[story.ref for story in stories],
        indicators=[one.indicator.ref for one in measured],
    )


def evidence(
    claim, stories: list[Story], measured: list[IndicatorFigures], selection: Selection
) -> Evidence:
    """What stands behind a claim, on what the audience may see."""
    refs = {story.ref for story in stories}
    moments = {
        row.ref: row
        for row in selection.known.moments
        if row.actual and not refs.isdisjoint(row.stories)
    }
    onward = defaultdict(list)
    for flow in selection.known.flows:
        if flow.status == HAPPENED and flow.between_moments:
            onward[flow.source].append(flow.target)
    begun = {ref for ref, row in moments.items() if row.location == Location.IN_SPACE}
    strengths = {story.strength for story in stories}
    return Evidence(
        moved_after_baseline=any(
            one.row.baseline and movement(one.row) == MOVED_AS_HOPED for one in measured
        ),
        tellers=len({story.teller_id for story in stories}),
        borne_out=bool(BORNE_OUT & strengths),
        independent=Strength.SUBSTANTIATED in strengths,
        chain=chain_to_applied(moments, onward, begun),
        influences=bool(claim.other_influences.strip()),
    )
