from django.db import models
from django.db.models import Q
from django.utils import timezone

from spaces.models.membership import Membership
from spaces.models.space import Space


class LeaderProposalQuerySet(models.QuerySet):
    def for_user(self, person):
        """Everybody inside a space sees who is proposed there."""
        return self.filter(member__in=Membership.objects.for_user(person))

    def in_space(self, space):
        return self.filter(space=space)

    def of_member(self, member):
        return self.filter(member=member)

    def open(self):
        return self.filter(settled_at__isnull=True)

    def in_order(self):
        """In the order in which they were made; nobody is ranked."""
        return self.order_by("proposed_at", "pk")


class LeaderProposal(models.Model):
    """A member is proposed to convene a space whose leaders have all been gone for long."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="leader_proposals")
    member = models.ForeignKey(Membership, models.CASCADE, related_name="proposed_to_lead")
    proposed_by = models.ForeignKey(Membership, models.CASCADE, related_name="leaders_proposed")
    proposed_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    chosen = models.BooleanField(default=False)

    objects = LeaderProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "member"],
                condition=Q(settled_at__isnull=True),
                name="leader_proposed_once",
            ),
        ]

    def __str__(self):
        return f"{self.member_id} in {self.space_id}"


class LeaderVoiceQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(proposal__in=LeaderProposal.objects.for_user(person))

    def given_by(self, members):
        return self.filter(by__in=members)


class LeaderVoice(models.Model):
    """One member agrees that another, or they themselves, convene the space."""

    proposal = models.ForeignKey(LeaderProposal, models.CASCADE, related_name="voices")
    by = models.ForeignKey(Membership, models.CASCADE, related_name="leader_voices")
    given_at = models.DateTimeField(default=timezone.now)

    objects = LeaderVoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "by"], name="leader_voice_once"),
        ]

    def __str__(self):
        return f"{self.by_id} for {self.proposal_id}"
