from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from spaces.models import Person, Space, Trace
from valuecreation.models.story import Story, StoryState


class FetchedStoryQuerySet(models.QuerySet):
    def for_user(self, person):
        """Tellers, and those who wrote a story down, may know who fetched it."""
        return self.filter(Q(story__teller__person=person) | Q(story__collector__person=person))

    def of(self, story):
        return self.filter(story=story)

    def of_stories(self, stories):
        return self.filter(story__in=stories)

    def fetched_by(self, person):
        return self.filter(trace__person=person)

    def by_somebody_else(self):
        """Fetched by people whose account is there, other than the teller."""
        others = self.filter(trace__person__is_active=True)
        return others.exclude(trace__person=models.F("story__teller__person"))

    def of_withdrawn(self):
        return self.filter(story__state=StoryState.WITHDRAWN)

    def not_asked_since(self):
        """Fetched by people who have not been asked since to delete it."""
        asked = DeletionRequest.objects.filter(
            story=OuterRef("story"),
            person=OuterRef("trace__person"),
            asked_at__gte=OuterRef("fetched_at"),
        )
        return self.exclude(Exists(asked))

    def with_traces(self):
        return self.select_related("trace__person", "trace__token")

    def newest_first(self):
        return self.order_by("-fetched_at", "-pk")


class FetchedStory(models.Model):
    """A story that was in something somebody fetched, and when they last fetched it."""

    trace = models.ForeignKey(Trace, models.CASCADE, related_name="stories")
    story = models.ForeignKey(Story, models.CASCADE, related_name="fetched")
    fetched_at = models.DateTimeField(default=timezone.now)

    objects = FetchedStoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trace", "story"], name="fetched_story_once"),
        ]

    def __str__(self):
        return f"{self.story_id} in {self.trace_id}"


class DeletionRequestQuerySet(models.QuerySet):
    def for_user(self, person):
        """Between the teller and the one who is asked."""
        return self.filter(Q(story__teller__person=person) | Q(person=person))

    def of(self, story):
        return self.filter(story=story)

    def of_stories(self, stories):
        return self.filter(story__in=stories)

    def unsent(self):
        return self.filter(mailed_at__isnull=True)

    def claim_mail(self, pk) -> bool:
        """True for exactly one caller, however often the task is delivered."""
        return self.unsent().filter(pk=pk).update(mailed_at=timezone.now()) == 1

    def numbered(self, pk):
        return self.filter(pk=pk)

    def with_all(self):
        return self.select_related("story__space", "story__teller", "person")

    def open(self):
        """Those to which nobody has said that it is done."""
        return self.filter(done_at__isnull=True)


class DeletionRequest(models.Model):
    """Somebody who had fetched a story is asked to delete it, since its teller withdrew it."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="deletion_requests")
    person = models.ForeignKey(Person, models.CASCADE, related_name="deletion_requests")
    asked_at = models.DateTimeField(default=timezone.now)
    on = models.DateField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = DeletionRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "person", "on"], name="deletion_request_once_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.story_id} asked of {self.person_id}"


class ErasureQuerySet(models.QuerySet):
    def for_user(self, person):
        """Whose words they were."""
        return self.filter(story__teller__person=person)

    def in_space(self, space):
        return self.filter(space=space)

    def of(self, story):
        return self.filter(story=story)

    def oldest_first(self):
        return self.order_by("pk")


class Erasure(models.Model):
    """A teller had the words of a story removed; what holds them anywhere is to be blanked.

    It says how the story was called, and so outlasts the line that is left of it.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="erasures")
    story = models.ForeignKey(
        Story, models.SET_NULL, null=True, blank=True, related_name="erasures"
    )
    public_id = models.CharField(max_length=40)
    ref = models.CharField(max_length=40)
    erased_at = models.DateTimeField(default=timezone.now)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "public_id"], name="erasure_once"),
        ]

    def __str__(self):
        return f"{self.space_id} {self.ref}"
