from django.db import models
from django.utils import timezone

from valuecreation.models.story import Story


class WordingRequestQuerySet(models.QuerySet):
    def for_user(self, person):
        """The teller who is asked."""
        return self.filter(story__teller__person=person)

    def numbered(self, pk):
        return self.filter(pk=pk)

    def with_all(self):
        people = ("story__teller__person", "story__collector")
        return self.select_related("story__space", "story__consent", *people)


class WordingRequest(models.Model):
    """A story somebody wrote down goes to its teller, who reads it by a link, corrects and agrees.

    The link shows this story until its last day, or until the teller has answered.
    """

    story = models.ForeignKey(Story, models.CASCADE, related_name="wording_requests")
    asked_on = models.DateField()
    open_until = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = WordingRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "asked_on"], name="wording_request_once_a_day")
        ]

    def __str__(self):
        return f"{self.story_id} on {self.asked_on}"
