"""Who is proposed to convene a space."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from spaces.leaders import OPEN
from spaces.models import LeaderProposal
from spaces.presentation.days import day_text
from spaces.presentation.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class PresentedProposal:
    """A proposal with how many agree, for those inside."""

    pk: int
    name: str
    by: str
    on: str
    until: str
    agreed: int
    accepted: bool
    is_me: bool
    i_agreed: bool


def present_proposal(
    viewer: Viewer, proposal: LeaderProposal, voters: Collection[int]
) -> PresentedProposal:
    """A proposal (with members and voices fetched along)."""
    voices = {voice.by_id for voice in proposal.voices.all()}
    me = {pk for pk, member in viewer.members.items() if viewer.is_person(member)}
    return PresentedProposal(
        pk=proposal.pk,
        name=viewer.member(proposal.member).label,
        by=viewer.member(proposal.proposed_by).label,
        on=day_text(timezone.localdate(proposal.proposed_at)),
        until=day_text(timezone.localdate(proposal.proposed_at + OPEN)),
        agreed=len(voices.intersection(voters)),
        accepted=proposal.member_id in voices,
        is_me=proposal.member_id in me,
        i_agreed=bool(voices & me),
    )
