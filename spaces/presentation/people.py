"""The people of a space, and those who ask to join, as one viewer may know them."""

from dataclasses import dataclass

from django.utils import timezone

from spaces.models import (
    Absence,
    JoinRequest,
    LeadershipRole,
    Membership,
    NameClaim,
    ParticipationPeriod,
    Trajectory,
)
from spaces.permissions import Role
from spaces.presentation.days import day_text
from spaces.presentation.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class PresentedLevel:
    """How somebody took part for a while, as they said themselves."""

    level: str
    since: str
    until: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PresentedMember:
    """Somebody in a space, in their own words; what they wrote is for those inside."""

    ref: str
    name: str
    initials: str = ""
    practice: str = ""
    organisation: str = ""
    outside: bool = False
    joined_on: str = ""
    roles: tuple[str, ...] = ()  # participant, convener, …; community_keepers, …
    levels: tuple[PresentedLevel, ...] = ()
    trajectory: str = ""
    cares: str = ""
    unsure: str = ""
    entry_story: str = ""
    notice: str = ""
    has_account: bool = False

    @property
    def role_words(self) -> list[str]:
        return [ROLE_WORDS[role] for role in self.roles]

    @property
    def only_takes_part(self) -> bool:
        """True for a participant without another role."""
        return set(self.roles) <= {Role.PARTICIPANT}

    @property
    def trajectory_words(self) -> str:
        return str(Trajectory(self.trajectory).label) if self.trajectory else ""

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]


@dataclass(frozen=True, kw_only=True)
class PresentedRequest:
    """Somebody who asks to join, and what they say to those who decide."""

    pk: int
    name: str
    practice: str
    cares: str
    unsure: str
    entry_story: str
    notice: str
    asked_on: str


ROLE_WORDS = {code: words for kind in (Role, LeadershipRole) for code, words in kind.choices}
OWN_WORDS = ("cares", "unsure", "entry_story", "notice")


def present_member(viewer: Viewer, member: Membership) -> PresentedMember:
    """A member (with roles and levels fetched along) on a page about people."""
    shown = viewer.member(member)
    if not viewer.inside:
        return PresentedMember(ref="", name=shown.label, practice=member.practice)
    return PresentedMember(
        ref=member.ref,
        name=shown.label,
        initials=shown.initials,
        practice=member.practice,
        organisation=member.organisation,
        outside=member.outside,
        joined_on=day_text(member.joined_on),
        roles=tuple(str(held.role) for held in member.held_roles),
        levels=tuple(present_level(viewer, period) for period in member.levels.all()),
        trajectory=member.trajectory,
        has_account=member.person_id is not None,
        **{name: getattr(member, name) for name in OWN_WORDS},
    )


@dataclass(frozen=True, kw_only=True)
class PresentedNameClaim:
    """Who claimed which name on which day, and by whom they were invited."""

    ref: str
    name: str
    by: str
    on: str
    invited_by: str = ""
    confirmed_on: str = ""


def present_name_claim(viewer: Viewer, claim: NameClaim) -> PresentedNameClaim:
    """A claim as those inside the space read it, who are to know each other."""
    return PresentedNameClaim(
        ref=claim.membership.ref,
        name=viewer.member(claim.membership).label,
        by=claim.person.name if claim.person else "",
        on=day_text(claim.claimed_on),
        invited_by=viewer.member(claim.invited_by).label,
        confirmed_on=day_text(claim.confirmed_on),
    )


def present_absence(absence: Absence) -> tuple[str, str]:
    """The days on which a member left and came back."""
    return day_text(absence.left_on), day_text(absence.back_on)


def present_level(viewer: Viewer, period: ParticipationPeriod) -> PresentedLevel:
    """A period of taking part."""
    return PresentedLevel(
        level=period.get_level_display(),
        since=day_text(period.since),
        until=day_text(period.until),
        reason=viewer.typed(period.reason),
    )


def present_request(asked: JoinRequest) -> PresentedRequest:
    """A request as those read it who may answer it."""
    return PresentedRequest(
        pk=asked.pk,
        name=asked.person.name,
        practice=asked.practice,
        asked_on=day_text(timezone.localdate(asked.asked_at)),
        **{name: getattr(asked, name) for name in OWN_WORDS},
    )
