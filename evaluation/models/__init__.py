from evaluation.models.claim import Confidence, ContributionClaim
from evaluation.models.indicator import (
    Direction,
    Indicator,
    IndicatorKind,
    IndicatorState,
    MomentIndicator,
    Observation,
    TargetKind,
)
from evaluation.models.work import (
    Dataset,
    Format,
    Import,
    Purpose,
    Report,
    Work,
    WorkState,
)

__all__ = [
    "Confidence",
    "ContributionClaim",
    "Dataset",
    "Direction",
    "Format",
    "Import",
    "Indicator",
    "IndicatorKind",
    "IndicatorState",
    "MomentIndicator",
    "Observation",
    "Purpose",
    "Report",
    "TargetKind",
    "Work",
    "WorkState",
]
