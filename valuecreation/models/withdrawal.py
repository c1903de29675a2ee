import secrets

from django.db import models
from django.utils import timezone

from valuecreation.models.story import Story

SIGNS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # nothing that is read as something else, and no words


def new_receipt() -> str:
    """A fresh number for a receipt; it tells neither how many there are nor which came first."""
    return "W-" + "".join(secrets.choice(SIGNS) for _place in range(8))


class WithdrawalQuerySet(models.QuerySet):
    def for_user(self, person):
        """A receipt is its teller's alone."""
        return self.filter(story__teller__person=person)

    def of(self, story):
        return self.filter(story=story)

    def of_stories(self, stories):
        return self.filter(story__in=stories)

    def with_receipt(self, receipt):
        return self.filter(receipt=receipt)

    def oldest_first(self):
        return self.order_by("at", "pk")

    def with_stories(self):
        return self.select_related("story__space", "story__teller")


class Withdrawal(models.Model):
    """A teller took a story back at this moment; the receipt says so, and no word of the story."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="withdrawals")
    receipt = models.CharField(max_length=12, unique=True, default=new_receipt)
    at = models.DateTimeField(default=timezone.now)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return self.receipt
