from django.db import models
from django.db.models import Count, Q

from spaces.models import Space
from valuecreation.cycles import Audience
from valuecreation.models.moment import Moment


class PatternReadingQuerySet(models.QuerySet):
    def for_user(self, person):
        """Patterns at moments that a person may read."""
        return self.filter(moment__in=Moment.objects.for_user(person))

    def in_space(self, space):
        return self.filter(space=space)

    def for_audience(self, audience):
        return self.filter(audience=audience)

    def of_pattern(self, code):
        return self.filter(pattern=code)

    def at_moments(self, moments):
        return self.filter(moment__in=moments)

    def counts(self) -> dict[str, int]:
        """How often each pattern is seen."""
        found = self.order_by().values("pattern").annotate(seen=Count("pk"))
        return dict(found.values_list("pattern", "seen"))

    def place_of(self, public_id):
        """Where a moment stands in the order of `newest_first`, if it is among these."""
        rows = self.filter(moment__public_id=public_id)
        return rows.values_list("listed_on", "moment__public_id").first()

    def with_both_moments(self):
        ends = ("moment", "origin")
        along = [f"{end}__{name}" for end in ends for name in ("agent", "other_space")]
        return self.select_related(*along)

    def newest_first(self, after=None):
        """The latest first, at random within their day; `after` is the place shown last."""
        rows = self.order_by("-listed_on", "-moment__public_id")
        if after is None:
            return rows
        day, public_id = after
        same_day = Q(listed_on=day, moment__public_id__lt=public_id)
        return rows.filter(Q(listed_on__lt=day) | same_day)


class PatternReading(models.Model):
    """A pattern of flows and loops seen at a moment, by one audience, and where it began.

    Worked out by the worker with the loops. What falls quiet with the days is not kept.
    """

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="pattern_readings", db_index=False
    )
    moment = models.ForeignKey(Moment, models.CASCADE, related_name="pattern_readings")
    origin = models.ForeignKey(Moment, models.CASCADE, related_name="patterns_begun")
    audience = models.CharField(max_length=15, choices=Audience)
    pattern = models.CharField(max_length=20)
    listed_on = models.DateField()

    objects = PatternReadingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["space", "audience", "pattern", "-listed_on"], name="pattern_reading_list"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["moment", "audience", "pattern"], name="pattern_reading_once"
            ),
        ]

    def __str__(self):
        return f"{self.moment_id} {self.audience}: {self.pattern}"
