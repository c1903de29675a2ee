"""What framing holds, as one viewer may know it: plain values, whose words are settled.

Who hoped, doubted, wrote down or looks after something stays inside the space; a sponsor's hope is
in the words of a sponsor, named as the viewer may know them. Days are text such as 2025-02-11.
"""

import datetime as dt
from dataclasses import dataclass

from framing.models import (
    Aspiration,
    Assumption,
    AssumptionCheck,
    AssumptionState,
    EventState,
    FramingEvent,
    FramingStep,
    FramingVersion,
    Risk,
    RiskState,
    SignToWatch,
    SponsorAspiration,
    Uncertainty,
    UncertaintyState,
    Whose,
)
from spaces.models import Membership
from spaces.presentation.days import day_text
from spaces.presentation.viewer import Viewer
from valuecreation.cycles import Cycle


@dataclass(frozen=True, kw_only=True)
class PresentedUncertainty:
    """Something the space did not know in a version."""

    pk: int
    key: str
    text: str
    state: str  # open, explored, turned, set_aside
    raised_by: str = ""

    @property
    def state_words(self) -> str:
        return str(UncertaintyState(self.state).label)


@dataclass(frozen=True, kw_only=True)
class PresentedAspiration:
    """What somebody hopes for in one cycle; `since` is the version that first worded it so."""

    pk: int
    key: str
    cycle: str
    whose: str  # member, group, sponsor, affected_people
    text: str
    polarity_guard: str = ""
    stated_by: str = ""
    recorded_by: str = ""
    version: int
    since: int

    @property
    def heading(self) -> str:
        return str(Cycle(self.cycle).label)

    @property
    def whose_words(self) -> str:
        return str(Whose(self.whose).label)


@dataclass(frozen=True, kw_only=True)
class PresentedAssumption:
    """What would have to be true, and what has become of it."""

    pk: int
    text: str
    state: str  # untested, holding, failing, false
    checked_on: str = ""
    note: str = ""
    version: int

    @property
    def state_words(self) -> str:
        return str(AssumptionState(self.state).label)


@dataclass(frozen=True, kw_only=True)
class PresentedCheck:
    """One look at an assumption."""

    state: str
    checked_on: str
    note: str
    by: str

    @property
    def state_words(self) -> str:
        return str(AssumptionState(self.state).label)


@dataclass(frozen=True, kw_only=True)
class PresentedRisk:
    """What could go wrong, what is done about it, and who looks after that."""

    pk: int
    text: str
    state: str  # open, held, happened, gone
    mitigation: str = ""
    owner: str = ""
    note: str = ""
    version: int

    @property
    def state_words(self) -> str:
        return str(RiskState(self.state).label)


@dataclass(frozen=True, kw_only=True)
class PresentedSign:
    """What would be seen, heard or counted; or what would warn."""

    pk: int
    text: str
    warns: bool
    version: int


@dataclass(frozen=True, kw_only=True)
class PresentedVersion:
    """What a space says for now, without its parts."""

    pk: int
    number: int
    is_agreed: bool
    agreed_on: str = ""
    agreed_by: tuple[str, ...] = ()
    event_words: str = ""
    difference: str = ""
    reason: str = ""
    agreement: str = ""
    review_on: str = ""
    supersedes_another: bool = False


@dataclass(frozen=True, kw_only=True)
class PresentedSponsorHope:
    """What a sponsor says they hope for, and the version it stands in, if any."""

    pk: int
    cycle: str
    text: str
    stated_by: str
    stated_on: str
    recorded_by: str = ""
    version: int | None = None
    is_agreed: bool = False

    @property
    def heading(self) -> str:
        return str(Cycle(self.cycle).label)


@dataclass(frozen=True, kw_only=True)
class PresentedStep:
    """One step of an event's agenda."""

    order: int
    title: str
    prompt: str
    minutes: int
    with_sponsor: bool
    ends_at: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PresentedEvent:
    """A framing event: what it is called, when and where, and what became of it."""

    pk: int
    title: str
    place: str
    starts_at: dt.datetime
    state: str
    board_version: int
    facilitator: str = ""
    version: int | None = None  # the number of the draft it ended in

    @property
    def is_running(self) -> bool:
        return self.state == EventState.RUNNING

    @property
    def is_done(self) -> bool:
        return self.state == EventState.DONE


def inside_name(viewer: Viewer, member: Membership | None) -> str:
    """The name of somebody, for those inside the space; nothing for anybody else."""
    return member.name if member and viewer.inside else ""


def present_uncertainty(viewer: Viewer, row: Uncertainty) -> PresentedUncertainty:
    """An uncertainty, and inside the space who raised it."""
    return PresentedUncertainty(
        pk=row.pk,
        key=row.key,
        text=viewer.typed(row.text),
        state=row.state,
        raised_by=inside_name(viewer, row.raised_by),
    )


def present_aspiration(viewer: Viewer, row: Aspiration) -> PresentedAspiration:
    """An aspiration (with version and people fetched along), and whose it is."""
    by_sponsor = row.whose == Whose.SPONSOR and row.stated_by
    stated_by = viewer.member(row.stated_by).label if by_sponsor else ""
    return PresentedAspiration(
        pk=row.pk,
        key=row.key,
        cycle=row.cycle,
        whose=row.whose,
        text=viewer.typed(row.text),
        polarity_guard=viewer.typed(row.polarity_guard),
        stated_by=stated_by or inside_name(viewer, row.stated_by),
        recorded_by=inside_name(viewer, row.recorded_by),
        version=row.version_id,
        since=row.version.number,
    )


def present_assumption(viewer: Viewer, row: Assumption) -> PresentedAssumption:
    """An assumption with the newest look at it."""
    return PresentedAssumption(
        pk=row.pk,
        text=viewer.typed(row.text),
        state=row.state,
        checked_on=day_text(row.checked_on),
        note=viewer.typed(row.note),
        version=row.version_id,
    )


def present_check(viewer: Viewer, row: AssumptionCheck) -> PresentedCheck:
    """An earlier look at an assumption."""
    return PresentedCheck(
        state=row.state,
        checked_on=day_text(row.checked_on),
        note=viewer.typed(row.note),
        by=inside_name(viewer, row.by),
    )


def present_risk(viewer: Viewer, row: Risk) -> PresentedRisk:
    """A risk, and who looks after it."""
    return PresentedRisk(
        pk=row.pk,
        text=viewer.typed(row.text),
        state=row.state,
        mitigation=viewer.typed(row.mitigation),
        owner=inside_name(viewer, row.owner),
        note=viewer.typed(row.note),
        version=row.version_id,
    )


def present_sign(viewer: Viewer, row: SignToWatch) -> PresentedSign:
    """A sign to watch."""
    return PresentedSign(
        pk=row.pk, text=viewer.typed(row.text), warns=row.warns, version=row.version_id
    )


def version_name(version: FramingVersion) -> PresentedVersion:
    """A version in a list: its number, and when it was agreed."""
    return PresentedVersion(
        pk=version.pk,
        number=version.number,
        is_agreed=version.is_agreed,
        agreed_on=day_text(version.agreed_on),
    )


def present_version(
    viewer: Viewer, version: FramingVersion, *, with_people: bool = False
) -> PresentedVersion:
    """A version's own words; inside the space also the agreement and, if asked for, its people."""
    people = version.agreed_by.all() if with_people and viewer.inside else ()
    return PresentedVersion(
        pk=version.pk,
        number=version.number,
        is_agreed=version.is_agreed,
        agreed_on=day_text(version.agreed_on),
        agreed_by=tuple(member.name for member in people),
        event_words=viewer.typed(version.event_words),
        difference=viewer.typed(version.difference),
        reason=viewer.typed(version.reason),
        agreement=version.agreement if viewer.inside else "",
        review_on=day_text(version.review_on),
        supersedes_another=bool(version.supersedes_id),
    )


def present_sponsor_hope(viewer: Viewer, row: SponsorAspiration) -> PresentedSponsorHope:
    """A sponsor's hope (with people and version fetched along)."""
    version = row.aspiration.version if row.aspiration else None
    return PresentedSponsorHope(
        pk=row.pk,
        cycle=row.cycle,
        text=viewer.typed(row.text),
        stated_by=viewer.member(row.stated_by).label,
        stated_on=day_text(row.stated_on),
        recorded_by=viewer.member(row.recorded_by).label,
        version=version.number if version else None,
        is_agreed=bool(version and version.is_agreed),
    )


def present_event(viewer: Viewer, event: FramingEvent) -> PresentedEvent:
    """An event (with its people fetched along); who leads it and what it became stay inside."""
    return PresentedEvent(
        pk=event.pk,
        title=viewer.typed(event.title),
        place=viewer.typed(event.place),
        starts_at=event.starts_at,
        state=event.state,
        board_version=event.board_version,
        facilitator=inside_name(viewer, event.facilitator),
        version=event.version.number if event.version and viewer.inside else None,
    )


def present_step(viewer: Viewer, step: FramingStep) -> PresentedStep:
    """A step of an event's agenda."""
    return PresentedStep(
        order=step.order,
        title=viewer.typed(step.title),
        prompt=viewer.typed(step.prompt),
        minutes=step.minutes,
        with_sponsor=step.with_sponsor,
        ends_at=step.ends_at,
    )
