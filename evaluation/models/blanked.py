from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from valuecreation.models import Erasure


class WorkedErasureQuerySet(models.QuerySet):
    def for_user(self, person):
        """Whose words they were."""
        return self.filter(erasure__in=Erasure.objects.for_user(person))

    def still_to_do(self):
        """The erasures that have not been worked off in what evaluation keeps."""
        done = self.filter(erasure=OuterRef("pk"))
        return Erasure.objects.exclude(Exists(done)).oldest_first()


class WorkedErasure(models.Model):
    """The words of an erased story are out of every release and report that was kept."""

    erasure = models.OneToOneField(Erasure, models.CASCADE, related_name="out_of_releases")
    worked_at = models.DateTimeField(default=timezone.now)

    objects = WorkedErasureQuerySet.as_manager()

    def __str__(self):
        return f"{self.erasure_id}"
