"""One closed loop from where it began to what it led to, to be shown at a gathering."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from spaces.presentation.viewer import Viewer
from valuecreation.models import Flow, LoopReading, LoopStatus, Moment, Uptake
from valuecreation.presentation.list_rows import ListPresenter, loop_words
from valuecreation.presentation.lists import AudienceScope, FoundRow, ListPage
from valuecreation.presentation.moments import MomentOnPage
from valuecreation.presentation.records import PresentedUptake, present_uptake
from valuecreation.presentation.terms import Place

STEPS_BACK = 6  # how far back from a return its way is shown
MOST_TAKEN_UP = 6


@dataclass(frozen=True)
class LoopStation:
    """A moment on the way, with how it came there."""

    moment: MomentOnPage
    came: str = ""


@dataclass(frozen=True)
class LoopToShow:
    """The way out, what came back, and who took it up; `older` is the loop before this one."""

    title: str
    way: list[LoopStation]
    back: MomentOnPage
    taken_up: list[LoopStation]
    said: list[PresentedUptake]
    remarks: list[str]
    older: str = ""


def loop_to_show(seen: AudienceScope, viewer: Viewer, chosen: str) -> LoopToShow | None:
    """The closed loop asked for, else the latest one; None where there is none to be seen."""
    rows = seen.loops(LoopStatus.CLOSED)
    found = list((rows.at_flow(chosen) if chosen else rows).newest_first().with_both_moments()[:1])
    if not found:
        return None
    reading = found[0]
    before, after = way_back(seen, reading.flow.source), taken_up(seen, reading.flow.target)
    told = [*before, reading.flow.source, reading.flow.target, *after]
    rows_found = [FoundRow(one.public_id, one, None, {}) for one in told]
    presenter = ListPresenter(viewer, seen, [ListPage("loop", rows_found)])
    if not all(presenter.is_seen(row) for row in rows_found):
        return None
    shown = [presenter.whole(one) for one in told]
    way, back, later = shown[: len(before) + 1], shown[len(before) + 1], shown[len(before) + 2 :]
    place = reading.listed_on, reading.flow.public_id
    older = list(rows.newest_first(place).with_both_moments()[:1])
    return LoopToShow(
        title=back.story.title if back.story else way[0].text or "",
        way=[LoopStation(one) for one in way],
        back=back,
        taken_up=[LoopStation(one) for one in later],
        said=said_of(viewer, reading, presenter.places(reading.flow.target)),
        remarks=loop_words(reading),
        older=older[0].flow.public_id if older else "",
    )


def way_back(seen: AudienceScope, moment: Moment) -> list[Moment]:
    """What led to a moment, step by step; of several ways the one that came last."""
    way: list[Moment] = []
    here = moment
    for _step in range(STEPS_BACK):
        flows = seen.flows.happened().arriving(here).exclude_reframing().with_both_moments()
        sources = [flow.source for flow in flows if flow.source not in way]
        if not sources:
            break
        here = max(sources, key=lambda one: (str(one.occurred_on or ""), one.public_id))
        way.insert(0, here)
    return way


def taken_up(seen: AudienceScope, moment: Moment) -> list[Moment]:
    """What a moment led straight to, and happened."""
    flows: list[Flow] = list(
        seen.flows.happened().leaving([moment.pk]).exclude_reframing().with_both_moments()
    )
    found = {flow.target.pk: flow.target for flow in flows}
    return [found[pk] for pk in sorted(found, key=lambda pk: found[pk].public_id)][:MOST_TAKEN_UP]


def said_of(viewer: Viewer, reading: LoopReading, places: list[Place]) -> list[PresentedUptake]:
    """In which words, inside the space, it was taken up."""
    if not viewer.inside:
        return []
    rows = Uptake.objects.of_moments([reading.flow.target_id])
    return [shown for row in rows if (shown := present_uptake(viewer, row, places)) and shown.label]


def no_loop_words() -> str:
    """What stands there while no loop has closed."""
    return _("No loop has closed yet. Bring back what you tried, however it went.")
