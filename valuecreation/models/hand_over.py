from django.db import models
from django.db.models import Q
from django.utils import timezone

from spaces.models import Membership, Notice, NoticeKind
from valuecreation.models.story import Story


class HandOverQuerySet(models.QuerySet):
    def for_user(self, person):
        """It is between the teller and whoever is asked."""
        return self.filter(Q(story__teller__person=person) | Q(to__person=person))

    def asked_of(self, person):
        return self.filter(to__person=person)

    def readable_by(self, person):
        """Those about stories that a person reads now."""
        return self.filter(story__in=Story.objects.for_user(person))

    def of_story(self, story):
        return self.filter(story=story)

    def of_stories(self, stories):
        return self.filter(story__in=stories)

    def numbered(self, pk):
        return self.filter(pk=pk)

    def drop(self) -> None:
        """Nobody is asked any more, and whoever was told of it need not answer."""
        numbers = list(self.values_list("pk", flat=True))
        Notice.objects.about_any(NoticeKind.OFFER, numbers).settle()
        self.filter(pk__in=numbers).delete()

    def to_member(self, member):
        return self.filter(to=member)

    def waiting(self):
        """Those that nobody has answered yet."""
        return self.filter(answered_at__isnull=True)

    def with_stories(self):
        """With what a page names, in the order in which they were asked."""
        named = ("story__space", "story__teller__person", "story__collector", "story__consent")
        return self.select_related(*named, "to__person").order_by("asked_at", "pk")


class HandOver(models.Model):
    """A teller asks another member to look after a story in their place; it is theirs if they say
    yes.
    """

    story = models.ForeignKey(Story, models.CASCADE, related_name="hand_overs")
    to = models.ForeignKey(Membership, models.CASCADE, related_name="stories_offered")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(default=False)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story"],
                condition=Q(answered_at__isnull=True),
                name="story_offered_once",
            ),
        ]

    def __str__(self):
        return f"{self.story_id} to {self.to_id}"
