"""A moment on a page: as presented, with its place, what is said beside it and where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from spaces.presentation.days import last_day, text_words
from spaces.presentation.viewer import Viewer
from valuecreation.cycles import Location
from valuecreation.models import BlockedReason, Flow, FlowKind, FlowStatus, Moment, Story
from valuecreation.presentation.enclosures import PresentedEnclosure
from valuecreation.presentation.records import (
    PresentedFlow,
    PresentedMoment,
    PresentedUptake,
    present_flow,
    present_moment,
)
from valuecreation.presentation.terms import Place, Terms, places_of


@dataclass(frozen=True)
class StoryLink:
    """The story that something stands in, and the way there."""

    public_id: str
    title: str
    href: str


@dataclass(frozen=True)
class FlowEnd:
    """Something that leads, or might lead, out of or into a moment."""

    public_id: str
    status: str
    words: str
    text: str = ""
    due: str = ""
    day: str = ""
    story: StoryLink | None = None


@dataclass(frozen=True, kw_only=True)
class MomentOnPage(PresentedMoment):
    """A moment with what a page needs beside it.

    `by_viewer` is one the viewer made happen; of one that is `veiled`, a nameless teller's, only
    they say what it led to.
    """

    public_id: str
    story: StoryLink | None = None
    said: str = ""
    hoped_first: str = ""
    overdue: bool = False
    by_viewer: bool = False
    veiled: bool = False
    came_back: bool = False
    next_cycle: str = ""
    may_come_first: bool = False
    ways: tuple[FlowEnd, ...] = ()
    uptakes: tuple[PresentedUptake, ...] = ()
    enclosures: tuple[PresentedEnclosure, ...] = ()

    @property
    def heading(self) -> str:
        """The name of its cycle; of what came back into the space it says so."""
        if self.came_back:
            return _("Comes back as %(cycle)s") % {"cycle": super().heading.lower()}
        return super().heading

    @property
    def day_words(self) -> str:
        return text_words(self.day)

    @property
    def when_words(self) -> str:
        """When and where it happened, or by when it is hoped for."""
        said = {"day": self.day_words}
        if self.hoped and self.overdue:
            return _("hoped for by %(day)s; its day has passed, waiting to hear") % said
        if self.hoped:
            return _("hoped for by %(day)s") % said
        if not self.place:
            return self.day_words
        place = Location(self.place).label
        if self.other_space:
            place = _("in %(space)s") % {"space": self.other_space}
        return _("%(day)s, %(place)s") % (said | {"place": place})


def moment_on_page(
    viewer: Viewer, moment: Moment, places: Sequence[Place] | None = None
) -> MomentOnPage:
    """A moment as a page shows it to a viewer, in the first of its stories or standing alone."""
    places = places_of(moment) if places is None else places
    shown = present_moment(viewer, moment, places)
    story, terms = places[0][0] if places else None, Terms(viewer, places)
    return MomentOnPage(
        **vars(shown),
        public_id=moment.public_id,
        story=link_to(viewer, story) if story else None,
        said=_said(moment, shown, story),
        hoped_first=_hoped_first(moment, terms),
        veiled=terms.nameless,
        overdue=bool(shown.due) and last_day(shown.due) < viewer.space.today,
        by_viewer=bool(moment.agent and viewer.is_person(moment.agent)),
    )


def moment_in_list(
    viewer: Viewer, moment: Moment, words: int, places: Sequence[Place] | None = None
) -> MomentOnPage:
    """A moment with the beginning of its words and the way to its story, without its people."""
    places = places_of(moment) if places is None else places
    shown = present_moment(viewer, moment, places, with_people=False)
    link = link_to(viewer, places[0][0]) if places else None
    short = Truncator(shown.text).words(words)
    return MomentOnPage(**vars(shown) | {"text": short}, public_id=moment.public_id, story=link)


def link_to(viewer: Viewer, story: Story) -> StoryLink:
    """The way to a story, under the title that a viewer may read."""
    title = Terms(viewer, [(story, None)]).words(story.title)
    return StoryLink(story.public_id, title, address_of(viewer.space.slug, story.public_id))


@lru_cache(maxsize=8192)
def address_of(slug: str, public_id: str) -> str:
    """Where a story stands; the newest ones are asked for on every list."""
    return reverse("valuecreation:story", args=[slug, public_id])


def _said(moment: Moment, shown: PresentedMoment, story: Story | None) -> str:
    """Who did it and for whom, where it is not just the teller, for themselves."""
    by, whom = shown.agent, shown.for_whom
    if story is None:
        return capfirst(by)
    teller = story.teller_id
    if moment.agent_id == teller and moment.for_whom_id == teller:
        return ""
    if moment.for_whom_id == moment.agent_id and moment.agent_id:
        return capfirst(by)
    if moment.agent_id == teller:
        return capfirst(_("for %(whom)s") % {"whom": whom}) if whom else ""
    if not whom:
        return capfirst(by)
    return capfirst(_("%(agent)s, for %(whom)s") % {"agent": by, "whom": whom})


def _hoped_first(moment: Moment, terms: Terms) -> str:
    first = moment.hope or {}
    if not first or first.get("text") == moment.text:
        return _("It was hoped for first.") if moment.was_hoped else ""
    return _("Hoped for first: %(text)s") % {"text": terms.words(str(first.get("text", "")))}


# --- where it leads ------------------------------------------------------------------------


def flow_words(flow: PresentedFlow) -> str:
    """How a way stands, in words; reasons are those of the idea, never of a person."""
    if flow.status == FlowStatus.HAPPENED:
        return capfirst(FlowKind(flow.kind).label)
    reason = BlockedReason(flow.reason).label if flow.reason else ""
    words = {
        FlowStatus.AWAITED: _("Hoped to lead on"),
        FlowStatus.BLOCKED: _("Blocked: %(reason)s") % {"reason": reason}
        if reason
        else _("Blocked"),
        FlowStatus.DORMANT: _("Kept for later"),
        FlowStatus.ABANDONED: _("Let go"),
    }
    return words[FlowStatus(flow.status)]


def way_within(viewer: Viewer, flow: Flow, places: Sequence[Place]) -> FlowEnd:
    """A way that stays in its story or names no end, with its note for those inside."""
    shown = present_flow(viewer, flow, places)
    return FlowEnd(
        public_id=flow.public_id,
        status=flow.status,
        words=flow_words(shown),
        text=shown.note,
        due=text_words(shown.due),
    )


def way_across(viewer: Viewer, flow: Flow, *, outward: bool) -> FlowEnd | None:
    """A way out of a moment, or into it, with its other end.

    Nothing where a teller at either end is shown without a name, which would tell more of them;
    but whoever said so knows it.
    """
    ends = [place for end in (flow.source, flow.target) if end for place in places_of(end)]
    said_it = flow.claimed_by and viewer.is_person(flow.claimed_by)
    if Terms(viewer, ends).nameless and not said_it:
        return None
    shown = present_flow(viewer, flow, ends)
    other = flow.target if outward else flow.source
    end = moment_in_list(viewer, other, 22)
    words = flow_words(shown) if outward else _("It grew from")
    if outward and flow.status == FlowStatus.HAPPENED and flow.kind == FlowKind.FORWARD:
        words = _("It led to")
    return FlowEnd(
        public_id=flow.public_id,
        status=flow.status,
        words=words,
        text=end.text or "",
        day=end.day_words,
        story=end.story,
    )


def way_of(viewer: Viewer, moment: Moment, flow: Flow) -> FlowEnd | None:
    """What a flow says of what a moment led to or came from."""
    if flow.source_id == moment.pk and flow.target is None:
        return way_within(viewer, flow, places_of(moment))
    return way_across(viewer, flow, outward=flow.source_id == moment.pk)
