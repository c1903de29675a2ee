"""One season of a space in lanes: its latest moments and the flows between them."""

import datetime as dt
import re
from dataclasses import dataclass

from learningspaces.lib.dates import season_of
from learningspaces.lib.periods import period_days
from spaces.presentation.days import first_day
from spaces.presentation.viewer import Viewer
from valuecreation.drawing import LaneFlow, LaneMoment, lanes
from valuecreation.models import Flow, FlowKind, FlowStatus, LoopStatus, Moment
from valuecreation.presentation.flow_picture import labels
from valuecreation.presentation.lists import AudienceScope
from valuecreation.presentation.moments import moment_in_list

MOST_MOMENTS = 200


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


def lanes_of(seen: AudienceScope, viewer: Viewer, season: Season) -> Lanes:
    """The lanes of one season as a viewer may see them."""
    rows = seen.moments.between_days(season.first, season.last).latest_first()
    found = list(rows.with_stories()[: MOST_MOMENTS + 1])
    shown = {moment.pk: moment for moment in found[:MOST_MOMENTS]}
    marks = [_mark(moment, viewer) for moment in shown.values()]
    marks.sort(key=lambda mark: (mark.on, int(mark.key)), reverse=True)  # no finer than is shown
    flows = Flow.objects.in_space(seen.space).joining_all(shown).told_openly()
    waiting = set(seen.loops(LoopStatus.OPEN).of_flows(flows).values_list("flow", flat=True))
    placed = set(flows.named_openly().values_list("pk", flat=True))
    arrows = [_arrow(flow, waiting, placed) for flow in flows]
    names = labels()
    return Lanes(
        season=season,
        wide=lanes(marks, arrows, labels=names),
        narrow=lanes(marks, arrows, labels=names, narrow=True),
        shown=len(shown),
        all_shown=len(found) <= MOST_MOMENTS,
    )


def _mark(moment: Moment, viewer: Viewer) -> LaneMoment:
    shown = moment_in_list(viewer, moment, 18)
    return LaneMoment(
        key=str(moment.pk),
        cycle=shown.cycle,
        on=first_day(shown.day),
        label=shown.text,
        polarity=shown.polarity,
        hoped=shown.hoped,
        href=shown.story.href if shown.story else "",
        when=shown.day_words,
    )


def _arrow(flow: Flow, waiting: set[int], placed: set[int]) -> LaneFlow:
    return LaneFlow(
        origin=str(flow.source_id),
        goal=str(flow.target_id),
        happened=flow.status == FlowStatus.HAPPENED,
        back=flow.kind == FlowKind.RETURN and flow.pk in placed,
        waiting=flow.pk in waiting,
    )
