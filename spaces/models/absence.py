from django.db import models
from django.db.models import Q

from spaces.models.membership import Membership


class AbsenceQuerySet(models.QuerySet):
    def for_user(self, person):
        """The absences of those whose membership the person may see."""
        return self.filter(membership__in=Membership.objects.for_user(person))

    def of_member(self, membership):
        return self.filter(membership=membership).order_by("left_on", "pk")


class Absence(models.Model):
    """The time between the day a member left a space and the day they came back."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="absences")
    left_on = models.DateField()
    back_on = models.DateField()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["left_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_start", condition=Q(back_on__gte=models.F("left_on"))
            ),
        ]

    def __str__(self):
        return f"{self.left_on}–{self.back_on}"
