import datetime as dt

from django.db import models
from django.utils import timezone

from evaluation.models.work import Work, WorkQuerySet, WorkState
from spaces.models import Person

LASTS = dt.timedelta(days=7)


class PersonalCopyQuerySet(WorkQuerySet):
    def for_user(self, person):
        """A copy of somebody's own data is for them alone."""
        return self.filter(person=person)

    def without_content(self):
        return self.defer("content")

    def newest_first(self):
        return self.order_by("-asked_at", "-pk")

    def ready(self, now=None):
        return self.filter(state=WorkState.READY, asked_at__gt=(now or timezone.now()) - LASTS)

    def expired(self, now=None):
        """Copies that are not handed out any more."""
        return self.filter(asked_at__lte=(now or timezone.now()) - LASTS)


class PersonalCopy(Work):
    """Everything of one person's as a file to keep: asked for, made by a worker, gone in a week."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="copies")
    content = models.BinaryField(null=True, blank=True)

    objects = PersonalCopyQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self):
        return f"{self.person_id} {self.asked_at:%Y-%m-%d}"

    @property
    def lasts_until(self):
        return self.asked_at + LASTS
