from framing.models.answer import Answer, VersionAnswer
from framing.models.aspiration import (
    Aspiration,
    MomentAspiration,
    SponsorAspiration,
    Whose,
)
from framing.models.event import (
    BoardNote,
    BoardNoteKind,
    EventState,
    FramingEvent,
    FramingStep,
    InvitationAnswer,
)
from framing.models.parts import (
    Assumption,
    AssumptionCheck,
    AssumptionState,
    Risk,
    RiskState,
    SignToWatch,
    Uncertainty,
    UncertaintyState,
)
from framing.models.version import FramingVersion, Reframing, VersionState

__all__ = [
    "Answer",
    "Aspiration",
    "Assumption",
    "AssumptionCheck",
    "AssumptionState",
    "BoardNote",
    "BoardNoteKind",
    "EventState",
    "FramingEvent",
    "FramingStep",
    "FramingVersion",
    "InvitationAnswer",
    "MomentAspiration",
    "Reframing",
    "Risk",
    "RiskState",
    "SignToWatch",
    "SponsorAspiration",
    "Uncertainty",
    "UncertaintyState",
    "VersionAnswer",
    "VersionState",
    "Whose",
]
