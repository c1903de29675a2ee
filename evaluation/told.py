"""What was told, counted for the matrix: one query for each kind of thing, whatever the size."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Q

from evaluation.coverage import Linked, Told
from evaluation.models import MomentIndicator
from spaces.models import Space
from valuecreation import summary
from valuecreation.cycles import Cycle, Polarity
from valuecreation.models import Moment, StoryStep, Tally

Days = tuple[dt.date, dt.date] | None


class Tellers(NamedTuple):
    """Who told in a cycle: how many, from how many sites (None: not all named theirs)."""

    people: int = 0
    sites: int | None = None
    stories: int | None = None


NOBODY = Tellers()


def told_by_cycle(
    totals: summary.Summary, tellers: Mapping[str, Tellers], waiting: Mapping[str, int]
) -> dict[str, Told]:
    """What was told in each cycle, put together from the totals and two small queries."""
    hoped, touching = totals.hoped_by_cycle, totals.stories_touching
    found = {}
    for cycle in Cycle.values:
        told = tellers.get(cycle, NOBODY)
        found[cycle] = Told(
            **totals.polarities(cycle),
            hoped=hoped[cycle],
            stories=touching.get(cycle, 0) if told.stories is None else told.stories,
            tellers=told.people,
            sites=told.sites,
            waiting=waiting.get(cycle, 0),
        )
    return found


def tellers_by_cycle(space: Space, audience: str, on: dt.date) -> dict[str, Tellers]:
    """Tellers and their sites by cycle, from the summary rows."""
    rows = Tally.objects.in_space(space).for_audience(audience).by(on).counting("teller_cycle")
    inner, given = rows.totals("a", "b").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT told.b, COUNT(*), COUNT(DISTINCT member.organisation), "
            "MIN(LENGTH(member.organisation)) "
            f"FROM ({inner}) AS told JOIN spaces_membership AS member "
            "ON member.id = CAST(told.a AS bigint) WHERE told.total > 0 GROUP BY told.b",
            given,
        )
        found = cursor.fetchall()
    return {
        cycle: Tellers(people, sites if named else None) for cycle, people, sites, named in found
    }


def tellers_in_days(space: Space, audience: str, on: dt.date, days: Days) -> dict[str, Tellers]:
    """The same, and the stories, of the moments between two days, from the moments themselves."""
    moments = Moment.objects.in_space(space).for_audience(audience, on).between_days(*days)
    found = StoryStep.objects.filter(moment__in=moments).order_by().values_list("moment__cycle")
    found = found.annotate(
        people=Count("story__teller", distinct=True),
        sites=Count("story__teller__organisation", distinct=True),
        nowhere=Count("story__teller", filter=Q(story__teller__organisation="")),
        stories=Count("story", distinct=True),
    )
    tellers = dict.fromkeys(Cycle.values, Tellers(stories=0))
    for cycle, people, sites, nowhere, stories in found:
        tellers[cycle] = Tellers(people, None if nowhere else sites, stories)
    return tellers


def waiting_by_cycle(space: Space, audience: str, on: dt.date, days: Days) -> dict[str, int]:
    """Hopes whose day has passed, by cycle."""
    hopes = Moment.objects.in_space(space).for_audience(audience, on).past_their_day(on)
    if days:
        hopes = hopes.between_days(*days)
    return dict(hopes.order_by().values_list("cycle").annotate(waiting=Count("pk")))


def linked_by_indicator(space: Space, audience: str, on: dt.date, days: Days) -> dict[int, Linked]:
    """The stories linked to each indicator through a moment that happened."""
    links = MomentIndicator.objects.in_space(space).for_audience(audience, on)
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
    return {indicator: Linked(*counts) for indicator, *counts in found}
