from django.db import models
from django.utils import timezone

from evaluation.models.work import Purpose, Release
from spaces.models import Membership, Space
from valuecreation.cycles import Audience
from valuecreation.models import spaces_read_as_insider


class SecondReadingQuerySet(models.QuerySet):
    def for_user(self, person):
        """Second readings stay inside the space."""
        return self.filter(space__in=spaces_read_as_insider(person))

    def in_space(self, space):
        return self.filter(space=space)

    def waiting(self):
        """Those that nobody has read yet."""
        return self.filter(read_by__isnull=True)

    def asked_for(self, release):
        """Those asked for what a release is to hold, the newest first, with their people."""
        same = self.filter(
            space=release.space,
            period_start=release.period_start,
            period_end=release.period_end,
            audience=release.audience,
            purpose=release.purpose,
        )
        return same.select_related("asked_by", "read_by").order_by("-pk")

    def done_before(self, release):
        """Those that somebody else than who freezes it has read before it is frozen."""
        return (
            self.asked_for(release).filter(read_by__isnull=False).exclude(read_by=release.frozen_by)
        )

    def of_release(self, release):
        return self.filter(release=release)

    def newest_first(self):
        return self.select_related("asked_by").order_by("-pk")


class SecondReading(models.Model):
    """A look through the words of a release before it is frozen, by somebody else than freezes it.

    They see what was replaced and every word that may still be a name, and settle each: `settled`
    holds what stands in the place of a word, or nothing where it may stay.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="second_readings")
    period_start = models.DateField()
    period_end = models.DateField()
    audience = models.CharField(max_length=15, choices=Audience)
    purpose = models.CharField(max_length=12, choices=Purpose)
    title = models.CharField(max_length=200, blank=True)
    asks = models.TextField(blank=True, max_length=4000)
    asked_by = models.ForeignKey(Membership, models.PROTECT, related_name="second_readings_asked")
    asked_at = models.DateTimeField(default=timezone.now)
    read_by = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="second_readings_done"
    )
    read_on = models.DateField(null=True, blank=True)
    settled = models.JSONField(default=dict, blank=True)
    release = models.OneToOneField(
        Release, models.SET_NULL, null=True, blank=True, related_name="second_reading"
    )

    objects = SecondReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="second_reading_read_on_a_day",
                condition=models.Q(read_by__isnull=True) | models.Q(read_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.audience}, {self.period_start} to {self.period_end}"
