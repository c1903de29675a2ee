from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spaces.models import Space
from valuecreation.cycles import Audience
from valuecreation.models.flow import BOTH_MOMENTS, Flow


class LoopStatus(models.TextChoices):
    CLOSED = "closed", _("closed loop")
    OPEN = "open", _("open return: told, not taken up")
    NO_APPLIED = "no_applied", _("not a learning loop")


class LoopReadingQuerySet(models.QuerySet):
    def for_audience(self, audience):
        return self.filter(audience=audience)

    def in_space(self, space):
        return self.filter(space=space)

    def that_are(self, status):
        return self.filter(status=status)

    def longest_first(self):
        """Those that came back first, by the day that a list may tell."""
        return self.order_by("listed_on", "flow__public_id")

    def arrivals(self):
        """The moments that came back."""
        return self.values_list("flow__target", flat=True)

    def with_both_moments(self):
        return self.select_related(*(f"flow__{name}" for name in BOTH_MOMENTS))

    def of_flows(self, flows):
        return self.filter(flow__in=flows)

    def at_flow(self, public_id):
        return self.filter(flow__public_id=public_id)

    def place_of(self, public_id):
        """Where a flow's reading stands in the order of `newest_first`, if it is among these."""
        rows = self.filter(flow__public_id=public_id)
        return rows.values_list("listed_on", "flow__public_id").first()

    def newest_first(self, after=None):
        """The latest first, at random within their day; `after` is the place shown last."""
        rows = self.order_by("-listed_on", "-flow__public_id")
        if after is None:
            return rows
        day, public_id = after
        return rows.filter(Q(listed_on__lt=day) | Q(listed_on=day, flow__public_id__lt=public_id))

    def for_user(self, person):
        """Readings of returns a person may see, worked out for what they read as."""
        return self.filter(flow__in=Flow.objects.for_user(person))


class LoopReading(models.Model):
    """What a return amounts to for one audience; worked out again by the worker when it changes.

    It is listed on the day it came back or, where one of its tellers is nameless, at the beginning
    of that quarter.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="loop_readings")
    flow = models.ForeignKey(Flow, models.CASCADE, related_name="loop_readings")
    audience = models.CharField(max_length=15, choices=Audience)
    status = models.CharField(max_length=10, choices=LoopStatus)
    rooted = models.BooleanField()
    long = models.BooleanField()
    spiral = models.BooleanField()
    reaches_reframing = models.BooleanField()
    through_other_space = models.BooleanField()
    brings_back_harm = models.BooleanField()
    listed_on = models.DateField()

    objects = LoopReadingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["space", "audience", "status", "-listed_on"], name="loop_reading_list"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["flow", "audience"], name="loop_reading_once"),
        ]

    def __str__(self):
        return f"{self.flow_id} {self.audience}: {self.status}"
