"""What was told, counted for the matrix: one query for each kind of thing, whatever the size."""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Q

from evaluation.coverage import CycleCounts, LinkedStories, Told
from evaluation.models import MomentIndicator
from spaces.models import Space
from valuecreation.cycles import Cycle, MomentStatus, Polarity
from valuecreation.models import Moment, StillMoment, StoryStep
from valuecreation.population import Population
from valuecreation.summaries import totals as summary

Days = tuple[dt.date, dt.date] | None


TELLERS = """
SELECT telling.b, COUNT(*), COUNT(DISTINCT member.organisation), MIN(LENGTH(member.organisation))
FROM (
    SELECT a, b FROM ({rows}) AS counted
    GROUP BY a, b HAVING SUM(amount) > 0
) AS telling JOIN spaces_membership AS member ON member.id = CAST(telling.a AS bigint)
GROUP BY telling.b
"""
STATE = """
SELECT COUNT(*), MAX(id) FROM valuecreation_tally WHERE space_id = %s AND audience = %s
UNION ALL
SELECT COUNT(*), MAX(link.id) FROM evaluation_momentindicator AS link
JOIN evaluation_indicator AS indicator ON indicator.id = link.indicator_id
WHERE indicator.space_id = %s
"""


class TellerCounts(NamedTuple):
    """Who told in a cycle: how many, from how many sites (None: not all named theirs)."""

    people: int = 0
    sites: int | None = None
    stories: int | None = None


NOBODY = TellerCounts()


def told_in_space(space: Space, audience: str, on: dt.date, season: str | None, days: Days) -> Told:
    """What was told to an audience, over all of the time or in one season."""
    totals, who = summary.read(space, audience, on, season), (space, audience, on)
    tellers = tellers_in_days(*who, days) if days else tellers_by_cycle(*who)
    return Told(
        counts=counts_by_cycle(totals, tellers, waiting_by_cycle(*who, days)),
        linked=linked_by_indicator(*who, days),
        stories=totals.stories,
        not_placed=Population(
            totals.not_placed(), hoped=totals.not_placed(status=MomentStatus.HOPED)
        ),
    )


def counts_by_cycle(
    totals: summary.Summary, tellers: Mapping[str, TellerCounts], waiting: Mapping[str, int]
) -> dict[str, CycleCounts]:
    """What was told in each cycle, put together from the totals and two small queries."""
    hoped, touching = totals.hoped_by_cycle, totals.stories_touching
    found = {}
    for cycle in Cycle.values:
        who = tellers.get(cycle, NOBODY)
        found[cycle] = CycleCounts(
            **totals.polarities(cycle),
            hoped=hoped[cycle],
            alone=totals.alone_in(cycle),
            stories=touching.get(cycle, 0) if who.stories is None else who.stories,
            tellers=who.people,
            sites=who.sites,
            waiting=waiting.get(cycle, 0),
        )
    return found


def tellers_by_cycle(space: Space, audience: str, on: dt.date) -> dict[str, TellerCounts]:
    """Tellers and their sites by cycle, from the summary rows."""
    with summary.corrected(space, audience, on) as corrections, connection.cursor() as cursor:
        rows, given = summary.true_rows(space, audience, corrections, what="teller_cycle")
        cursor.execute(TELLERS.format(rows=rows), given)
        found = cursor.fetchall()
    return {
        cycle: TellerCounts(people, sites if named else None)
        for cycle, people, sites, named in found
    }


def tellers_in_days(
    space: Space, audience: str, on: dt.date, days: Days
) -> dict[str, TellerCounts]:
    """The same, and the stories, of what happened between two days, from the moments themselves."""
    moments = Moment.objects.for_audience(audience, on, space=space).actual()
    moments = moments.between_days(*days)
    found = StoryStep.objects.filter(moment__in=moments).order_by().values_list("moment__cycle")
    found = found.annotate(
        people=Count("story__teller", distinct=True),
        sites=Count("story__teller__organisation", distinct=True),
        nowhere=Count("story__teller", filter=Q(story__teller__organisation="")),
        stories=Count("story", distinct=True),
    )
    tellers = dict.fromkeys(Cycle.values, TellerCounts(stories=0))
    for cycle, people, sites, nowhere, stories in found:
        tellers[cycle] = TellerCounts(people, None if nowhere else sites, stories)
    return tellers


def waiting_by_cycle(space: Space, audience: str, on: dt.date, days: Days) -> dict[str, int]:
    """Hopes whose day has passed, by cycle: those kept by the worker that still go there."""
    moments = Moment.objects.for_audience(audience, on, space=space)
    still = StillMoment.objects.in_space(space).for_audience(audience).past_their_day(on)
    hopes = (still.of_days(*days) if days else still).filter(moment__in=moments)
    return dict(hopes.order_by().values_list("cycle").annotate(Count("pk")))


def linked_by_indicator(
    space: Space, audience: str, on: dt.date, days: Days
) -> Mapping[int, LinkedStories]:
    """The stories linked to each indicator through a moment that happened.

    Counting thousands of links is dear, and seldom gives anything new: what was counted is kept
    in the process for as long as neither the links nor any summary row of the space has changed.
    Every change of what an audience may see writes a summary row, so the counts are exact.
    """
    return counted_links(space.pk, audience, on, days, state_of(space, audience))


def state_of(space: Space, audience: str) -> tuple:
    """What changes whenever a link, a story, a moment or a consent of the space does."""
    with connection.cursor() as cursor:
        cursor.execute(STATE, [space.pk, audience, space.pk])
        return (space.slug, *cursor.fetchall())


@lru_cache(maxsize=256)
def counted_links(
    space_id: int, audience: str, on: dt.date, days: Days, state: tuple
) -> dict[int, LinkedStories]:
    """Linked stories and their tellers by indicator, as long as `state` is what it is."""
    links = MomentIndicator.objects.in_space(space_id).told_to(audience, on)
    links = links.that_happened(*(days or (None, on)))
    story = "moment__steps__story"
    good = Q(moment__polarity=Polarity.POSITIVE)
    bad = Q(moment__polarity__in=[Polarity.NEGATIVE, Polarity.NIL])
    found = links.order_by().values_list("indicator")
    found = found.annotate(
        stories=Count(story, distinct=True),
        tellers=Count(f"{story}__teller", distinct=True),
        helped=Count(story, distinct=True, filter=good),
        did_not=Count(story, distinct=True, filter=bad),
    )
    return {indicator: LinkedStories(*counts) for indicator, *counts in found}
