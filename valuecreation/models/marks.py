from django.db import models

from valuecreation.models.moment import Moment


class LoopMarksQuerySet(models.QuerySet):
    def for_user(self, person):
        """Nobody reads these rows; they are the worker's own."""
        return self.none()

    def of_moments(self, moments):
        return self.filter(moment__in=moments)

    def by_moment(self) -> dict[int, tuple[int, int]]:
        """For each moment what lies behind it and what ahead."""
        rows = self.values_list("moment", "behind", "ahead")
        return {moment: (behind, ahead) for moment, behind, ahead in rows}


class LoopMarks(models.Model):
    """What lies behind a moment and what ahead of it, as far as loops ask, for every audience.

    Kept where so many moments hang together that nobody wants to load them all for every change;
    the numbers are those of `FlatGraph`.
    """

    moment = models.OneToOneField(
        Moment, models.CASCADE, primary_key=True, related_name="loop_marks"
    )
    behind = models.PositiveSmallIntegerField()
    ahead = models.PositiveSmallIntegerField()

    objects = LoopMarksQuerySet.as_manager()

    def __str__(self):
        return str(self.moment_id)
