"""Choosing somebody to convene a space whose leaders have all been gone for long."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spaces.actions.entering import one_at_a_time
from spaces.leaders import leaders_are_gone, settle, voters
from spaces.models import LeaderProposal, LeaderVoice, Membership


@transaction.atomic
def propose_leader(member: Membership, *, by: Membership) -> LeaderProposal:
    """Propose oneself or another member; whoever proposes agrees."""
    require_choice(by)
    if not voters(by.space).among([member.pk]).exists():
        said = _("Choose a member who has been here within 60 days.")
        raise ValidationError({"member": said})
    earlier = LeaderProposal.objects.in_space(by.space).open().of_member(member).first()
    proposal = earlier or LeaderProposal.objects.create(
        space=by.space, member=member, proposed_by=by
    )
    LeaderVoice.objects.get_or_create(proposal=proposal, by=by)
    return proposal


@transaction.atomic
def agree_to_leader(proposal: LeaderProposal, *, by: Membership) -> None:
    """Agree to a proposal, or to lead oneself; one may agree to several."""
    require_choice(by)
    proposal.refresh_from_db()
    if proposal.settled_at:
        raise ValidationError(_("This was settled meanwhile."))
    LeaderVoice.objects.get_or_create(proposal=proposal, by=by)
    settle(proposal)


def require_choice(by: Membership) -> None:
    """Members choose only while their leaders are gone."""
    one_at_a_time(by.space)
    if not leaders_are_gone(by.space):
        said = _("Somebody leads this space and was here within 60 days. Ask them.")
        raise ValidationError(said)
