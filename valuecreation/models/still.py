from django.db import models
from django.db.models import Q

from spaces.models import Space
from valuecreation.cycles import KINDS_OF_MOMENTS, Audience
from valuecreation.models.moment import Moment


class StillMomentQuerySet(models.QuerySet):
    def for_user(self, person):
        """Still moments that a person may read."""
        return self.filter(moment__in=Moment.objects.for_user(person))

    def in_space(self, space):
        return self.filter(space=space)

    def of_moments(self, moments):
        return self.filter(moment__in=moments)

    def in_cycle(self, cycle):
        return self.filter(cycle=cycle)

    def of_days(self, first, last):
        """Those whose own day, or the day they were hoped for, lies between two."""
        return self.filter(day__range=(first, last))

    def for_audience(self, audience):
        return self.filter(audience=audience)

    def quiet(self, on, quiet_before):
        """Those of which nobody has told us what came next, when it is time to ask.

        It is time when a promise is past its day or, where nothing was promised, when the space's
        period for the cycle has run out (docs/readings.md, Quiet; `Space.quiet_before`).
        """
        run_out = Q(pk__in=[])
        for cycle, day in quiet_before.items():
            run_out |= Q(cycle=cycle, day__lt=day)
        broken = Q(promised_by__lt=on)
        return self.filter(broken | (Q(promised_by__isnull=True) & run_out), hoped=False)

    def past_their_day(self, on):
        """Hopes whose day has passed and that nobody has let go or kept for later."""
        return self.filter(hoped=True, day__lt=on)

    def to_hear_of(self, on, quiet_before):
        """What is quiet on a day, and hopes whose day has passed by then."""
        return self.quiet(on, quiet_before) | self.past_their_day(on)

    def longest_first(self):
        """Those that wait longest, by the day that a list may tell."""
        return self.order_by("listed_on", "moment__public_id")

    def of_person(self, person):
        """Moments that a person made happen, or tells of in a story."""
        theirs = Moment.objects.done_or_told_by(person)
        return self.filter(models.Exists(theirs.filter(pk=models.OuterRef("moment"))))

    def place_of(self, public_id):
        """Where a moment stands in the order of `newest_first`, if it is still among these."""
        rows = self.filter(moment__public_id=public_id)
        return rows.values_list("listed_on", "moment__public_id").first()

    def by_cycle(self) -> dict[str, int]:
        """How many there are, by cycle."""
        found = self.order_by().values("cycle").annotate(still=models.Count("pk"))
        return dict(found.values_list("cycle", "still"))

    def with_moments(self):
        return self.select_related("moment__agent", "moment__recorded_by", "moment__other_space")

    def newest_first(self, after=None):
        """The latest first, at random within their day; `after` is the place shown last."""
        rows = self.order_by("-listed_on", "-moment__public_id")
        if after is None:
            return rows
        day, public_id = after
        same_day = Q(listed_on=day, moment__public_id__lt=public_id)
        return rows.filter(Q(listed_on__lt=day) | same_day)


class StillMoment(models.Model):
    """A moment from which, for one audience, no way leads on yet; or a hope that is still alive.

    Worked out by the worker with the loops. Whether it is time to ask depends on the day: `day` is
    that of the moment or of the hope, `promised_by` the earliest day promised for what comes next.
    Of a nameless teller's, `day` is the last of its quarter and `listed_on` the first.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="still_moments")
    moment = models.ForeignKey(Moment, models.CASCADE, related_name="still_readings")
    audience = models.CharField(max_length=15, choices=Audience)
    hoped = models.BooleanField()
    cycle = models.CharField(max_length=15, choices=KINDS_OF_MOMENTS)
    day = models.DateField()
    listed_on = models.DateField()
    promised_by = models.DateField(null=True, blank=True)

    objects = StillMomentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["space", "audience", "hoped", "-listed_on"], name="still_moment_list"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["moment", "audience"], name="still_moment_once"),
        ]

    def __str__(self):
        return f"{self.moment_id} {self.audience}"
