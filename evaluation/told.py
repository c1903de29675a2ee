"""What was told, counted for the matrix: one query for each kind of thing, whatever the size."""

import datetime as dt
from collections.abc import Mapping

from django.db import connection
from django.db.models import Count, Q

from evaluation.coverage import Linked, Told
from evaluation.models import MomentIndicator
from spaces.models import Space
from valuecreation import summary
from valuecreation.cycles import Cycle, Polarity
from valuecreation.models import Moment, Story, Tally

Days = tuple[dt.date, dt.date] | None


def told_by_cycle(totals: summary.Summary, tellers: Mapping, waiting: Mapping) -> dict[str, Told]:
    """What was told in each cycle, put together from the totals and two small queries."""
    hoped = totals.hoped_by_cycle
    return {
        cycle: Told(
            **totals.polarities(cycle),
            hoped=hoped[cycle],
            stories=totals.stories_touching.get(cycle, 0),
            tellers=tellers.get(cycle, (0, None))[0],
            sites=tellers.get(cycle, (0, None))[1],
            waiting=waiting.get(cycle, 0),
        )
        for cycle in Cycle.values
    }


def tellers_by_cycle(space: Space, audience: str, on: dt.date) -> dict[str, tuple]:
    """Tellers, and sites if all of them named theirs, by cycle, from the summary rows."""
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
    return {cycle: (people, sites if named else None) for cycle, people, sites, named in found}


def tellers_in_days(space: Space, audience: str, on: dt.date, days: Days) -> dict[str, tuple]:
    """The same for the stories told between two days, from the stories themselves."""
    stories = Story.objects.for_audience(audience, on).in_space(space).told_from(*days)
    found = (
        stories.order_by()
        .values_list("steps__moment__cycle")
        .annotate(
            Count("teller", distinct=True),
            Count("teller__organisation", distinct=True),
            Count("teller", filter=Q(teller__organisation="")),
        )
    )
    return {cycle: (people, None if nowhere else sites) for cycle, people, sites, nowhere in found}


def waiting_by_cycle(space: Space, audience: str, on: dt.date, days: Days) -> dict[str, int]:
    """Hopes whose day has passed, by cycle."""
    hopes = Moment.objects.in_space(space).for_audience(audience, on).past_their_day(on)
    if days:
        hopes = hopes.between_days(*days)
    return dict(hopes.order_by().values_list("cycle").annotate(Count("pk")))


def linked_by_indicator(space: Space, audience: str, on: dt.date, days: Days) -> dict[int, Linked]:
    """The stories linked to each indicator through a moment that happened."""
    links = MomentIndicator.objects.in_space(space).for_audience(audience, on)
    links = links.that_happened(*(days or (None, on)))
    stories = Count("moment__steps__story", distinct=True)
    good = Q(moment__polarity=Polarity.POSITIVE)
    bad = Q(moment__polarity__in=[Polarity.NEGATIVE, Polarity.NIL])
    found = (
        links.order_by()
        .values_list("indicator")
        .annotate(
            stories,
            Count("moment__steps__story__teller", distinct=True),
            Count("moment__steps__story", distinct=True, filter=good),
            Count("moment__steps__story", distinct=True, filter=bad),
        )
    )
    return {indicator: Linked(*counts) for indicator, *counts in found}
