from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from spaces.models import Membership
from valuecreation.cycles import Cycle
from valuecreation.models import Moment


class CodingQuerySet(models.QuerySet):
    def for_reader(self, space, person):
        """Readings of the moments of a space that a person may read."""
        readable = Moment.objects.for_reader(space, person).filter(pk=OuterRef("moment"))
        return self.filter(Exists(readable), moment__space=space)

    def for_user(self, person):
        return self.filter(moment__in=Moment.objects.for_user(person))

    def in_space(self, space):
        return self.filter(moment__space=space)

    def of_moments(self, moments):
        return self.filter(moment__in=moments)

    def by_member(self, membership):
        return self.filter(by=membership)

    def current(self):
        """Readings that nobody has taken back or replaced by another of their own."""
        return self.filter(ended_at__isnull=True)

    def in_order(self):
        return self.select_related("by", "moment").order_by("read_at", "pk")


class Coding(models.Model):
    """As which cycle an analyst reads a moment, beside its teller's word, which counts.

    Every analyst's reading is a row of its own. A later reading of the same analyst ends the one
    before and leaves it as it was. A reading that came with a space file names nobody.
    """

    moment = models.ForeignKey(Moment, models.CASCADE, related_name="+")
    cycle = models.CharField(max_length=15, choices=Cycle)
    by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="codings"
    )
    read_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CodingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["moment", "by"],
                condition=Q(ended_at__isnull=True),
                name="coding_current_once",
            ),
        ]

    def __str__(self):
        return f"{self.moment_id}: {self.cycle}"
