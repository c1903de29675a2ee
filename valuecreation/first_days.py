"""How far back a space reaches, as far as a reader may know: it may have begun before its page."""

import datetime as dt

from django.db.models import F

from learningspaces.lib.dates import first_day, last_day
from spaces.models import Person, Space
from valuecreation.models import Moment, Story


def first_day_known(space: Space, reader: Person) -> dt.date:
    """The day the space was founded, or that of the first story or moment that is older.

    Of a nameless teller it is the first day of a quarter, as in lists.
    """
    founded = min(space.founded_on, space.today)
    until = last_day(first_day(founded, "quarter"), "quarter")
    told = Story.objects.for_reader(space, reader).listed_until(until)
    happened = Moment.objects.for_reader(space, reader).listed_until(until)
    days = told.annotate(day=F("listed_on")).values_list("day")
    found = days.union(happened.values_list("day")).order_by("day").first()
    return min(founded, found[0]) if found else founded
