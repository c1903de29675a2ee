"""What waits and what came back, line by line, in the words that one viewer may read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learningspaces.lib.prepared import Prepared
from spaces.permissions import Action, may
from spaces.presentation.days import text_words
from spaces.presentation.viewer import Viewer
from valuecreation.asking import reasons_not_to_ask, whom_to_ask
from valuecreation.models import BlockedReason, FlowStatus, LoopReading, Moment, StoryStep
from valuecreation.presentation.lists import (
    EMPTY,
    MEANING,
    AudienceScope,
    FlowList,
    FoundRow,
    ListPage,
)
from valuecreation.presentation.moments import (
    MomentOnPage,
    flow_words,
    moment_in_list,
    moment_on_page,
)
from valuecreation.presentation.records import PresentedFlow, present_flow
from valuecreation.presentation.terms import Place, Terms

WORDS = 36
ASKED_ABOUT = (FlowList.QUIET, FlowList.HOPES)


@dataclass(frozen=True)
class ListRow:
    """One row of a list: a moment, the one it led to, and what is to be said of them.

    `flow` is the address of a return; `can_ask` is true where this viewer may ask now what came of
    it; of whom, `who` says by first name where it may be said.
    """

    first: MomentOnPage
    second: MomentOnPage | None = None
    remarks: list[str] = field(default_factory=list)
    who: str = ""
    mine: bool = False
    flow: str = ""
    can_ask: bool = False


@dataclass(frozen=True)
class PresentedList:
    """A page of a list with its lines; `older` leads to the next page."""

    which: str
    older: str
    lines: list[ListRow]

    @property
    def title(self):
        return FlowList(self.which).label

    @property
    def meaning(self):
        return MEANING[FlowList(self.which)]

    @property
    def empty(self):
        return EMPTY[FlowList(self.which)]


class ListPresenter:
    """Presents lists to one viewer; the stories of all their moments are fetched at once."""

    def __init__(self, viewer: Viewer, seen: AudienceScope, listings: Iterable[ListPage]):
        self.viewer, self.seen = viewer, seen
        self.listings = list(listings)
        self.steps: dict[int, list[StoryStep]] = defaultdict(list)
        moments = {moment.pk for listing in self.listings for moment in listing.moments}
        asked = {f"moment_{place}": pk for place, pk in enumerate(moments)}
        for step in steps_of_as_many(len(moments)).rows(**asked) if moments else ():
            self.steps[step.moment_id].append(step)

    @cached_property
    def not_to_ask(self) -> dict[int, str]:
        """Of which moments nobody would be asked now, and why; fetched once for all lists."""
        moments = {
            row.source: [story for story, _step in self.places(row.source)]
            for listing in self.listings
            for row in listing.found
            if listing.which in ASKED_ABOUT
        }
        return reasons_not_to_ask(self.viewer.space, moments, by=self.viewer.person)

    @cached_property
    def asks(self) -> bool:
        """True for somebody who may ask what happened."""
        return may(self.viewer.person, Action.ASK_WHAT_HAPPENED, self.viewer.space)

    def told(self) -> dict[str, PresentedList]:
        """Every list by its name, in words."""
        return {
            page.which: PresentedList(page.which, page.older, self.lines(page))
            for page in self.listings
        }

    def lines(self, listing: ListPage) -> list[ListRow]:
        """Only rows that go to the viewer's audience now, whatever was kept of them before."""
        return [self.line(listing.which, row) for row in listing.found if self.is_seen(row)]

    def is_seen(self, row: FoundRow) -> bool:
        ends = [moment for moment in (row.source, row.target) if moment]
        to = self.seen.audience, self.seen.on
        return all(moment.goes_to(*to, steps=self.steps[moment.pk]) for moment in ends)

    def places(self, moment: Moment | None) -> list[Place]:
        return [(step.story, step) for step in self.steps[moment.pk]] if moment else []

    def shown(self, moment: Moment) -> MomentOnPage:
        return moment_in_list(self.viewer, moment, WORDS, self.places(moment))

    def whole(self, moment: Moment) -> MomentOnPage:
        """A moment with all its words."""
        return moment_on_page(self.viewer, moment, self.places(moment))

    def line(self, which: str, row: FoundRow) -> ListRow:
        second = self.shown(row.target) if row.target else None
        return ListRow(
            first=self.shown(row.source),
            second=second,
            remarks=[said for said in self.remarks(which, row, second) if said],
            who=self.who_knows(row.source) if which in ASKED_ABOUT else "",
            mine=self.is_mine(row.source),
            flow=row.known["loop"].flow.public_id if "loop" in row.known else "",
            can_ask=which in ASKED_ABOUT and self.asks and row.source.pk not in self.not_to_ask,
        )

    def tellers(self, moment: Moment) -> list:
        """Who made it happen, and who tells of it."""
        places = self.places(moment)
        people = [moment.agent, places[0][0].teller if places else None]
        return [member for member in people if member]

    def who_knows(self, moment: Moment) -> str:
        """The first name of whoever is asked, if this viewer may know it."""
        places = self.places(moment)
        asked = whom_to_ask(moment, [story for story, _step in places], self.seen.on)
        called = Terms(self.viewer, places).person(asked) if asked else None
        return called.label.split(" ")[0] if called and called.attribution == "named" else ""

    def is_mine(self, moment: Moment) -> bool:
        return any(self.viewer.is_person(member) for member in self.tellers(moment))

    def remarks(self, which: str, row: FoundRow, second: MomentOnPage | None) -> list[str]:
        places = self.places(row.source)
        if which in (FlowList.QUIET, FlowList.HOPES):
            vague = Terms(self.viewer, places).nameless
            return [] if vague else [waiting_words(which, row.known["days"])]
        if which in (FlowList.OPEN, FlowList.CLOSED):
            return loop_words(row.known["loop"])
        flow = present_flow(self.viewer, row.known["flow"], places + self.places(row.target))
        return [into_words(second), *way_words(flow)]


def into_words(second: MomentOnPage | None) -> str:
    """Into which other space it went, if it did."""
    into = second.other_space if second else ""
    return _("Into %(space)s.") % {"space": into} if into else ""


def way_words(flow: PresentedFlow) -> list[str]:
    """How a way stands; where somebody asked, also what they were told."""
    if not flow.stalled or flow.status == FlowStatus.HAPPENED:
        return [f"{flow_words(flow)}."]
    reason = BlockedReason(flow.reason).label if flow.reason else ""
    stands = _("What stands in the way: %(reason)s.") % {"reason": reason} if reason else ""
    return [stands, *asked_words(flow)]


def asked_words(flow: PresentedFlow) -> list[str]:
    """When somebody asked, and inside the space also who it was and what they were told."""
    said = {"day": text_words(flow.asked_on), "name": flow.asked_by}
    if not flow.asked_by:
        return [_("Asked on %(day)s.") % said]
    return [_("%(name)s asked on %(day)s.") % said, flow.note]


@cache
def steps_of_as_many(number: int) -> Prepared:
    """In which stories so many moments stand, for as many as a page shows."""

    def compose(**moments):
        return StoryStep.objects.of_moments(list(moments.values())).with_stories()

    return Prepared(compose, **{f"moment_{place}": -101 - place for place in range(number)})


def waiting_words(which: str, days: int) -> str:
    """How long ago it was that something happened, or should have."""
    if which == FlowList.HOPES:
        said = ngettext(
            "Its day passed %(days)d day ago.", "Its day passed %(days)d days ago.", days
        )
    else:
        said = ngettext(
            "%(days)d day without word of what came next.",
            "%(days)d days without word of what came next.",
            days,
        )
    return said % {"days": days}


# Where a return began (in this space or not), and how far it went (as far as a difference or not).
COURSES = {
    (True, True): gettext_lazy("It began in this space; it went as far as a difference made."),
    (True, False): gettext_lazy("It began in this space; it came back straight from trying."),
    (False, True): gettext_lazy(
        "It began in somebody's practice; it went as far as a difference made."
    ),
    (False, False): gettext_lazy(
        "It began in somebody's practice; it came back straight from trying."
    ),
}


def loop_words(row: LoopReading) -> list[str]:
    """What is special about a return, in plain words."""
    said = [str(COURSES[bool(row.rooted), bool(row.long)])]
    if row.spiral:
        said.append(_("It led on to another return."))
    if row.reaches_reframing:
        said.append(_("It reached the framing and changed it."))
    if row.through_other_space:
        said.append(_("It came by way of another space."))
    if row.brings_back_harm:
        said.append(_("It brought back something that made things worse, so that others know."))
    return said
