from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from spaces.models import Space
from valuecreation.cycles import Audience
from valuecreation.models.readers import spaces_read_as_insider, spaces_sponsored


class TallyQuerySet(models.QuerySet):
    def for_user(self, person):
        """Totals as a person reads them: their spaces', or the organisation's for a sponsor."""
        inside = Q(audience=Audience.SPACE, space__in=spaces_read_as_insider(person))
        sponsor = Q(audience=Audience.ORGANISATION, space__in=spaces_sponsored(person))
        return self.filter(inside | sponsor)

    def in_space(self, space):
        return self.filter(space=space)

    def for_audience(self, audience):
        return self.filter(audience=audience)

    def counting(self, what):
        return self.filter(what=what)

    def in_season(self, season):
        return self.filter(season=season)

    def totals(self, *keys, season=""):
        """Sums by the key columns, folded and pending rows together; also those of one season."""
        in_season = Coalesce(Sum("amount", filter=Q(season=season)), 0)
        return self.order_by().values(*keys).annotate(total=Sum("amount"), in_season=in_season)

    def pending(self):
        """Rows that nobody has folded yet."""
        return self.filter(folded=False)

    def same_keys_as(self, others):
        """Rows that count the same thing as one of the others."""
        keys = ("space", "audience", "what", "season", "a", "b", "c")
        same = others.filter(**{key: models.OuterRef(key) for key in keys})
        return self.filter(models.Exists(same))


class Tally(models.Model):
    """A summary row: so many more (or fewer) things of one kind, for one audience of a space.

    Rows are added with every change and folded into one per key by a worker; the truth is always
    their sum. What is counted: `moment` (cycle, status, polarity), `alone` (cycle, status: moments
    in no story), `flow` (from, to, `flow` or `return`), `loop` (from, to, what the return amounts
    to), `story` (`actual` where something in it happened), `story_cycle` (cycle in which something
    happened), `teller` (membership), `teller_cycle` (membership, cycle in which something happened;
    of no season). The season is that of the moment, of the flow's target, or of the day the story
    was told. A consent that ends makes no row: `Story.counts_until` says until when the sums hold.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="tallies")
    audience = models.CharField(max_length=15, choices=Audience)
    what = models.CharField(max_length=15)
    season = models.CharField(max_length=8, blank=True, default="")
    a = models.CharField(max_length=20, blank=True, default="")
    b = models.CharField(max_length=20, blank=True, default="")
    c = models.CharField(max_length=20, blank=True, default="")
    amount = models.IntegerField()
    folded = models.BooleanField(default=False)

    objects = TallyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["space", "audience", "what", "season"], name="tally_reading"),
            models.Index(fields=["space"], condition=Q(folded=False), name="tally_pending"),
        ]

    def __str__(self):
        return f"{self.what} {self.a} {self.b} {self.c} {self.amount:+d}"


class LoopsDueQuerySet(models.QuerySet):
    def for_user(self, person):
        """Nobody reads these rows; they are the worker's own."""
        return self.none()

    def in_space(self, space):
        return self.filter(space=space)


class LoopsDue(models.Model):
    """Says that something changed around some moments, so that their loops must be read again.

    `moments` are their numbers; null stands for all of the space. Rows are added with a change
    and taken away by the worker that has read the loops.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="loops_due")
    moments = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = LoopsDueQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.space_id}: {self.moments}"
