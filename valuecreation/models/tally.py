from django.db import models
from django.db.models import Q, Sum

from spaces.models import Space
from valuecreation.cycles import Audience


class TallyQuerySet(models.QuerySet):
    def in_space(self, space):
        return self.filter(space=space)

    def for_audience(self, audience):
        return self.filter(audience=audience)

    def counting(self, what):
        return self.filter(what=what)

    def by(self, on):
        """Rows that count on a day; a consent that lapses later has its rows dated ahead."""
        return self.filter(Q(counts_from__isnull=True) | Q(counts_from__lte=on))

    def totals(self, *keys):
        """Sums by the named key columns, folded and pending rows together."""
        return self.order_by().values(*keys).annotate(total=Sum("amount")).exclude(total=0)

    def pending(self):
        return self.filter(folded=False)


class Tally(models.Model):
    """A summary row: so many more (or fewer) things of one kind, for one audience of a space.

    Rows are added with every change and folded into one per key by a worker; the truth is always
    their sum. What is counted: `moment` (cycle, status, polarity), `flow` (from, to, kind),
    `story_cycle` (cycle), `story` (), `teller` (membership).
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="tallies")
    audience = models.CharField(max_length=15, choices=Audience)
    what = models.CharField(max_length=15)
    season = models.CharField(max_length=8, blank=True, default="")
    a = models.CharField(max_length=20, blank=True, default="")
    b = models.CharField(max_length=20, blank=True, default="")
    c = models.CharField(max_length=20, blank=True, default="")
    amount = models.IntegerField()
    counts_from = models.DateField(null=True, blank=True)
    folded = models.BooleanField(default=False)

    objects = TallyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["space", "audience", "what", "season"], name="tally_reading"),
            models.Index(fields=["space"], condition=Q(folded=False), name="tally_pending"),
        ]

    def __str__(self):
        return f"{self.what} {self.a} {self.b} {self.c} {self.amount:+d}"
