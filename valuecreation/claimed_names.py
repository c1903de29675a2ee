"""Stories told under a name that somebody has claimed, before that is confirmed."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from spaces.models import NameClaim
from valuecreation.consent import Grant
from valuecreation.models import Consent, Story

NOT_CONFIRMED = _(
    "You claimed the name this story was told under, and nobody has confirmed yet that it is "
    "yours. Until then you can narrow and withdraw it; ask somebody who leads the space to confirm."
)


def is_held_back(story: Story) -> bool:
    """True for a story older than the claim of its teller's name, until that is confirmed."""
    claim = NameClaim.objects.of_member(story.teller_id).unconfirmed().first()
    return claim is not None and story.created_at < claim.claimed_at


def whole_grant(act: Consent | None) -> Grant | None:
    """What an act grants, with the people whom it names."""
    if act is None:
        return None
    named = act.named_people.values_list("pk", flat=True) if act.grant.names_people else ()
    return replace(act.grant, people=frozenset(named))


def agreements_added(before, after) -> bool:
    """True if somebody is to be named in a story who had not agreed to it before."""
    known = before if isinstance(before, list) else []
    return isinstance(after, list) and any(entry not in known for entry in after)
