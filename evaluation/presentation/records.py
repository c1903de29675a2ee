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

from evaluation.presentation import frozen

FORMAT = "learning-space-release"
VERSION = 1


@dataclasses.dataclass(frozen=True, kw_only=True)
class PresentedTeller:
    """How somebody is called in this release: a name only where that was agreed to."""

    label: str
    attribution: str = "role"  # named, role, pseudonym, anonymous


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReleasePeriod:
    """The stretch of time a release speaks of."""

    start: dt.date
    end: dt.date


@dataclasses.dataclass(frozen=True, kw_only=True)
class PresentedUncertainty:
    """A question at the edge of practice, and where it stands."""

    text: str
    state: str  # open, explored, turned, set_aside


@dataclasses.dataclass(frozen=True, kw_only=True)
class PresentedAspiration:
    """What somebody hopes for in one cycle, and whose hope it is."""

    key: str
    cycle: str
    whose: str  # member, group, sponsor, affected_people
    text: str
    since: int = 1  # the number of the framing version that first held it


@dataclasses.dataclass(frozen=True, kw_only=True)
class PresentedAssumption:
    """What would have to be true, and what has become of it."""

    about: str  # the key of an aspiration
    text: str
    state: str  # untested, holding, failing, false


@dataclasses.dataclass(frozen=True, kw_only=True)
class PresentedFramingVersion:
    """One agreed framing among those the period has seen."""

    number: int
    agreed_on: dt.date
    difference: str
    reason: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class PresentedFraming:
    """The framing in force at the end of the period, and the versions before it."""

    number: int
    agreed_on: dt.date
    difference: str
    reason: str = ""
    uncertainties: tuple[PresentedUncertainty, ...] = ()
    aspirations: tuple[PresentedAspiration, ...] = ()
    assumptions: tuple[PresentedAssumption, ...] = ()
    versions: tuple[PresentedFramingVersion, ...] = ()  # oldest first, this one last


@dataclasses.dataclass(frozen=True, kw_only=True)
class CycleCount:
    """How many moments lie in one cycle, by what became of them; hopes are never added in."""

    cycle: str
    positive: int = 0
    negative: int = 0
    mixed: int = 0
    nil: int = 0
    hoped: int = 0
    stories: int = 0

    @property
    def actual(self) -> int:
        return self.positive + self.negative + self.mixed + self.nil


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
    moments: int = 0
    hoped: int = 0
    flows: int = 0
    by_cycle: tuple[CycleCount, ...] = ()
    matrix: tuple[tuple[int, ...], ...] = ()  # rows from, columns to, in the order of the cycles
    returns: tuple[ReturnCount, ...] = ()


@dataclasses.dataclass(frozen=True, kw_only=True)
class PresentedMoment:
    """One thing that happened, or is hoped for, in one cycle."""

    ref: str
    cycle: str
    polarity: str  # positive, negative, mixed, nil
    text: str | None = None  # None: only counted
    hoped: bool = False
    analyst_cycle: str = ""
    subtype: str = ""
    when: str = ""
    due: str = ""
    place: str = ""  # in_space, in_practice, with_stakeholder, other_space
    other_space: str = ""
    agent: str = ""
    for_whom: str = ""
    indicators: tuple[str, ...] = ()
    aspirations: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, kw_only=True)
class PresentedStory:
    """One thread through the cycles; its steps are refs of moments."""

    ref: str
    teller: PresentedTeller
    title: str | None = None  # None: only counted
    kind: str = "specific"  # ground, aspirational, specific
    told: str = ""  # as fine as may be told, like `when`
    strength: str = ""  # asserted, corroborated, documented, substantiated
    quotable: bool = False
    framing_version: int | None = None
    steps: tuple[str, ...] = ()
    did_not_work: str | None = None
    other_factors: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class PresentedFlow:
    """Value in one moment becoming value in another; without a target while it is awaited."""

    source: str
    target: str | None
    kind: str
    status: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class PresentedLoop:
    """A return to the space from what happened outside it, and whether anybody took it up."""

    source: str
    target: str
    status: str  # closed, open, no_applied
    root: str = ""  # rooted, practice_born
    length: str = ""  # long, short
    spiral: bool = False
    reaches_reframing: bool = False
    through_other_space: bool = False
    brings_back_harm: bool = False


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
    """An agreed sign of one aspiration, followed over time; it does not say why."""

    ref: str
    cycle: str
    name: str
    kind: str  # count, ratio, scale, rubric, text, yes_no
    direction: str  # up, down, range, watch
    unit: str = ""
    aspiration: str = ""
    baseline: PresentedObservation | None = None
    target: float | int | str | None = None
    target_kind: str = ""  # hoped, agreed, required
    levels: tuple[str, ...] = ()
    scale_min: float | int | None = None
    scale_max: float | int | None = None
    warns_of_harm: bool = False
    source: str = ""
    frequency: str = ""
    steward: str = ""
    note: str = ""
    movement: str = ""  # moved_as_hoped, moved_wrong_way, no_movement, no_verdict
    course: str = ""  # reached, on_course, below; nothing without a target
    series: tuple[PresentedObservation, ...] = ()


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

    statement: str
    confidence: str  # weak, plausible, strong
    cycle: str = ""
    aspiration: str = ""
    other_influences: str = ""
    counter_evidence: str = ""
    missing: tuple[str, ...] = ()  # what a strong claim would still need, in words
    stories: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
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
    frame: PresentedFraming | None = None
    one_page: OnePage = OnePage()
    counts: ReleaseCounts = ReleaseCounts()
    matrix: tuple[PresentedMatrixRow, ...] = ()
    indicators: tuple[PresentedIndicator, ...] = ()
    moments: tuple[PresentedMoment, ...] = ()
    stories: tuple[PresentedStory, ...] = ()
    flows: tuple[PresentedFlow, ...] = ()
    loops: tuple[PresentedLoop, ...] = ()
    waiting: WaitingCounts = WaitingCounts()
    claims: tuple[PresentedClaim, ...] = ()
    reservations: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    format: str = FORMAT
    version: int = VERSION

    @functools.cached_property
    def canonical(self) -> bytes:
        """The bytes that are kept and hashed: the same for the same release, on any machine."""
        return frozen.to_bytes(self)

    @functools.cached_property
    def sha256(self) -> str:
        """The fingerprint of the canonical bytes."""
        return hashlib.sha256(self.canonical).hexdigest()

    @functools.cached_property
    def moment_by_ref(self) -> dict[str, PresentedMoment]:
        return {moment.ref: moment for moment in self.moments}

    @functools.cached_property
    def indicator_by_ref(self) -> dict[str, PresentedIndicator]:
        return {indicator.ref: indicator for indicator in self.indicators}

    @functools.cached_property
    def story_by_ref(self) -> dict[str, PresentedStory]:
        return {story.ref: story for story in self.stories}

    @functools.cached_property
    def aspiration_by_key(self) -> dict[str, PresentedAspiration]:
        return {hope.key: hope for hope in (self.frame.aspirations if self.frame else ())}

    def to_json(self) -> str:
        """The canonical text of this release."""
        return self.canonical.decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> "ReleaseContents":
        """The release that was frozen into this text; anything else is refused by name."""
        return frozen.from_text(cls, text, format=FORMAT, version=VERSION)
