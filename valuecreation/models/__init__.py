from valuecreation.consent import NAMELESS, Attribution, Use
from valuecreation.models.consent import Consent
from valuecreation.models.enclosure import Enclosure
from valuecreation.models.fetched import DeletionRequest, Erasure, FetchedStory
from valuecreation.models.flow import (
    BlockedReason,
    Flow,
    FlowKind,
    FlowStatus,
)
from valuecreation.models.following import CHANGEABLE, FollowUp, FollowUpOutcome
from valuecreation.models.hand_over import HandOver
from valuecreation.models.lead import Lead, LeadKind, LeadState
from valuecreation.models.loop_reading import LoopReading, LoopStatus
from valuecreation.models.marks import LoopMarks
from valuecreation.models.moment import LooseAudience, Moment
from valuecreation.models.paper import PaperCode
from valuecreation.models.pattern import PatternReading
from valuecreation.models.readers import spaces_read_as_insider, spaces_sponsored
from valuecreation.models.searched import ReaderKind, SearchDue, SearchedNames, SearchedStory
from valuecreation.models.statement import (
    BEARS_OUT,
    Statement,
    StatementKind,
    StatementReach,
)
from valuecreation.models.still import StillMoment
from valuecreation.models.story import (
    Story,
    StoryKind,
    StoryState,
    StoryStep,
    Strength,
)
from valuecreation.models.tally import LoopsDue, Tally
from valuecreation.models.uptake import Uptake, UptakeKind
from valuecreation.models.version import StoryVersion
from valuecreation.models.vignette import Vignette, VignetteSource
from valuecreation.models.withdrawal import Withdrawal
from valuecreation.models.wording_request import WordingRequest

__all__ = [
    "BEARS_OUT",
    "CHANGEABLE",
    "NAMELESS",
    "Attribution",
    "BlockedReason",
    "Consent",
    "DeletionRequest",
    "Enclosure",
    "Erasure",
    "FetchedStory",
    "Flow",
    "FlowKind",
    "FlowStatus",
    "FollowUp",
    "FollowUpOutcome",
    "HandOver",
    "Lead",
    "LeadKind",
    "LeadState",
    "LoopMarks",
    "LoopReading",
    "LoopStatus",
    "LoopsDue",
    "LooseAudience",
    "Moment",
    "PaperCode",
    "PatternReading",
    "ReaderKind",
    "SearchDue",
    "SearchedNames",
    "SearchedStory",
    "Statement",
    "StatementKind",
    "StatementReach",
    "StillMoment",
    "Story",
    "StoryKind",
    "StoryState",
    "StoryStep",
    "StoryVersion",
    "Strength",
    "Tally",
    "Uptake",
    "UptakeKind",
    "Use",
    "Vignette",
    "VignetteSource",
    "Withdrawal",
    "WordingRequest",
    "spaces_read_as_insider",
    "spaces_sponsored",
]
