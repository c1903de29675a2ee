"""What has gone still, as queries: the same readings as `quiet.py`, for a space of any size."""

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from spaces.models import QUIET_AFTER

LAID_ASIDE = ("dormant", "abandoned")


class StillQuerySet(models.QuerySet):
    """Readings of moments; only flows between moments of the same set exist for them."""

    def quiet(self, space, on):
        """Moments of which nobody has told us what came next, when it is time to ask."""
        ways = self._ways("source", "target")
        done = Q(status="happened") | Q(stalled=True, asked_on__lte=on)
        promised = ways.filter(status="awaited").annotate(
            promise=Coalesce("due_on", "target__due_on")
        )
        broken = Exists(promised.filter(promise__lt=on))
        run_out = self._run_out(space, on) & ~Exists(promised.filter(promise__isnull=False))
        alive = ways.exclude(status__in=LAID_ASIDE)
        return self.filter(
            Q(run_out, Exists(alive) | ~Exists(ways)) | broken,
            ~Exists(ways.filter(done)),
            status="actual",
        )

    def past_their_day(self, on):
        """Hopes whose day has passed, unless every way to them was let go or kept for later."""
        ways = self._ways("target", "source")
        alive = ways.exclude(status__in=LAID_ASIDE)
        return self.filter(
            Exists(alive) | ~Exists(ways), status="hoped", due_on__isnull=False, due_on__lt=on
        )

    def done_or_told_by(self, person):
        """Moments that a person made happen, or tells of in a story."""
        told = self.model.steps.rel.related_model.objects.filter(
            moment=OuterRef("pk"), story__teller__person=person
        )
        return self.filter(Q(agent__person=person) | Exists(told))

    def between_days(self, first, last):
        """Moments that happened, or were hoped for, from one day to another."""
        return self.filter(
            Q(occurred_on__gte=first, occurred_on__lte=last)
            | Q(status="hoped", due_on__gte=first, due_on__lte=last)
        )

    def newest_told(self):
        """The latest first, by their day or by the day they were hoped for."""
        return self.order_by(Coalesce("occurred_on", "due_on").desc(), "-pk")

    def newest_by(self, day, after=None):
        """The latest first by a field that holds a day; `after` is the (day, pk) shown last."""
        rows = self.order_by(f"-{day}", "-pk")
        if after is None:
            return rows
        same = Q(**{day: after[0], "pk__lt": after[1]})
        return rows.filter(same | Q(**{f"{day}__lt": after[0]}))

    def _ways(self, near, far):
        """Flows at one end of a moment whose other end is among these moments, or nowhere."""
        flows = self.model.flows_out.rel.related_model.objects
        seen = self.filter(pk=OuterRef(far))
        return flows.filter(Q(**{f"{far}__isnull": True}) | Exists(seen), **{near: OuterRef("pk")})

    def _run_out(self, space, on):
        """The condition that a moment is older than the space's period for its cycle."""
        condition = Q(pk__in=[])
        for cycle, usual in QUIET_AFTER.items():
            days = space.stall_after_days.get(cycle, usual)
            if days is not None:
                condition |= Q(cycle=cycle, occurred_on__lt=on - dt.timedelta(days=days))
        return condition
