"""Contribution claims: what we think we contributed to, and how sure we are."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluation.evidence import evidence_of
from evaluation.models import Confidence, ContributionClaim, Observation
from framing.models import Aspiration
from learningspaces.lib.text import in_words
from spaces.models import Membership
from spaces.revisions import claim_revision
from valuecreation.models import Story


@transaction.atomic
def write_claim(
    *,
    aspiration: Aspiration,
    by: Membership,
    stories: Collection[Story] = (),
    observations: Collection[Observation] = (),
    **fields,
) -> ContributionClaim:
    """Say what the space contributed to; a strong claim only with all that it needs."""
    claim = ContributionClaim(space=by.space, aspiration=aspiration, written_by=by, **fields)
    _check(claim, stories, observations)
    claim.save()
    claim.stories.set(stories)
    claim.observations.set(observations)
    return claim


@transaction.atomic
def change_claim(
    claim: ContributionClaim,
    *,
    by: Membership,
    seen: int,
    stories: Collection[Story],
    observations: Collection[Observation],
    **fields,
) -> None:
    """Word a claim differently, or change what stands behind it."""
    claim_revision(claim, seen)
    for name, value in fields.items():
        setattr(claim, name, value)
    _check(claim, stories, observations)
    claim.save()
    claim.stories.set(stories)
    claim.observations.set(observations)


def _check(claim: ContributionClaim, stories, observations) -> None:
    space = claim.space_id
    if claim.aspiration.version.space_id != space:
        raise ValidationError({"aspiration": _("This hope belongs to another space.")})
    if any(story.space_id != space for story in stories):
        raise ValidationError({"stories": _("A story belongs to another space.")})
    if any(one.indicator.space_id != space for one in observations):
        raise ValidationError({"observations": _("A figure belongs to another space.")})
    claim.full_clean(validate_unique=False, validate_constraints=False)
    if claim.confidence != Confidence.STRONG:
        return
    missing = evidence_of(stories, observations, claim.other_influences).missing
    if missing:
        said = _("Not strong yet. Still missing: %(missing)s.") % {"missing": in_words(missing)}
        raise ValidationError({"confidence": said})
