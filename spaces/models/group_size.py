from django.db import models
from django.utils import timezone

from spaces.models.membership import Membership
from spaces.models.space import Space


class GroupSizeChangeQuerySet(models.QuerySet):
    def for_user(self, person):
        """Changes in the spaces that a person is in."""
        return self.filter(space__in=Space.objects.for_user(person))

    def of_space(self, space):
        return self.filter(space=space)

    def newest_first(self):
        return self.order_by("-changed_at", "-pk")

    def size_at(self, space, moment):
        """The smallest group that held in a space at a point in time."""
        later = self.of_space(space).filter(changed_at__gt=moment).order_by("changed_at", "pk")
        then = later.values_list("before", flat=True).first()
        return space.min_group_size if then is None else then


class GroupSizeChange(models.Model):
    """Somebody changed how few people a figure may be about before it is hidden; never rewritten.

    Every member reads it: what they told was told under the size of then.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="group_size_changes")
    by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="group_sizes_changed"
    )
    changed_at = models.DateTimeField(default=timezone.now)
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()

    objects = GroupSizeChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.before} → {self.after}"
