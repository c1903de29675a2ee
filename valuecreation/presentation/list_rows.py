"""What waits and what came back, line by line, in the words that one reader may read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learningspaces.lib.prepared import Prepared
from valuecreation.cycles import Cycle, MomentStatus
from valuecreation.models import BlockedReason, FlowStatus, LoopReading, Moment, StoryStep
from valuecreation.presentation.lists import AudienceScope, FlowList, FoundRow, ListPage
from valuecreation.presentation.stories import Viewer, flow_words
from valuecreation.presentation.story_cards import address_of

WORDS = 36


@dataclass(frozen=True)
class ListedMoment:
    """A moment in a list: its cycle, its words, its day and where its story stands."""

    public_id: str
    cycle: str
    label: str
    text: str
    when: str
    href: str
    story: str
    hoped: bool


@dataclass(frozen=True)
class ListRow:
    """One row of a list: a moment, the one it led to, and what is to be said of them."""

    first: ListedMoment
    second: ListedMoment | None = None
    remarks: list[str] = field(default_factory=list)
    who: str = ""
    mine: bool = False


@dataclass(frozen=True)
class PresentedList:
    """A list with its lines."""

    listing: ListPage
    lines: list[ListRow]


class ListPresenter:
    """Tells lists to one reader; the moments of all of them are fetched at once."""

    def __init__(self, reader: Viewer, seen: AudienceScope, listings: Iterable[ListPage]):
        self.reader, self.seen = reader, seen
        self.listings = list(listings)
        self.steps: dict[int, list[StoryStep]] = defaultdict(list)
        moments = {moment.pk for listing in self.listings for moment in listing.moments}
        asked = {f"moment_{place}": pk for place, pk in enumerate(moments)}
        for step in places_of(len(moments)).rows(**asked) if moments else ():
            self.steps[step.moment_id].append(step)

    def told(self) -> dict[str, PresentedList]:
        """Every list by its name, in words."""
        return {
            listing.which: PresentedList(listing, self.lines(listing)) for listing in self.listings
        }

    def lines(self, listing: ListPage) -> list[ListRow]:
        """Only rows that go to the reader's audience now, whatever was kept of them before."""
        return [self.line(listing.which, row) for row in listing.found if self.is_seen(row)]

    def is_seen(self, row: FoundRow) -> bool:
        ends = [moment for moment in (row.source, row.target) if moment]
        to = self.seen.audience, self.seen.on
        return all(moment.goes_to(*to, steps=self.steps[moment.pk]) for moment in ends)

    def first_step(self, moment: Moment) -> StoryStep | None:
        """A moment's place in the first of its stories, if it stands in any."""
        return next(iter(self.steps[moment.pk]), None)

    def line(self, which: str, row: FoundRow) -> ListRow:
        return ListRow(
            first=self.shown(row.source),
            second=self.shown(row.target) if row.target else None,
            remarks=[said for said in self.remarks(which, row) if said],
            who=self.who_knows(row.source),
            mine=self.is_mine(row.source),
        )

    def shown(self, moment: Moment) -> ListedMoment:
        step = self.first_step(moment)
        story = step.story if step else None
        text = self.reader.words(moment.text, story, step) if story else moment.text
        day = moment.occurred_on or moment.due_on
        slug = self.reader.space.slug
        return ListedMoment(
            public_id=moment.public_id,
            cycle=moment.cycle,
            label=str(Cycle(moment.cycle).label),
            text=Truncator(text).words(WORDS),
            when=self.reader.day(day, moment.precision, story),
            href=address_of(slug, story.public_id) if story else "",
            story=self.reader.words(story.title, story) if story else "",
            hoped=moment.status == MomentStatus.HOPED,
        )

    def who_knows(self, moment: Moment) -> str:
        """The first name of whoever can be asked, if this reader may know it."""
        step = self.first_step(moment)
        for member in (moment.agent, step and step.story.teller):
            if member and member.person_id and not member.left_on:
                label = self.reader.person_label(member, step.story, step) if step else member.name
                return member.first_name if label == member.name else ""
        return ""

    def is_mine(self, moment: Moment) -> bool:
        step = self.first_step(moment)
        people = [moment.agent, step and step.story.teller]
        return any(member and member.person_id == self.reader.person.pk for member in people)

    def remarks(self, which: str, row: FoundRow) -> list[str]:
        step = self.first_step(row.source)
        vague = self.reader.hides_place(step.story if step else None)
        if which in (FlowList.QUIET, FlowList.HOPES):
            return [] if vague else [waiting_words(which, row.known["days"])]
        if which in (FlowList.OPEN, FlowList.CLOSED):
            return loop_words(row.known["loop"])
        return self.flow_words(row.known["flow"])

    def flow_words(self, flow) -> list[str]:
        target = flow.target
        into = target.other_space.name if target and target.other_space else ""
        said = [_("Into %(space)s.") % {"space": into} if into else ""]
        if flow.stalled and flow.status != FlowStatus.HAPPENED:
            reason = BlockedReason(flow.reason).label
            said.append(_("What stands in the way: %(reason)s.") % {"reason": reason})
            said.append(self.asked_words(flow))
        else:
            said.append(f"{flow_words(flow)}.")
        return said

    def asked_words(self, flow) -> str:
        """When somebody asked, and inside the space also who it was and what they were told."""
        day = self.reader.day(flow.asked_on, "day", None)
        if not self.reader.inside or not flow.asked_by:
            return _("Asked on %(day)s.") % {"day": day}
        asked = _("%(name)s asked on %(day)s.") % {"name": flow.asked_by.name, "day": day}
        return f"{asked} {flow.note}".strip()


@cache
def places_of(number: int) -> Prepared:
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


def loop_words(row: LoopReading) -> list[str]:
    """What is special about a return, in plain words."""
    began = _("it began in this space") if row.rooted else _("it began in somebody's practice")
    reach = (
        _("it went as far as a difference made")
        if row.long
        else _("it came back straight from trying")
    )
    said = [capfirst(f"{began}; {reach}.")]
    if row.spiral:
        said.append(_("It led on to another return."))
    if row.reaches_reframing:
        said.append(_("It reached the framing and changed it."))
    if row.through_other_space:
        said.append(_("It came by way of another space."))
    if row.brings_back_harm:
        said.append(_("It brought back something that made things worse, so that others know."))
    return said
