"""A story as one reader may read it: its moments as stations on a path, words and names settled."""

import datetime as dt
import itertools
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from learningspaces.lib.text import initials
from spaces.models import Membership, Space
from valuecreation.cycles import (
    Audience,
    Cycle,
    Location,
    MomentStatus,
    Polarity,
)
from valuecreation.models import (
    Attribution,
    Consent,
    Flow,
    FlowKind,
    FlowStatus,
    Moment,
    Story,
    StoryStep,
)
from valuecreation.presentation.names import (
    Names,
    agent_label,
    date_words,
    for_whom_label,
    is_nameless,
    known_to,
    shown_as,
    typed_words,
    words_for,
)
from valuecreation.rights import reads_as_told


class Viewer:
    """Somebody who reads in a space, as what they read; teller and collector read what was told."""

    def __init__(self, space: Space, person, *, audience: str = "", consent: Consent | None = None):
        self.space, self.person = space, person
        self.audience = audience or space.audience_of(person)
        self.preview = bool(audience)
        self.consent = consent

    @cached_property
    def names(self) -> Names:
        return Names(Membership.objects.in_space(self.space).with_roles())

    @property
    def inside(self) -> bool:
        return self.audience == Audience.SPACE

    def as_told(self, story: Story) -> bool:
        return not self.preview and reads_as_told(story, self.person)

    def act_for(self, story: Story) -> Consent | None:
        return self.consent or story.consent

    def words(self, text: str, story: Story, step: StoryStep | None = None) -> str:
        """The words as this reader may read them; names are looked up only if some are hidden."""
        act = self.act_for(story)
        open_inside = self.inside and (act is None or act.attribution == Attribution.NAMED)
        if not text or self.as_told(story) or open_inside:
            return text
        return words_for(text, story, self.audience, self.names, step=step, consent=act)

    def typed(self, text: str) -> str:
        """Words that stand in no story: outside the space the names in them become practices."""
        return text if self.inside or not text else typed_words(text, self.names)[0]

    def person_label(self, member: Membership, story: Story, step=None) -> str:
        if self.as_told(story):
            return member.name
        return shown_as(member, story, self.audience, step=step, consent=self.act_for(story))

    def day(self, day: dt.date, precision: str, story: Story | None) -> str:
        """A date in words, no finer than the teller's attribution lets this reader know."""
        if story and not self.as_told(story):
            day, precision = known_to(day, precision, self.act_for(story))
        return date_words(day, precision)

    def hides_place(self, story: Story | None) -> bool:
        return bool(story) and not self.as_told(story) and is_nameless(self.act_for(story))


@dataclass(frozen=True)
class FlowEnd:
    """Something that leads, or might lead, out of or into a moment."""

    flow: Flow
    words: str
    moment_text: str = ""
    story: Story | None = None
    story_title: str = ""
    day: str = ""


@dataclass
class PresentedMoment:
    """One moment of a path."""

    step: StoryStep | None
    moment: Moment
    heading: str
    when: str
    text: str
    said: str
    next_cycle: str = ""
    waiting: bool = False
    may_come_first: bool = False
    turned_out: str = ""
    hoped_first: str = ""
    read_as: str = ""
    ways: list[FlowEnd] = field(default_factory=list)
    uptakes: list = field(default_factory=list)


@dataclass(frozen=True)
class PresentedStory:
    """A story for one reader."""

    story: Story
    title: str
    teller: str
    initials: str
    told: str
    stations: list[PresentedMoment]
    own: bool

    @property
    def first_words(self) -> str:
        return Truncator(self.stations[0].text).words(38) if self.stations else ""


def present_story(story: Story, reader: Viewer) -> PresentedStory:
    """A story (with its steps, fetched along) as a reader may read it."""
    teller = capfirst(reader.person_label(story.teller, story))
    stations = [
        present_moment(step.moment, reader, story=story, step=step) for step in story.steps.all()
    ]
    for here, after in itertools.pairwise(stations):
        here.next_cycle = "" if after.waiting else after.moment.cycle
        after.may_come_first = here.moment.known_by == after.moment.known_by
    return PresentedStory(
        story=story,
        title=reader.words(story.title, story),
        teller=teller,
        initials=initials(teller) if teller == story.teller.name else "",
        told=told_words(story, reader),
        stations=stations,
        own=reader.as_told(story),
    )


def told_words(story: Story, reader: Viewer) -> str:
    """The day a story was told, no finer than the reader may know."""
    said = {"day": reader.day(story.told_on, "day", story)}
    if reader.hides_place(story):
        return _("in %(day)s") % said
    return _("on %(day)s") % said


def present_moment(
    moment: Moment, reader: Viewer, *, story: Story | None = None, step=None
) -> PresentedMoment:
    """A moment as a reader may read it, in its story or standing alone."""
    hoped = moment.status == MomentStatus.HOPED
    text = reader.words(moment.text, story, step) if story else moment.text
    return PresentedMoment(
        step=step,
        moment=moment,
        heading=Cycle(moment.cycle).label,
        when=_when(moment, reader, story),
        text=text,
        said=_said(moment, reader, story, step),
        waiting=hoped,
        turned_out=turned_out(moment),
        hoped_first=_hoped_first(moment, reader, story, step),
        read_as=Cycle(moment.analyst_cycle).label if moment.analyst_cycle else "",
    )


def turned_out(moment: Moment) -> str:
    """In words how it turned out, where it was not simply for the better."""
    if moment.polarity == Polarity.POSITIVE:
        return ""
    if moment.status == MomentStatus.HOPED:
        return ""
    return capfirst(Polarity(moment.polarity).label)


def _when(moment: Moment, reader: Viewer, story: Story | None) -> str:
    if moment.status == MomentStatus.HOPED:
        day = reader.day(moment.due_on, "day", story)
        if moment.due_on < reader.space.today:
            return _("hoped for by %(day)s; its day has passed, waiting to hear") % {"day": day}
        return _("hoped for by %(day)s") % {"day": day}
    day = reader.day(moment.occurred_on, moment.precision, story)
    if reader.hides_place(story):
        return day
    place = Location(moment.location).label
    if moment.other_space:
        place = _("in %(space)s") % {"space": moment.other_space.name}
    return _("%(day)s, %(place)s") % {"day": day, "place": place}


def _said(moment: Moment, reader: Viewer, story: Story | None, step) -> str:
    """Who did it and for whom, where it is not just the teller, for themselves."""
    if story is None:
        agent = moment.agent.name if moment.agent else agent_label(moment, story, reader.audience)
        return capfirst(agent)
    teller = story.teller_id
    by, whom = _agent(moment, reader, story, step), _for_whom(moment, reader, story, step)
    if moment.agent_id == teller and moment.for_whom_id == teller:
        return ""
    if moment.for_whom_id == moment.agent_id and moment.agent_id:
        return capfirst(by)
    if moment.agent_id == teller:
        return capfirst(_("for %(whom)s") % {"whom": whom}) if whom else ""
    if not whom:
        return capfirst(by)
    return capfirst(_("%(agent)s, for %(whom)s") % {"agent": by, "whom": whom})


def _agent(moment, reader, story, step) -> str:
    if moment.agent and reader.as_told(story):
        return moment.agent.name
    act = reader.act_for(story)
    return agent_label(moment, story, reader.audience, step=step, consent=act)


def _for_whom(moment, reader, story, step) -> str:
    if moment.for_whom and reader.as_told(story):
        return moment.for_whom.name
    act = reader.act_for(story)
    return for_whom_label(moment, story, reader.audience, step=step, consent=act)


def _hoped_first(moment, reader, story, step) -> str:
    first = moment.hope or {}
    if not first or first.get("text") == moment.text:
        return _("It was hoped for first.") if moment.was_hoped else ""
    text = reader.words(str(first.get("text", "")), story, step) if story else first.get("text")
    return _("Hoped for first: %(text)s") % {"text": text}


def flow_words(flow: Flow) -> str:
    """How a way stands, in words; reasons are those of the idea, never of a person."""
    if flow.status == FlowStatus.HAPPENED:
        return capfirst(FlowKind(flow.kind).label)
    reason = flow.get_reason_display() if flow.reason else ""
    words = {
        FlowStatus.AWAITED: _("Hoped to lead on"),
        FlowStatus.BLOCKED: _("Blocked: %(reason)s") % {"reason": reason}
        if reason
        else _("Blocked"),
        FlowStatus.DORMANT: _("Kept for later"),
        FlowStatus.ABANDONED: _("Let go"),
    }
    return words[flow.status]


def add_flow_ends(told: PresentedStory, flows, uptakes, reader: Viewer) -> list[FlowEnd]:
    """Put ways and uptakes to their stations; gives back the ways that leave or enter the story."""
    here = {present_moment.moment.pk: present_moment for present_moment in told.stations}
    crossing = []
    for flow in flows:
        inside = flow.source_id in here, flow.target_id in here
        if all(inside) and flow.kind == FlowKind.RETURN and flow.status == FlowStatus.HAPPENED:
            arrived = here[flow.target_id]
            arrived.heading = _("Comes back as %(cycle)s") % {"cycle": arrived.heading.lower()}
        elif inside[0] and (inside[1] or flow.target_id is None):
            if flow.status != FlowStatus.HAPPENED:
                here[flow.source_id].ways.append(_inner_way(flow, reader, told))
        elif any(inside):
            crossing.append(_crossing_way(flow, reader, outward=inside[0]))
    for uptake in uptakes:
        here[uptake.moment_id].uptakes.append(uptake)
    return crossing


def _inner_way(flow: Flow, reader: Viewer, told: PresentedStory) -> FlowEnd:
    note = reader.words(flow.note, told.story) if reader.inside else ""
    return FlowEnd(flow=flow, words=flow_words(flow), moment_text=note)


def _crossing_way(flow: Flow, reader: Viewer, *, outward: bool) -> FlowEnd:
    other = flow.target if outward else flow.source
    steps = list(other.steps.all())
    step = steps[0] if steps else None
    story = step.story if step else None
    words = flow_words(flow) if outward else _("It grew from")
    if outward and flow.status == FlowStatus.HAPPENED and flow.kind == FlowKind.FORWARD:
        words = _("It led to")
    return FlowEnd(
        flow=flow,
        words=words,
        moment_text=Truncator(reader.words(other.text, story, step) if story else other.text).words(
            22
        ),
        story=story,
        story_title=reader.words(story.title, story) if story else "",
        day=reader.day(other.occurred_on or other.due_on, other.precision, story),
    )


def flow_ends_of(moment: Moment, story: Story | None, flows, reader: Viewer) -> list[FlowEnd]:
    """What was said already of what a moment led to and came from."""
    said = []
    for flow in flows:
        outward = flow.source_id == moment.pk
        if outward and flow.target is None:
            note = reader.words(flow.note, story) if reader.inside and story else ""
            said.append(FlowEnd(flow=flow, words=flow_words(flow), moment_text=note))
        else:
            said.append(_crossing_way(flow, reader, outward=outward))
    return said


class SourceChoices:
    """The moments a new one may have grown from: the story's own first, then those of others."""

    MOST = 60

    def __init__(self, space: Space, person, reader: Viewer, *, story: Story | None = None):
        readable = Moment.objects.for_reader(space, person)
        self.queryset = readable
        own = [(step.moment_id, step) for step in story.steps.all()] if story else []
        self.own = [(str(pk), self._words(step.moment, reader, story, step)) for pk, step in own]
        rest = readable.outside_story(story) if story else readable
        self.others = rest.actual().latest_told().with_stories()[: self.MOST]
        self.reader = reader

    @cached_property
    def rest(self) -> list:
        return [(str(moment.pk), self._elsewhere(moment, self.reader)) for moment in self.others]

    def choices(self) -> list:
        """Fetched only when a form is shown, not when it is sent and stored."""
        groups = [("", _("nothing told yet"))]
        if self.own:
            groups.append((_("In this story"), self.own))
        if self.rest:
            groups.append((_("Elsewhere in this space"), self.rest))
        return groups

    @staticmethod
    def _words(moment, reader, story, step) -> str:
        text = Truncator(reader.words(moment.text, story, step) if story else moment.text)
        return f"{Cycle(moment.cycle).label}: {text.words(12)}"

    def _elsewhere(self, moment, reader) -> str:
        step = next(iter(moment.steps.all()), None)
        words = self._words(moment, reader, step.story if step else None, step)
        if step is None:
            return words
        return f"{words} ({reader.words(step.story.title, step.story)})"
