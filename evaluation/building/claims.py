"""The claims a release may carry: agreed together, and resting on nothing the audience lacks."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evaluation.building.chosen import Chosen
from evaluation.building.figures import Figures
from evaluation.building.wording import Wording
from evaluation.models import ContributionClaim, Dataset
from evaluation.reports import release
from evaluation.series import MOVED_AS_HOPED, movement
from valuecreation.cycles import Audience, Cycle
from valuecreation.models import Story, Strength

STRONG_FROM = 2
BORNE_OUT = (Strength.DOCUMENTED, Strength.SUBSTANTIATED)


def told_claims(
    dataset: Dataset, chosen: Chosen, figures: list[Figures], wording: Wording
) -> tuple[tuple[release.Claim, ...], int]:
    """The claims of a release, and how many are withheld with their stories."""
    agreed = [claim for claim in stored(dataset) if may_leave(claim, dataset)]
    allowed = {story.ref for story in chosen.seen.stories}
    told = [claim for claim in agreed if allowed.issuperset(refs_of(claim))]
    rows = {one.indicator.pk: one for one in figures}
    return (
        tuple(told_claim(claim, chosen, rows, wording) for claim in told),
        len(agreed) - len(told),
    )


def stored(dataset: Dataset) -> list[ContributionClaim]:
    """The claims of the space as of the day."""
    claims = ContributionClaim.objects.in_space(dataset.space).with_what_they_rest_on()
    return [
        claim
        for claim in claims.order_by("pk")
        if timezone.localtime(claim.created_at).date() <= dataset.as_of
    ]


def may_leave(claim: ContributionClaim, dataset: Dataset) -> bool:
    """Outside the space go only claims that were agreed in a session."""
    if dataset.audience == Audience.SPACE:
        return True
    return bool(claim.agreed_in_session and claim.agreed_in_session <= dataset.as_of)


def refs_of(claim: ContributionClaim) -> set[str]:
    return {story.ref for story in claim.stories.all()}


def told_claim(claim, chosen: Chosen, rows: dict, wording: Wording) -> release.Claim:
    stories = [story for story in claim.stories.all() if story.ref in shown(chosen)]
    seen = {point.indicator_id for point in claim.observations.all()}
    signs = [one for pk, one in rows.items() if pk in seen]
    return release.Claim(
        statement=wording.typed(claim.statement),
        confidence=claim.confidence,
        cycle=claim.aspiration.cycle,
        aspiration=claim.aspiration.key,
        other_influences=wording.typed(claim.other_influences),
        counter_evidence=wording.typed(claim.counter_evidence),
        missing=tuple(missing(claim, list(claim.stories.all()), signs, chosen)),
        stories=tuple(sorted(story.ref for story in stories)),
        indicators=tuple(one.indicator.ref for one in signs),
        agreed_in=date_format(claim.agreed_in_session, "j F Y") if claim.agreed_in_session else "",
    )


def shown(chosen: Chosen) -> set[str]:
    return {story.ref for story in chosen.stories}


def missing(claim, stories: list[Story], signs: list[Figures], chosen: Chosen) -> list[str]:
    """What a strong claim would still need, on what the audience may see (domain, 6.3)."""
    tellers = {story.teller_id for story in stories}
    refs = {story.ref for story in stories}
    applied = any(
        row.actual and row.cycle == Cycle.APPLIED and not refs.isdisjoint(row.stories)
        for row in chosen.seen.moments
    )
    needs = (
        (
            any(movement(one.row) == MOVED_AS_HOPED for one in signs),
            _("No indicator has moved as hoped since its baseline."),
        ),
        (len(tellers) >= STRONG_FROM, _("Two stories from different tellers.")),
        (
            any(story.strength in BORNE_OUT for story in stories),
            _("No story is borne out by a record or by somebody independent."),
        ),
        (applied, _("The way from the space to something tried in practice is not complete.")),
        (
            bool(claim.other_influences.strip()),
            _("What else could explain it has not been talked about."),
        ),
    )
    return [words for met, words in needs if not met]
