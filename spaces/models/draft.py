from django.db import models
from django.utils import timezone

from spaces.models.person import Person
from spaces.models.space import Space


class DraftQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(person=person)

    def in_space(self, space):
        return self.filter(space=space)

    def with_key(self, person, key):
        """What a person has typed on the form that carries a key."""
        return self.filter(person=person, key=key)

    def for_form(self, person, action):
        """What a person has typed on forms that are sent to an address, the newest first."""
        return self.for_user(person).filter(action=action).newest_first()

    def about(self, story):
        """What anybody has typed to go on with a story, or to change what stands around it."""
        return self.filter(action__contains=f"/{story.public_id}/")

    def to_change(self, moment):
        """What anybody has typed to change a moment."""
        return self.filter(action__contains=f"/{moment.public_id}/")

    def stale(self, before):
        return self.filter(saved_at__lt=before)

    def newest_first(self):
        return self.order_by("-saved_at", "-pk")


class Draft(models.Model):
    """What somebody has typed on a form and not sent yet; nobody else can read it.

    It is named by the form's own key, so that two windows never overwrite each other. `action` is
    where the form is sent, `address` the page it stands on.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    space = models.ForeignKey(Space, models.CASCADE, null=True, blank=True, related_name="drafts")
    key = models.CharField(max_length=64)
    action = models.CharField(max_length=400)
    address = models.CharField(max_length=400)
    title = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="draft_once"),
        ]

    def __str__(self):
        return self.title or self.key
