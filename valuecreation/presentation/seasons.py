"""One season of a space in lanes: its latest moments and the flows between them."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.text import Truncator

from learningspaces.lib.dates import season_of
from learningspaces.lib.periods import period_days
from valuecreation.cycles import MomentStatus
from valuecreation.drawing import LaneFlow, LaneMoment, lanes
from valuecreation.models import Flow, FlowKind, FlowStatus, LoopStatus, Moment
from valuecreation.presentation.flow_picture import labels
from valuecreation.presentation.lists import AudienceScope
from valuecreation.presentation.names import known_to
from valuecreation.presentation.stories import Viewer
from valuecreation.presentation.story_cards import address_of

MOST = 200


@dataclass(frozen=True)
class Season:
    """Half a calendar year, such as 2025-H1."""

    code: str

    @property
    def first(self) -> dt.date:
        return period_days(self.code)[0]

    @property
    def last(self) -> dt.date:
        return period_days(self.code)[1]

    @property
    def before(self) -> "Season":
        return Season(season_of(self.first - dt.timedelta(days=1)))

    @property
    def after(self) -> "Season":
        return Season(season_of(self.last + dt.timedelta(days=1)))


def season_asked_for(code: str, today: dt.date) -> Season:
    """The season of an address, or the present one if that is none."""
    return Season(code if re.fullmatch(r"(19|20|21)[0-9]{2}-H[12]", code) else season_of(today))


@dataclass(frozen=True)
class Lanes:
    """The drawing of a season, wide and narrow, and whether everything is on it."""

    season: Season
    wide: str
    narrow: str
    shown: int
    all_shown: bool


def lanes_of(seen: AudienceScope, reader: Viewer, season: Season) -> Lanes:
    """The lanes of one season as a reader may see them."""
    rows = seen.moments.between_days(season.first, season.last).latest_first()
    found = list(rows.with_stories()[: MOST + 1])
    shown = {moment.pk: moment for moment in found[:MOST]}
    marks = [_mark(moment, reader) for moment in shown.values()]
    flows = Flow.objects.in_space(seen.space).joining_all(shown)
    waiting = set(seen.loops(LoopStatus.OPEN).of_flows(flows).values_list("flow", flat=True))
    arrows = [_arrow(flow, waiting) for flow in flows]
    names = labels()
    return Lanes(
        season=season,
        wide=lanes(marks, arrows, labels=names),
        narrow=lanes(marks, arrows, labels=names, narrow=True),
        shown=len(shown),
        all_shown=len(found) <= MOST,
    )


def _mark(moment: Moment, reader: Viewer) -> LaneMoment:
    step = next(iter(moment.steps.all()), None)  # its place in the first of its stories
    story = step.story if step else None
    text = reader.words(moment.text, story, step) if story else moment.text
    day, precision = moment.occurred_on or moment.due_on, moment.precision
    if story and not reader.as_told(story):
        day, _precision = known_to(day, precision, reader.act_for(story))
    href = address_of(reader.space.slug, story.ref) if story else ""
    return LaneMoment(
        key=str(moment.pk),
        cycle=moment.cycle,
        on=day,
        label=Truncator(text).words(18),
        polarity=moment.polarity,
        hoped=moment.status == MomentStatus.HOPED,
        href=href,
        when=reader.day(moment.occurred_on or moment.due_on, precision, story),
    )


def _arrow(flow: Flow, waiting: set[int]) -> LaneFlow:
    return LaneFlow(
        origin=str(flow.source_id),
        goal=str(flow.target_id),
        happened=flow.status == FlowStatus.HAPPENED,
        back=flow.kind == FlowKind.RETURN,
        waiting=flow.pk in waiting,
    )
