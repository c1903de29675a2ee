"""A story on a page: as presented, its moments on a path, and the ways that leave and enter it."""

import copy
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from spaces.permissions import Action, may
from spaces.presentation.days import date_words, precision_of, text_words
from spaces.presentation.viewer import Viewer
from valuecreation.asking import reasons_not_to_ask, stories_of
from valuecreation.models import (
    NAMELESS,
    Consent,
    Flow,
    FlowKind,
    FlowStatus,
    Story,
    StoryKind,
    StoryStep,
    StoryVersion,
    Strength,
    Uptake,
)
from valuecreation.presentation.enclosures import PresentedEnclosure
from valuecreation.presentation.moments import (
    FlowEnd,
    MomentOnPage,
    moment_on_page,
    way_across,
    way_within,
)
from valuecreation.presentation.records import (
    PresentedStory,
    present_flow,
    present_story,
    present_uptake,
)
from valuecreation.presentation.terms import places_from, told_themselves
from valuecreation.rights import is_read_by_others


@dataclass(frozen=True, kw_only=True)
class StoryOnPage(PresentedStory):
    """A story with what a page needs beside it; `own` for those who told it or wrote it down.

    `shared` is one that others read now.
    """

    public_id: str
    state: str
    own: bool = False
    shared: bool = False
    collector: str = ""
    raw_text: str = ""
    other_factors_private: bool = False
    moments: tuple[MomentOnPage, ...] = ()
    crossing: tuple[FlowEnd, ...] = ()

    @property
    def told_by(self) -> str:
        return capfirst(self.teller.label)

    @property
    def told_words(self) -> str:
        """The day it was told, as it follows after “told”."""
        return on_day(self.told)

    @property
    def kind_words(self) -> str:
        return str(StoryKind(self.kind).label)

    @property
    def strength_words(self) -> str:
        return str(Strength(self.strength).label) if self.strength else ""


def on_day(text: str) -> str:
    """“on 3 June 2025”; “in April–June 2025” where no more is known."""
    said = {"day": text_words(text)}
    return _("on %(day)s") % said if precision_of(text) == "day" else _("in %(day)s") % said


def story_head(viewer: Viewer, story: Story) -> StoryOnPage:
    """A story without its moments, above a form or in a list."""
    own = told_themselves(viewer, story)
    return StoryOnPage(
        **vars(present_story(viewer, story, steps=())),
        public_id=story.public_id,
        state=story.state,
        own=own,
        shared=is_read_by_others(story, viewer.space.today),
        collector=story.collector.name if own and story.collector else "",
        raw_text=story.raw_text if own else "",
        other_factors_private=story.other_factors_private,
    )


def story_on_page(
    viewer: Viewer,
    story: Story,
    flows: Sequence[Flow] = (),
    uptakes: Sequence[Uptake] = (),
    enclosures: Mapping[int, tuple[PresentedEnclosure, ...]] = MappingProxyType({}),
) -> StoryOnPage:
    """A story (with its steps, fetched along) with its path, and with what was said to lead on.

    `enclosures` are those that go with its moments, by the moments' numbers.
    """
    steps = list(story.steps.all())
    ways, came_back, crossing = _sorted(viewer, story, steps, flows)
    taken_up = _taken_up(viewer, story, steps, uptakes)
    path = [
        replace(
            moment_on_page(viewer, step.moment, places_from(story, step)),
            ways=tuple(ways[step.moment_id]),
            uptakes=tuple(taken_up[step.moment_id]),
            enclosures=enclosures.get(step.moment_id, ()),
            came_back=step.moment_id in came_back,
        )
        for step in steps
    ]
    return replace(
        story_head(viewer, story),
        steps=tuple(moment.ref for moment in path),
        moments=tuple(_joined(path, steps)),
        crossing=tuple(crossing),
    )


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a reader can answer a story with: the moments to ask about, go on from and take up."""

    ask: str = ""
    grow: str = ""
    take_up: str = ""


def answers_to(story: StoryOnPage) -> Answers:
    """Answers are acts, to the last that happened and the last that came back into the space.

    From what a nameless teller tells nobody else leads on; they can be asked.
    """
    happened = [moment.public_id for moment in story.moments if not moment.hoped]
    returned = [moment.public_id for moment in story.moments if moment.came_back]
    if story.own or not happened:
        return Answers()
    if story.teller.attribution in NAMELESS:
        return Answers(ask=happened[-1])
    return Answers(ask=happened[-1], grow=happened[-1], take_up=(returned or [""])[-1])


def _taken_up(viewer, story, steps, uptakes):
    """What took the moments of a story further, by moment, as far as the viewer may know it."""
    places = {step.moment_id: places_from(story, step) for step in steps}
    found = defaultdict(list)
    for uptake in uptakes:
        if shown := present_uptake(viewer, uptake, places[uptake.moment_id]):
            found[uptake.moment_id].append(shown)
    return found


def to_ask_about(viewer: Viewer, story: Story) -> set[str]:
    """The moments of a story, by their address, of which a person may ask now what came of them."""
    if not may(viewer.person, Action.ASK_WHAT_HAPPENED, viewer.space):
        return set()
    moments = {step.moment: stories_of(step.moment) for step in story.steps.all()}
    reasons = reasons_not_to_ask(viewer.space, moments, by=viewer.person)
    return {moment.public_id for moment in moments if moment.pk not in reasons}


def moments_to_say(viewer: Viewer, story: Story) -> list[MomentOnPage]:
    """Those whose kind or outcome is still open; both are asked before others read a story."""
    return [moment for moment in story_on_page(viewer, story).moments if moment.unsaid]


def _joined(path: list[MomentOnPage], steps: list[StoryStep]):
    """Each moment with the line to the next, and whether it may as well come before the last."""
    before = [None, *(step.moment for step in steps)]
    after = [*path[1:], None]
    for place, (moment, step) in enumerate(zip(path, steps, strict=True)):
        last, following = before[place], after[place]
        yield replace(
            moment,
            next_cycle=following.cycle if following and not following.hoped else "",
            may_come_first=bool(last) and last.placed_on == step.moment.placed_on,
        )


def _sorted(viewer, story, steps, flows):
    """The ways within a story by moment, the moments that came back, and the ways across."""
    here = {step.moment_id for step in steps}
    ways, came_back, crossing = defaultdict(list), set(), []
    for flow in flows:
        leaves, arrives = flow.source_id in here, flow.target_id in here
        happened = flow.status == FlowStatus.HAPPENED
        if leaves and arrives and happened and flow.kind == FlowKind.RETURN:
            if present_flow(viewer, flow).kind == FlowKind.RETURN:
                came_back.add(flow.target_id)
        elif leaves and (arrives or flow.target_id is None):
            if not happened:
                ways[flow.source_id].append(way_within(viewer, flow, [(story, None)]))
        elif leaves or arrives:
            crossing.append(way_across(viewer, flow, outward=leaves))
    return ways, came_back, [way for way in crossing if way]


@dataclass(frozen=True)
class Wording:
    """A wording as its teller approved it; for teller and collector alone."""

    number: int
    approved: str
    title: str
    moments: tuple[dict, ...]


def wording_of(version: StoryVersion) -> Wording:
    """An earlier wording of a story."""
    return Wording(
        number=version.number,
        approved=date_words(version.approved_on),
        title=version.content["title"],
        moments=tuple(version.content["moments"]),
    )


def as_if(story: Story, consent: Consent, third_parties) -> Story:
    """The story as it would stand under a consent that is not given yet; nothing is stored."""
    changed = copy.copy(story)
    changed.consent, changed.third_parties = consent, third_parties
    return changed
