from evaluation.models.blanked import WorkedErasure
from evaluation.models.claim import Confidence, ContributionClaim
from evaluation.models.coding import Coding
from evaluation.models.indicator import (
    Direction,
    Indicator,
    IndicatorKind,
    IndicatorState,
    MomentIndicator,
    Observation,
    PeriodLength,
    TargetKind,
)
from evaluation.models.personal_copy import PersonalCopy
from evaluation.models.second_reading import SecondReading
from evaluation.models.work import (
    Format,
    Import,
    Purpose,
    Release,
    Report,
    Work,
    WorkState,
)

__all__ = [
    "Coding",
    "Confidence",
    "ContributionClaim",
    "Direction",
    "Format",
    "Import",
    "Indicator",
    "IndicatorKind",
    "IndicatorState",
    "MomentIndicator",
    "Observation",
    "PeriodLength",
    "PersonalCopy",
    "Purpose",
    "Release",
    "Report",
    "SecondReading",
    "TargetKind",
    "Work",
    "WorkState",
    "WorkedErasure",
]
