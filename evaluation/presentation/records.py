"""What an audience may see of a space, frozen: the one thing every report format is printed from.

Labels, replaced names and withheld words are settled before a release is made. Whoever prints it
reads nothing else, so that no format can tell more than another. Moments, stories and indicators
point at one another by `ref`; every list keeps the order in which it was built. Days are dates;
a moment's `when` is as fine as may be told: 2025-02-11, 2025-02, 2025-Q1, 2025 or nothing.
"""

import dataclasses
import datetime as dt
import functools
import hashlib
from collections.abc import Iterator
from typing import Final, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import ConfigDict, TypeAdapter, ValidationError

from evaluation.models import Confidence, Direction, IndicatorKind, PeriodLength, TargetKind
from evaluation.presentation import canonical
from learningspaces.lib.columns import column
from learningspaces.lib.periods import grain
from valuecreation.cycles import Cycle
from valuecreation.models import FlowKind, FlowStatus, LoopStatus
from valuecreation.population import Population
from valuecreation.presentation.records import PresentedMoment, PresentedStory

FORMAT: Final = "learning-space-release"
VERSION: Final = 1


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReleasePeriod:
    """The stretch of time a release speaks of."""

    start: dt.date
    end: dt.date


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReleasedUncertainty:
    """A question at the edge of practice, and where it stands."""

    text: str
    state: str  # open, explored, turned, set_aside


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReleasedAspiration:
    """What somebody hopes for in one cycle, and whose hope it is."""

    key: str
    cycle: str
    whose: str  # member, group, sponsor, affected_people
    text: str
    since: int = 1  # the number of the framing version that first held it


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReleasedAssumption:
    """What would have to be true, and what has become of it."""

    about: str  # the key of an aspiration
    text: str
    state: str  # untested, holding, failing, false


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReleasedVersion:
    """One agreed framing among those the period has seen."""

    number: int
    agreed_on: dt.date
    difference: str
    reason: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReleasedFraming:
    """The framing in force at the end of the period, and the versions before it."""

    number: int
    agreed_on: dt.date
    difference: str
    reason: str = ""
    uncertainties: tuple[ReleasedUncertainty, ...] = ()
    aspirations: tuple[ReleasedAspiration, ...] = ()
    assumptions: tuple[ReleasedAssumption, ...] = ()
    versions: tuple[ReleasedVersion, ...] = ()  # oldest first, this one last


@dataclasses.dataclass(frozen=True, kw_only=True)
class CycleCount:
    """How many moments lie in one cycle, by what became of them; hoped ones are never added in."""

    cycle: str = column(_("The value-creation cycle, by the teller"), words=Cycle.values)
    positive: int = column(_("Moments that made things better"), default=0)
    negative: int = column(_("Moments that made things worse"), default=0)
    mixed: int = column(_("Moments that did both"), default=0)
    nil: int = column(_("Moments in which nothing changed"), default=0)
    hoped: int = column(_("Moments hoped for, counted apart"), default=0)
    alone: int = column(_("Moments of the first four that stand in no story"), default=0)
    stories: int = column(_("Stories with a moment in this cycle that happened"), default=0)

    @property
    def actual(self) -> int:
        return self.positive + self.negative + self.mixed + self.nil

    @property
    def told(self) -> Population:
        """What is counted, as every figure about moments counts it."""
        return Population(self.actual, self.stories, self.hoped, self.alone)


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReturnCount:
    """How many returns to the space run from one cycle to another, by what followed."""

    source: str
    target: str
    status: str  # closed, open, no_applied
    count: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReleaseCounts:
    """Plain totals of what this release holds, and the flows between the cycles."""

    stories: int = 0
    stories_in_space: int | None = None  # told in all, where that may be said
    stories_happened: int = 0  # those in which something happened
    moments: int = 0
    hoped: int = 0
    alone: int = 0  # of the moments, those in no story
    flows: int = 0
    by_cycle: tuple[CycleCount, ...] = ()
    matrix: tuple[tuple[int, ...], ...] = ()  # rows from, columns to, in the order of the cycles
    returns: tuple[ReturnCount, ...] = ()


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReleasedMoment(PresentedMoment):
    """A moment with what it speaks to: refs of indicators and keys of aspirations."""

    analyst_cycles: tuple[str, ...] = column(
        _("How analysts read it, beside the teller's word"), name="analyst_cycle", default=()
    )
    indicators: tuple[str, ...] = column(
        _("Indicators it speaks to, with a semicolon between them"), default=()
    )
    aspirations: tuple[str, ...] = column(
        _("Aspirations it speaks to, with a semicolon between them"), default=()
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReleasedFlow:
    """Value in one moment becoming value in another; without a target while it is awaited."""

    source: str = column(_("The moment it comes from"), name="from")
    target: str | None = column(
        _("The moment it leads to; empty while it is awaited or after it was let go"), name="to"
    )
    kind: str = column(_("The kind of flow"), words=FlowKind.values)
    status: str = column(_("What became of it"), words=FlowStatus.values)


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReleasedLoop:
    """A return to the space from what happened outside it, and whether anybody took it up."""

    source: str = column(_("The moment outside the space"), name="from")
    target: str = column(_("The moment in which it was brought back"), name="to")
    status: str = column(
        _("closed: taken up by somebody else; open: told, not taken up; no_applied: no loop"),
        words=LoopStatus.values,
    )
    root: str = column(
        _("Whether it began in the space or in practice"),
        words=["rooted", "practice_born"],
        default="",
    )
    length: str = column(
        _("long: by way of a difference made"), words=["long", "short"], default=""
    )
    spiral: bool = column(_("Leads on to a later return"), default=False)
    reaches_reframing: bool = column(_("A framing version rests on it"), default=False)
    through_other_space: bool = column(_("Comes by way of another space"), default=False)
    brings_back_harm: bool = column(
        _("Brings back something that made things worse"), default=False
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class WaitingCounts:
    """What is still to be heard of, as numbers only."""

    quiet: int = 0
    stalled: int = 0
    hopes_past_their_day: int = 0


@dataclasses.dataclass(frozen=True, kw_only=True)
class PresentedObservation:
    """One observation of an indicator. `missing` is a gap; `few` is hidden, too few people."""

    period: str
    missing: bool = False
    few: bool = False
    value: float | int | str | bool | None = None
    numerator: float | int | None = None
    denominator: float | int | None = None
    percent: float | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class PresentedIndicator:
    """What shows over time whether one aspiration comes true; it does not say why."""

    ref: str = column(_("The name of the indicator in this release"), name="indicator")
    cycle: str = column(_("The value-creation cycle"), words=Cycle.values)
    aspiration: str = column(_("The aspiration it is a sign of"), default="")
    name: str = column(_("What it is called"))
    kind: str = column(_("What is observed"), words=IndicatorKind.values)
    unit: str = column(_("What is counted, or a percentage of what"), default="")
    direction: str = column(_("What is hoped for"), words=Direction.values)
    target: float | int | str | None = column(
        _("The value aimed at; a percentage for a ratio"), default=None
    )
    target_kind: str = column(_("Whose target it is"), words=TargetKind.values, default="")
    warns_of_harm: bool = column(_("Whether it is there to warn"), default=False)
    source: str = column(_("Where the figures come from"), default="")
    frequency: str = column(_("How often it is observed"), default="")
    period_length: str = column(
        _("How long a period each figure covers"), words=["", *PeriodLength.values], default=""
    )
    steward: str = column(_("Who looks after it"), default="")
    note: str = column(_("What to know beside the figures"), default="")
    movement: str = column(
        _("Its movement since the baseline, or since the first value"),
        words=["moved_as_hoped", "moved_wrong_way", "no_movement", "no_verdict"],
        default="",
    )
    course: str = column(
        _("How it stands to its target; empty without one"),
        words=["reached", "on_course", "below"],
        default="",
    )
    levels: tuple[str, ...] = ()
    scale_min: float | int | None = None
    scale_max: float | int | None = None
    baseline: PresentedObservation | None = None
    series: tuple[PresentedObservation, ...] = ()

    @property
    def heading(self) -> str:
        """The name of its cycle."""
        return str(Cycle(self.cycle).label)

    @property
    def measured(self) -> list[PresentedObservation]:
        """The observations of its own length of period, which line and verdict are made of."""
        length = self.period_length
        return [one for one in self.series if not length or grain(one.period) == length]

    @property
    def numbered_levels(self) -> list[tuple[int, str]]:
        """The levels of a rubric that have words."""
        return [(number, words) for number, words in enumerate(self.levels) if words]


@dataclasses.dataclass(frozen=True, kw_only=True)
class PresentedMatrixRow:
    """One cycle of the value-creation matrix: hopes, signs, stories, gaps, what we make of it."""

    cycle: str
    aspirations: tuple[str, ...] = ()  # keys
    indicators: tuple[str, ...] = ()  # refs
    stories: int = 0
    tellers: int = 0
    gaps: tuple[str, ...] = ()  # said in words
    reading: str = ""  # what indicators and stories say beside one another
    made_of_it: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class PresentedClaim:
    """What the space thinks it contributed to, how sure it is and what else could explain it."""

    cycle: str = column(_("The value-creation cycle"), words=Cycle.values, default="")
    aspiration: str = column(_("The aspiration it is about"), default="")
    statement: str = column(_("The claim"))
    confidence: str = column(_("How sure the space is"), words=Confidence.values)
    other_influences: str = column(_("What else may have helped"), default="")
    counter_evidence: str = column(_("What speaks against it"), default="")
    missing: tuple[str, ...] = column(
        _("What a strong claim would still need, with a semicolon between"), default=()
    )
    stories: tuple[str, ...] = column(
        _("Stories it rests on, with a semicolon between them"), default=()
    )
    indicators: tuple[str, ...] = column(
        _("Indicators it rests on, with a semicolon between them"), default=()
    )
    agreed_in: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class OnePage:
    """What somebody with one minute should read, the uncomfortable part first."""

    did_not_go_well: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()  # refs of indicators
    story: str = ""  # ref of a story that may be quoted
    contributed: str = ""
    asks: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReleaseContents:
    """Everything one audience may see of one space and period, numbered and dated."""

    number: str
    title: str
    space: str
    difference: str
    period: ReleasePeriod
    issued_on: dt.date
    audience: str  # space, organisation, partner_spaces, public
    language: str = "en"
    uses: tuple[str, ...] = ()
    supersedes: str = ""
    note: str = ""
    second_reading: Literal["none", "read", "earlier"] = "none"  # for names, before it was frozen
    frame: ReleasedFraming | None = None
    one_page: OnePage = OnePage()
    counts: ReleaseCounts = ReleaseCounts()
    matrix: tuple[PresentedMatrixRow, ...] = ()
    indicators: tuple[PresentedIndicator, ...] = ()
    moments: tuple[ReleasedMoment, ...] = ()
    stories: tuple[PresentedStory, ...] = ()
    flows: tuple[ReleasedFlow, ...] = ()
    loops: tuple[ReleasedLoop, ...] = ()
    waiting: WaitingCounts = WaitingCounts()
    claims: tuple[PresentedClaim, ...] = ()
    reservations: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    format: Literal["learning-space-release"] = FORMAT
    version: Literal[1] = VERSION

    # Nothing but what the records know comes in, however deep it lies.
    __pydantic_config__ = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    def written(self) -> Iterator[bytes | bytearray]:
        """The text that is kept and hashed, in pieces."""
        fields = {one.name: getattr(self, one.name) for one in dataclasses.fields(self)}
        return canonical.written(fields)

    @functools.cached_property
    def sha256(self) -> str:
        """The fingerprint of the canonical text."""
        whole = hashlib.sha256()
        for piece in self.written():
            whole.update(piece)
        return whole.hexdigest()

    @functools.cached_property
    def moment_by_ref(self) -> dict[str, ReleasedMoment]:
        return {moment.ref: moment for moment in self.moments}

    @functools.cached_property
    def indicator_by_ref(self) -> dict[str, PresentedIndicator]:
        return {indicator.ref: indicator for indicator in self.indicators}

    @functools.cached_property
    def story_by_ref(self) -> dict[str, PresentedStory]:
        return {story.ref: story for story in self.stories}

    @functools.cached_property
    def aspiration_by_key(self) -> dict[str, ReleasedAspiration]:
        aspirations = self.frame.aspirations if self.frame else ()
        return {aspiration.key: aspiration for aspiration in aspirations}

    def to_json(self) -> str:
        """The canonical text of this release."""
        return b"".join(self.written()).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> "ReleaseContents":
        """The release that was frozen into this text; anything else is refused by name."""
        try:
            return RELEASE_TEXT.validate_json(text)
        except ValidationError as error:  # which would say the words that were frozen, too
            faults = error.errors(include_input=False, include_url=False, include_context=False)
            named = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in faults]
            raise ValueError(f"This is no frozen release: {'; '.join(named)}") from None


RELEASE_TEXT = TypeAdapter(ReleaseContents)
