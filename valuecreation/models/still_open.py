"""Which moments are still open, as their own tellers see them."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from valuecreation.models.story import StoryStep

LAID_ASIDE = ("dormant", "abandoned")


class StillOpenMoments(models.QuerySet):
    """Moments of which it is not known yet what came, and what others told that came of them."""

    def hopes_past(self, on):
        """Hopes whose day has passed, unless every way to them was let go or kept for later."""
        ways = self._flows(target=OuterRef("pk"))
        alive = ways.exclude(status__in=LAID_ASIDE)
        return self.hoped().filter(Exists(alive) | ~Exists(ways), due_on__lt=on)

    def untold_since(self, space, on):
        """What happened long enough ago to ask what came next, as its own teller sees it."""
        return self.untold_in([(space, on)])

    def untold_in(self, days):
        """The same in several spaces, each with its day."""
        ways = self._flows(source=OuterRef("pk"))
        promised = ways.filter(status="awaited").annotate(
            promise=Coalesce("due_on", "target__due_on")
        )
        nothing_promised = ~Exists(promised.filter(promise__isnull=False))
        alive = Exists(ways.exclude(status__in=LAID_ASIDE)) | ~Exists(ways)
        run_out, broken = Q(pk__in=[]), Q(pk__in=[])
        for space, on in days:
            broken |= Q(Exists(promised.filter(promise__lt=on)), space=space)
            for cycle, day in space.quiet_before(on).items():
                run_out |= Q(space=space, cycle=cycle, occurred_on__lt=day)
        settled = ways.filter(Q(status="happened") | Q(stalled=True))
        found = broken | Q(run_out, nothing_promised, alive)
        return self.actual().filter(
            found, ~Exists(settled), space__in=[space.pk for space, _on in days]
        )

    def that_came_of(self, person):
        """What others told, and say that it came of what a person tells."""
        flows = self._flows(target=OuterRef("pk"), status="happened")
        theirs = StoryStep.objects.filter(story__teller__person=person)
        mine = flows.filter(source__in=theirs.values("moment"))
        own = theirs.filter(moment=OuterRef("pk"))
        return self.actual().filter(Exists(mine), ~Exists(own))

    def _flows(self, **ends):
        flows = self.model._meta.get_field("flows_out").related_model
        return flows.objects.filter(**ends)
