from framing.models.aspiration import (
    Aspiration,
    MomentAspiration,
    SponsorHope,
    Whose,
)
from framing.models.event import (
    Contribution,
    ContributionKind,
    EventState,
    FramingEvent,
    FramingStep,
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
    "Aspiration",
    "Assumption",
    "AssumptionCheck",
    "AssumptionState",
    "Contribution",
    "ContributionKind",
    "EventState",
    "FramingEvent",
    "FramingStep",
    "FramingVersion",
    "MomentAspiration",
    "Reframing",
    "Risk",
    "RiskState",
    "SignToWatch",
    "SponsorHope",
    "Uncertainty",
    "UncertaintyState",
    "VersionState",
    "Whose",
]
