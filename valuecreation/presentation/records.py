"""Each kind of record as one viewer may know it: plain values, ready to be frozen as they are.

Words, names, places and days are settled here and nowhere else; pages, API, mails, releases and
files are made from these values. A day is text as fine as may be told: 2025-02-11, 2025-02,
2025-Q1, 2025 or nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learningspaces.lib.columns import Column, column, columns_of_parts
from spaces.models import Membership
from spaces.presentation.viewer import PresentedPerson, Viewer
from valuecreation.cycles import (
    GROUP,
    KINDS_OF_MOMENTS,
    OTHER_GROUP,
    Location,
    MomentStatus,
    Polarity,
    is_unsaid,
    kind_label,
)
from valuecreation.loops.veiling import PLACED
from valuecreation.models import (
    Attribution,
    Flow,
    FlowKind,
    FollowUp,
    FollowUpOutcome,
    Moment,
    Story,
    StoryKind,
    Strength,
    Uptake,
    Use,
)
from valuecreation.presentation.terms import Place, Terms, places_of


@dataclass(frozen=True, kw_only=True)
class PresentedMoment:
    """One thing that happened, or is hoped for, in one cycle.

    Without `text` it may only be counted.
    """

    ref: str = column(gettext_lazy("The name of the moment in this release"), name="moment")
    cycle: str = column(
        gettext_lazy("The value-creation cycle, by the teller. Cycles are no ladder"),
        words=[code for code, _label in KINDS_OF_MOMENTS],
    )
    subtype: str = column(gettext_lazy("A closer word for the kind of value"), default="")
    polarity: str = column(
        gettext_lazy("Whether it made things better, worse, both or neither"), words=Polarity.values
    )
    hoped: bool = column(gettext_lazy("Hoped for, not yet happened"), default=False)
    when: str = column(
        gettext_lazy("The day, month, quarter or year, as finely as may be said"), default=""
    )
    due: str = column(
        gettext_lazy("The day somebody hopes to know by; hoped moments only"), default=""
    )
    place: str = column(gettext_lazy("Where it happened"), words=Location.values, default="")
    other_space: str = column(
        gettext_lazy("Which other space, where it happened in one"), default=""
    )
    agent: str = column(gettext_lazy("Who did it"), default="")
    for_whom: str = column(gettext_lazy("Whom it was of value to"), default="")
    text: str | None = column(
        gettext_lazy("The teller's words; empty where the moment may only be counted"), default=None
    )

    @property
    def heading(self) -> str:
        """The name of its cycle, or that it is not placed."""
        return kind_label(self.cycle)

    @property
    def unsaid(self) -> bool:
        """True while it is open what kind of thing it was, or how it turned out."""
        return is_unsaid(self.cycle, self.polarity, hoped=self.hoped)

    @property
    def day(self) -> str:
        """When it happened, or by when it is hoped for."""
        return self.when or self.due

    @property
    def turned_out(self) -> str:
        """In words how it turned out, where it was not simply for the better."""
        if self.hoped or self.polarity == Polarity.POSITIVE:
            return ""
        return capfirst(Polarity(self.polarity).label)


@dataclass(frozen=True, kw_only=True)
class PresentedStory:
    """One thread through the cycles; its steps are refs of moments.

    Without `title` and other words it may only be counted.
    """

    ref: str = column(gettext_lazy("The name of the story in this release"), name="story")
    title: str | None = column(
        gettext_lazy("Its title; empty where the story may be counted but not quoted"), default=None
    )
    kind: str = column(
        gettext_lazy("The kind of narrative"), words=StoryKind.values, default="specific"
    )
    teller: PresentedPerson = columns_of_parts(
        label=Column("teller", gettext_lazy("How the teller chose to be called")),
        attribution=Column(
            "attribution",
            gettext_lazy("How much of the teller is shown"),
            words=tuple(Attribution.values),
        ),
    )
    told: str = column(gettext_lazy("When it was told, as finely as may be said"), default="")
    strength: str = column(
        gettext_lazy("How well it is supported"), words=Strength.values, default=""
    )
    framing_version: int | None = column(
        gettext_lazy("The framing in force when it was told"), default=None
    )
    quotable: bool = column(gettext_lazy("Whether the teller agreed to be quoted"), default=False)
    ai: bool = column(gettext_lazy("Whether artificial intelligence may read it"), default=False)
    steps: tuple[str, ...] = column(
        gettext_lazy("How many moments it holds"), name="moments", counted=True, default=()
    )
    did_not_work: str | None = column(
        gettext_lazy("What did not work, in the teller's words"), default=None
    )
    other_factors: str | None = column(
        gettext_lazy("What else helped, in the teller's words"), default=None
    )
    substantiation: str | None = column(
        gettext_lazy("What bears it out, in the teller's words"), default=None
    )


@dataclass(frozen=True, kw_only=True)
class PresentedFlow:
    """Value in one moment becoming value in another; without a target while it is awaited."""

    source: str
    target: str | None
    kind: str
    status: str
    framing_version: int | None = None  # the version it led to, instead of a moment
    due: str = ""
    reason: str = ""
    stalled: bool = False
    asked_on: str = ""
    asked_by: str = ""  # this and the note never leave the space
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PresentedUptake:
    """What somebody did with what was brought back; never leaves the space."""

    kind: str
    label: str
    by: str = ""
    on: str = ""


@dataclass(frozen=True, kw_only=True)
class PresentedFollowUp:
    """A question about a moment, who asked whom, and the answer."""

    question: str
    asked_by: str
    asked_of: str
    asked_on: str
    answer: str = ""
    outcome: str = ""
    answered_on: str = ""

    @property
    def outcome_words(self) -> str:
        return str(FollowUpOutcome(self.outcome).label) if self.outcome else ""


def present_moment(
    viewer: Viewer,
    moment: Moment,
    places: Sequence[Place] | None = None,
    *,
    with_people: bool = True,
) -> PresentedMoment:
    """A moment as a viewer may know it, on the terms of every story it stands in.

    `places` are these stories with its steps, where they were fetched by themselves. A list that
    names nobody leaves out the people, who need not be fetched then.
    """
    terms = Terms(viewer, places_of(moment) if places is None else places)
    happened = moment.status == MomentStatus.ACTUAL
    link = None if terms.nameless else moment.other_space
    return PresentedMoment(
        ref=moment.ref,
        cycle=moment.cycle,
        polarity=moment.polarity,
        text=None if terms.counted_only else terms.words(moment.text),
        hoped=not happened,
        subtype=moment.subtype,
        when=terms.day(*days_of(moment)) if happened else "",
        due="" if happened else terms.day(moment.due_on),
        place="" if terms.nameless else moment.location,
        other_space=viewer.typed(link.name) if link else "",
        agent=_called(terms, moment.agent, moment.agent_word) if with_people else "",
        for_whom=_called(terms, moment.for_whom, moment.for_word) if with_people else "",
    )


def days_of(moment: Moment) -> tuple:
    """When it happened as far as it is known: its first day, how exactly, its last day."""
    return moment.occurred_on, moment.precision, moment.occurred_until


def _called(terms: Terms, member: Membership | None, word: str) -> str:
    """A person as they may be called, or the word for a group or a kind of people."""
    if member:
        return terms.person(member).label
    groups = {GROUP: _("the group"), OTHER_GROUP: _("people of another space")}
    return groups[word] if word in groups else terms.viewer.typed(word)


def present_story(
    viewer: Viewer, story: Story, steps: Iterable[str] | None = None
) -> PresentedStory:
    """A story as a viewer may know it; `steps` are the refs of the moments shown of it."""
    terms = Terms(viewer, [(story, None)])

    def words(text: str) -> str | None:
        return None if terms.counted_only or not text else terms.words(text)

    stays_inside = story.other_factors_private and (viewer.quoting or not viewer.inside)
    refs = (step.moment.ref for step in story.steps.all()) if steps is None else steps
    return PresentedStory(
        ref=story.ref,
        teller=terms.person(story.teller),
        title=words(story.title),
        kind=story.kind,
        told=terms.day(story.told_on),
        strength=story.strength,
        quotable=terms.quotable,
        ai=bool(story.consent and story.consent.grant.allows(Use.AI)),
        framing_version=story.framing_number,
        steps=tuple(refs),
        did_not_work=words(story.did_not_work),
        other_factors=None if stays_inside else words(story.other_factors),
        substantiation=words(story.substantiation),
    )


def present_flow(
    viewer: Viewer, flow: Flow, places: Sequence[Place] | None = None
) -> PresentedFlow:
    """A flow as a viewer may know it: with a nameless teller at either end without reasons, and
    without a kind that says where it happened.

    `places` are those of both ends, where they were fetched by themselves.
    """
    ends = [end for end in (flow.source, flow.target) if end]
    if places is None:
        places = [place for end in ends for place in places_of(end)]
    terms = Terms(viewer, places)
    inside = viewer.inside and not viewer.quoting and not terms.nameless
    return PresentedFlow(
        source=flow.source.ref,
        target=flow.target.ref if flow.target and flow.kind != FlowKind.REFRAMING else None,
        kind=FlowKind.FORWARD if terms.nameless and flow.kind in PLACED else flow.kind,
        status=flow.status,
        framing_version=flow.framing_number,
        due=terms.day(flow.due_on),
        reason="" if terms.nameless else flow.reason,
        stalled=flow.stalled,
        asked_on=terms.day(flow.asked_on),
        asked_by=viewer.member(flow.asked_by).label if inside else "",
        note=terms.words(flow.note) if inside else "",
    )


def present_uptake(
    viewer: Viewer, uptake: Uptake, places: Sequence[Place]
) -> PresentedUptake | None:
    """An uptake of a moment of some places as a viewer may know it; nothing outside the space.

    Who took up what a nameless teller tells, and when, would tell more of them; whoever said so
    knows it.
    """
    said_it = uptake.by and viewer.is_person(uptake.by)
    if not viewer.inside or (Terms(viewer, places).nameless and not said_it):
        return None
    return PresentedUptake(
        kind=uptake.kind,
        label=viewer.typed(uptake.label),
        by=viewer.member(uptake.by).label,
        on=uptake.taken_up_on.isoformat() if uptake.taken_up_on else "",
    )


def present_follow_up(
    viewer: Viewer, follow_up: FollowUp, places: Sequence[Place] | None = None
) -> PresentedFollowUp:
    """A question as one of the two it is between may know it."""
    terms = Terms(viewer, places_of(follow_up.moment) if places is None else places)
    answered = follow_up.answered_on
    return PresentedFollowUp(
        question=viewer.typed(follow_up.question),
        asked_by=viewer.member(follow_up.asked_by).label,
        asked_of=terms.person(follow_up.asked_of).label,
        asked_on=follow_up.asked_on.isoformat(),
        answer=viewer.typed(follow_up.answer),
        outcome=follow_up.outcome,
        answered_on=answered.isoformat() if answered else "",
    )
