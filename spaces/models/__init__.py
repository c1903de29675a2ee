from spaces.models.absence import Absence
from spaces.models.claim import ClaimConfirmation, NameClaim
from spaces.models.departure import Departure
from spaces.models.digest import Digest, week_of
from spaces.models.draft import Draft
from spaces.models.group_size import GroupSizeChange
from spaces.models.join_link import MOST_BY_ONE_LINK, JoinLink
from spaces.models.joining import (
    INVITATION_LASTS,
    Invitation,
    JoinRequest,
    RequestState,
    new_token,
)
from spaces.models.keys import ApiToken, IdempotencyKey, TokenScope, fingerprint, new_secret
from spaces.models.leader_choice import LeaderProposal, LeaderVoice
from spaces.models.mail import OF_USE, Mail, MailState
from spaces.models.mail_preference import (
    CHOSEN,
    USUAL,
    DigestRhythm,
    MailPreference,
    MailRhythm,
    MailWay,
    WeekDay,
)
from spaces.models.membership import (
    HowTaken,
    LeadershipRole,
    Level,
    Membership,
    ParticipationPeriod,
    RoleAssignment,
    Trajectory,
)
from spaces.models.notice import GROUPS, TO_KNOW, UNMAILED, Notice, NoticeGroup, NoticeKind
from spaces.models.other_name import OtherName
from spaces.models.person import Person, display_name
from spaces.models.space import (
    QUIET_AFTER,
    SMALLEST_GROUP,
    Boundary,
    Governance,
    Space,
    SpaceLink,
    SpaceState,
    StructureKind,
    quiet_after,
)
from spaces.models.trace import ApiReads, Through, Trace, TraceKind
from spaces.models.upload import Upload, UploadKind, UploadState

__all__ = [
    "CHOSEN",
    "GROUPS",
    "INVITATION_LASTS",
    "MOST_BY_ONE_LINK",
    "OF_USE",
    "QUIET_AFTER",
    "SMALLEST_GROUP",
    "TO_KNOW",
    "UNMAILED",
    "USUAL",
    "Absence",
    "ApiReads",
    "ApiToken",
    "Boundary",
    "ClaimConfirmation",
    "Departure",
    "Digest",
    "DigestRhythm",
    "Draft",
    "Governance",
    "GroupSizeChange",
    "HowTaken",
    "IdempotencyKey",
    "Invitation",
    "JoinLink",
    "JoinRequest",
    "LeaderProposal",
    "LeaderVoice",
    "LeadershipRole",
    "Level",
    "Mail",
    "MailPreference",
    "MailRhythm",
    "MailState",
    "MailWay",
    "Membership",
    "NameClaim",
    "Notice",
    "NoticeGroup",
    "NoticeKind",
    "OtherName",
    "ParticipationPeriod",
    "Person",
    "RequestState",
    "RoleAssignment",
    "Space",
    "SpaceLink",
    "SpaceState",
    "StructureKind",
    "Through",
    "TokenScope",
    "Trace",
    "TraceKind",
    "Trajectory",
    "Upload",
    "UploadKind",
    "UploadState",
    "WeekDay",
    "display_name",
    "fingerprint",
    "new_secret",
    "new_token",
    "quiet_after",
    "week_of",
]
