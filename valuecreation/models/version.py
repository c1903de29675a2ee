from django.db import models
from django.db.models import Q

from spaces.models import Membership


class StoryVersionQuerySet(models.QuerySet):
    def for_user(self, person):
        """Earlier wordings are for the teller and the collector."""
        return self.filter(Q(story__teller__person=person) | Q(story__collector__person=person))


class StoryVersion(models.Model):
    """The wording a teller approved: title and moments as they stood then."""

    story = models.ForeignKey("valuecreation.Story", models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    approved_on = models.DateField()
    approved_by = models.ForeignKey(Membership, models.CASCADE, related_name="versions_approved")

    objects = StoryVersionQuerySet.as_manager()

    class Meta:
        ordering = ["story", "number"]
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="story_version_once"),
        ]

    def __str__(self):
        return f"{self.story_id} v{self.number}"
