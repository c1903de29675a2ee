"""The layout of a space file, version 1: each record with its keys, in the order of the file.

Choices come from the models. What must hold between records stands in `checks`.
"""

import dataclasses
from typing import Annotated

from pydantic import AfterValidator, Field

from evaluation.models import Direction, IndicatorKind, TargetKind
from evaluation.rules import numbered_levels
from framing.models import AssumptionState, UncertaintyState, Whose
from spacefile import fields as f
from spacefile.records import Record, key, record
from spaces.models import (
    SMALLEST_GROUP,
    Boundary,
    Governance,
    LeadershipRole,
    Level,
    SpaceState,
    StructureKind,
    Trajectory,
    quiet_after,
)
from spaces.permissions import Role
from valuecreation.consent import AUDIENCE_FIELDS
from valuecreation.cycles import Cycle, Location, MomentStatus, Polarity, Precision, Unplaced
from valuecreation.models import (
    Attribution,
    BlockedReason,
    FlowKind,
    FlowStatus,
    StatementKind,
    StatementReach,
    StoryKind,
    Strength,
    Use,
)

FORMAT, VERSION = "learning-space", 1
NOBODY_ELSE = "teller_collector"
QUIET_CYCLES = tuple(quiet_after())
ACycle = f.one_of(*Cycle.values)
ACycleOrNone = f.one_of(*Cycle.values, *Unplaced.values)
AnyRole = f.one_of(*Role.values, *LeadershipRole.values)
An_Agent = f.line(40, blank=False)


@record
class SpaceRecord(Record):
    """What the space says about itself."""

    slug: f.Slug | None = key(required=True)
    name: f.Name | None = key(required=True)
    purpose: f.Sentence | None = key(required=True)
    founded_on: f.Day | None = key()
    structure_kind: f.list_of(f.one_of(*StructureKind.values)) = key(())
    governance: f.one_of(*Governance.values) = key("decentralized", always=True)
    state: f.one_of(*SpaceState.values) = key("active", always=True)
    boundary_policy: f.one_of(*Boundary.values) = key("by_invitation", always=True)
    confidentiality_note: f.Text = key("")
    min_group_size: Annotated[
        f.whole(1, 100), AfterValidator(lambda size: max(size, SMALLEST_GROUP))
    ] = key(5, always=True)
    stall_after_days: f.map_of(f.one_of(*QUIET_CYCLES), f.whole(1, 3650)) = key(
        tuple(quiet_after().items()), always=True
    )
    rhythm: f.line(300) = key("")


@record
class OtherSpaceRecord(Record):
    """Another space that this one knows by name."""

    slug: f.Slug | None = key(required=True)
    name: f.Name | None = key(required=True)
    link_via: f.list_of(f.PersonId) = key(())


@record
class PersonRecord(Record):
    """Somebody who takes part."""

    id: f.PersonId | None = key(required=True)
    name: f.Name | None = key(required=True)
    practice: f.line(200) = key("")
    org: f.line(200) = key("")
    joined: f.Day | None = key(required=True)
    roles: f.list_of(AnyRole) = key(())
    levels: f.dated(f.one_of(*Level.values)) = key(())
    trajectory: f.one_of(*Trajectory.values, "") = key("")
    cares: f.Text = key("")
    unsure: f.Text = key("")


@record
class OutsideRecord(Record):
    """Somebody beside the space: a sponsor, an evaluator."""

    id: f.PersonId | None = key(required=True)
    name: f.Name | None = key(required=True)
    role: AnyRole | None = key(required=True)
    org: f.line(200) = key("")


# --- framing and indicators ----------------------------------------------------------------


@record
class UncertaintyRecord(Record):
    """Something the space does not know."""

    id: f.Id | None = key(required=True)
    text: f.Sentence | None = key(required=True)
    state: f.one_of(*UncertaintyState.values) = key("open", always=True)


@record
class AspirationRecord(Record):
    """What somebody hopes for, in one cycle; its key stays the same from version to version."""

    lineage: Annotated[f.Id | None, Field(alias="key")] = key(required=True)
    cycle: ACycle | None = key(required=True)
    whose: f.one_of(*Whose.values) | None = key(required=True)
    text: f.Sentence | None = key(required=True)


@record
class AssumptionRecord(Record):
    """What would have to be true."""

    about: f.Id | None = key()
    text: f.Sentence | None = key(required=True)
    state: f.one_of(*AssumptionState.values) = key("untested", always=True)
    note: f.Text = key("")


@record
class RiskRecord(Record):
    """What could go wrong, and what is done about it."""

    about: f.Id | None = key()
    text: f.Sentence | None = key(required=True)
    mitigation: f.Text = key("")
    note: f.Text = key("")


@record
class FramingRecord(Record):
    """One agreed version of the framing."""

    number: f.whole(1, 9999) | None = key(required=True)
    agreed_on: f.Day | None = key(required=True)
    event: f.line(300) = key("")
    difference: f.Sentence | None = key(required=True)
    reason: f.Text = key("")
    caused_by: f.list_of(f.MomentName) = key(())
    uncertainties: f.records(UncertaintyRecord) = key(())
    aspirations: f.records(AspirationRecord) = key(())
    aspirations_added: f.records(AspirationRecord) = key(())
    aspirations_dropped: f.list_of(f.Id) = key(())
    assumptions: f.records(AssumptionRecord) = key(())
    risks: f.records(RiskRecord) = key(())

    @property
    def worded(self) -> tuple[AspirationRecord, ...]:
        """The aspirations that this version words, under whichever key."""
        return (*self.aspirations, *self.aspirations_added)


@record
class SupersededRecord(Record):
    """An earlier value of an observation, with the day and the reason of its correction."""

    period: f.Period | None = key(required=True)
    value: f.Observed = key()
    corrected_on: f.Day | None = key(required=True)
    reason: f.Text = key("")


@record
class IndicatorRecord(Record):
    """An indicator of an aspiration, and what was observed."""

    id: f.Id | None = key(required=True)
    cycle: ACycle | None = key(required=True)
    aspiration: f.Id | None = key()
    name: f.line(200, blank=False) | None = key(required=True)
    kind: f.one_of(*IndicatorKind.values) | None = key(required=True)
    direction: f.one_of(*Direction.values) | None = key(required=True)
    unit: f.line(300) = key("")
    warns_of_harm: f.Flag = key(False)
    counts_people: f.Flag = key(False)
    sensitive: f.Flag = key(False)
    scale_min: f.Number | None = key()
    scale_max: f.Number | None = key()
    levels: f.Levels = key(())
    target: f.Target | None = key()
    target_kind: f.one_of(*TargetKind.values) = key("none")
    frequency: f.line(120) = key("")
    steward: f.PersonId | None = key()
    source: f.line(300) = key("")
    baseline: f.Observed = key()
    obs: f.map_of(f.Period, f.Observed | None) = key(())
    superseded: f.records(SupersededRecord) = key(())
    mostly_one: f.list_of(f.Period) = key(())
    note: f.Text = key("")

    @property
    def wordings(self) -> dict[int, str]:
        """The levels of a rubric by number."""
        listed = self.levels and isinstance(self.levels[0], str)
        return numbered_levels(self.levels if listed else dict(self.levels), self.scale_min)


# --- stories and flows ---------------------------------------------------------------------


@record
class ConsentRecord(Record):
    """One act of consent by a teller."""

    given_by: f.PersonId | None = key()
    story_version: f.whole(1, 9999) | None = key()
    audience: f.list_of(f.one_of(NOBODY_ELSE, *AUDIENCE_FIELDS)) = key((), required=True)
    people: f.list_of(f.PersonId) = key(())
    attribution: f.one_of(*Attribution.values) | None = key(required=True)
    uses: f.list_of(f.one_of(*Use.values)) = key((), always=True)
    given_on: f.Day | None = key()
    expires_on: f.Day | None = key()
    withdrawn_on: f.Day | None = key()
    note: f.Text = key("")


@record
class ThirdPartyRecord(Record):
    """Somebody else in a story, who agreed to be named in some of its steps."""

    person: f.PersonId | None = key(required=True)
    agreed_on: f.Day | None = key()
    steps: f.list_of(f.Mention) = key(())


@record
class StatementRecord(Record):
    """What another person says to a story: somebody of the file, or somebody outside."""

    by: f.PersonId | None = key()
    name: f.line(80) = key("")
    label: f.line(120) = key("")
    named: f.Flag = key(False)
    kind: f.one_of(*StatementKind.values) | None = key(required=True)
    words: f.Text = key("")
    said_on: f.Day | None = key(required=True)
    reach: f.one_of(*StatementReach.values) = key("teller", always=True)
    independent: f.Flag = key(False)
    earlier_wording: f.Flag = key(False)


@record
class StepRecord(Record):
    """One moment of value in a story, actual or hoped."""

    n: f.whole(1, 9999) | None = key(required=True)
    id: f.MomentName | None = key()
    status: f.one_of(*MomentStatus.values) = key("actual")
    date: f.Day | None = key()
    date_precision: f.one_of(*Precision.values) = key("day")
    date_until: f.Day | None = key()
    due: f.Day | None = key()
    cycle: ACycleOrNone | None = key(required=True)
    analyst_cycle: ACycle | None = key()
    subtype: f.Subtype | None = key()
    polarity: f.one_of(*Polarity.values) | None = key(required=True)
    loc: f.one_of(*Location.values) | None = key(required=True)
    other_space: f.Slug | None = key()
    agent: An_Agent | None = key(required=True)
    for_whom: Annotated[An_Agent | None, Field(alias="for")] = key(required=True)
    was_hoped: f.Flag = key(False)
    engaged_by: f.Uptakes = key(())
    indicators: f.list_of(f.Id) = key(())
    text: f.Text = key("")

    def name_in(self, story: "StoryRecord") -> str:
        """What flows call it: its own id, or the story's and its number."""
        return self.id or f"{story.id}.{self.n}"


@record
class StoryRecord(Record):
    """One thread through the cycles, as its teller tells it."""

    id: f.Id | None = key(required=True)
    title: f.line(200, blank=False) | None = key(required=True)
    kind: f.one_of(*StoryKind.values) = key("specific", always=True)
    teller: f.PersonId | None = key(required=True)
    collector: f.PersonId | None = key()
    told_on: f.Day | None = key(required=True)
    followed_up_on: f.Day | None = key()
    framing_version: f.whole(1, 9999) | None = key()
    consent: ConsentRecord | None = key()
    consents: f.records(ConsentRecord) = key(())
    strength: f.one_of(*Strength.values) | None = key()
    other_factors: f.Text = key("")
    did_not_work: f.Text = key("")
    third_parties: f.either(f.records(ThirdPartyRecord), f.Text) = key("")
    statements: f.records(StatementRecord) = key(())
    steps: f.records(StepRecord) = key(())

    @property
    def acts(self) -> tuple[ConsentRecord, ...]:
        """The acts of consent, oldest first, however they are written."""
        return (self.consent,) if self.consent else self.consents


@record
class FlowRecord(Record):
    """Value in one moment becoming value in another."""

    source: Annotated[f.MomentName | None, Field(alias="from")] = key(required=True)
    target: Annotated[f.MomentName | None, Field(alias="to")] = key()
    kind: f.one_of(*FlowKind.values) | None = key(required=True)
    status: f.one_of(*FlowStatus.values) = key("happened")
    due: f.Day | None = key()
    reason: f.one_of(*BlockedReason.values) | None = key()
    asked_on: f.Day | None = key()
    asked_by: f.PersonId | None = key()
    confirmed: f.one_of("stalled") | None = key()
    note: f.Text = key("")


@record
class SpaceFile(Record):
    """One space with everything that a file can carry."""

    as_of: f.Day | None = key(required=True)
    space: SpaceRecord | None = key(required=True)
    other_spaces: f.records(OtherSpaceRecord) = key(())
    participants: f.records(PersonRecord) = key(())
    outside: f.records(OutsideRecord) = key(())
    framing: f.records(FramingRecord) = key(())
    indicators: f.records(IndicatorRecord) = key(())
    stories: f.records(StoryRecord) = key(())
    flows: f.records(FlowRecord) = key(())
    notices: Annotated[tuple, Field(alias="\0notices")] = dataclasses.field(
        default=(), compare=False
    )


# Long lists are read and written record by record.
LISTS = {
    "other_spaces": OtherSpaceRecord,
    "participants": PersonRecord,
    "outside": OutsideRecord,
    "framing": FramingRecord,
    "indicators": IndicatorRecord,
    "stories": StoryRecord,
    "flows": FlowRecord,
}

NESTED = LISTS | {
    "space": SpaceRecord,
    "uncertainties": UncertaintyRecord,
    **dict.fromkeys(("aspirations", "aspirations_added"), AspirationRecord),
    "assumptions": AssumptionRecord,
    "risks": RiskRecord,
    "superseded": SupersededRecord,
    **dict.fromkeys(("consent", "consents"), ConsentRecord),
    "third_parties": ThirdPartyRecord,
    "statements": StatementRecord,
    "steps": StepRecord,
}
