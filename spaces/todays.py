"""Which day is today: the person's for what they type, the space's for what is worked out.

Somebody in Auckland writes down in the morning what happened today; in a space that lives by UTC
it is the day before. Both are right, and neither is told that their day lies ahead.
"""

import datetime as dt

from django.utils import timezone

from spaces.models import Membership, Space


def day_of(by: Membership | None) -> dt.date:
    """The day it is for whoever writes; without an account or a writer, that of this request."""
    return by.person.today if by and by.person_id else timezone.localdate()


def first_today(space: Space, by: Membership | None = None) -> dt.date:
    """The earlier of the writer's day and the space's."""
    return min(space.today, day_of(by))


def last_today(space: Space, by: Membership | None = None) -> dt.date:
    """The later of the writer's day and the space's: what is dated up to it has come."""
    return max(space.today, day_of(by), timezone.localdate())
