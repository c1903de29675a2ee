from django.db import models
from django.utils import timezone

from spaces.models.membership import Membership
from spaces.models.person import Person


class DepartureQuerySet(models.QuerySet):
    def for_user(self, person):
        """What somebody decided when they left is for them alone."""
        return self.filter(person=person)

    def with_spaces(self):
        return self.select_related("membership__space")

    def newest_first(self):
        return self.order_by("-left_at", "-pk")


class Departure(models.Model):
    """The receipt of leaving a space: what somebody decided about everything of theirs in it.

    `decided` names stories and indicators by their ids, so that no word of theirs is kept twice.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="departures")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="departures")
    left_at = models.DateTimeField(default=timezone.now)
    decided = models.JSONField(default=dict)

    objects = DepartureQuerySet.as_manager()

    class Meta:
        ordering = ["-left_at"]

    def __str__(self):
        return f"{self.membership_id} {self.left_at:%Y-%m-%d}"
