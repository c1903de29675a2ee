from django.db import models
from django.utils import timezone

from spaces.models.membership import Membership
from spaces.models.person import Person


class NameClaimQuerySet(models.QuerySet):
    def for_user(self, person):
        """Everybody inside a space sees who claimed a name there."""
        return self.filter(membership__in=Membership.objects.for_user(person))

    def in_space(self, space):
        return self.filter(membership__space=space)

    def of_member(self, membership):
        return self.filter(membership=membership)

    def of_name(self, ref):
        return self.filter(membership__ref=ref)

    def unconfirmed(self):
        return self.filter(confirmed_on__isnull=True)

    def for_pages(self):
        """With whom a page names, the newest first."""
        people = ("membership", "person", "invited_by")
        return self.select_related(*people).order_by("-claimed_at", "-pk")


class NameClaim(models.Model):
    """Somebody took over a name that came with a space file, and the stories told under it.

    Until somebody else who knows them confirms it, they let no more people read these stories.
    """

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="claim")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="names_claimed")
    invited_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="claims_invited"
    )
    claimed_at = models.DateTimeField(default=timezone.now)
    claimed_on = models.DateField()
    confirmed_on = models.DateField(null=True, blank=True)

    objects = NameClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-claimed_at"]

    def __str__(self):
        return f"{self.membership_id} claimed on {self.claimed_on}"


class ClaimConfirmationQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(claim__in=NameClaim.objects.for_user(person))

    def given_by(self, membership):
        return self.filter(by=membership)


class ClaimConfirmation(models.Model):
    """One member says that a name was claimed by the person it means."""

    claim = models.ForeignKey(NameClaim, models.CASCADE, related_name="confirmations")
    by = models.ForeignKey(Membership, models.CASCADE, related_name="claims_confirmed")
    confirmed_at = models.DateTimeField(default=timezone.now)

    objects = ClaimConfirmationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "by"], name="claim_confirmed_once"),
        ]

    def __str__(self):
        return f"{self.claim_id} by {self.by_id}"
