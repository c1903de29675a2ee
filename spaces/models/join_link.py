import datetime as dt
import secrets

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from spaces.models.joining import LedByQuerySet
from spaces.models.membership import Membership
from spaces.models.space import Space

MOST_BY_ONE_LINK = 200


def new_short_token() -> str:
    """Long enough to be guessed by nobody, short enough for a code that phones read at once."""
    return secrets.token_urlsafe(16)


class JoinLinkQuerySet(LedByQuerySet):
    def open(self, now=None):
        """Links that still let somebody in."""
        now = now or timezone.now()
        return self.filter(revoked_at__isnull=True, expires_at__gt=now, used__lt=F("most"))

    def since(self, moment):
        return self.filter(created_at__gte=moment)

    def with_token(self, token):
        return self.filter(token=token)

    def with_space(self):
        return self.select_related("space", "made_by__person")


class JoinLink(models.Model):
    """A link to hand over in a room: whoever has it comes in as a participant.

    It lasts for a while, lets in a limited number of people, and can be revoked.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="join_links")
    token = models.CharField(max_length=40, unique=True, default=new_short_token)
    made_by = models.ForeignKey(Membership, models.PROTECT, related_name="join_links_made")
    most = models.PositiveSmallIntegerField()
    used = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = JoinLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="join_link_limited", condition=Q(most__gte=1, most__lte=MOST_BY_ONE_LINK)
            ),
            models.CheckConstraint(
                name="join_link_no_more_than_most", condition=Q(used__lte=F("most"))
            ),
        ]

    def __str__(self):
        return f"{self.space}, {self.created_at:%Y-%m-%d}"

    @property
    def state(self) -> str:
        """revoked, full, expired or open."""
        if self.revoked_at:
            return "revoked"
        if self.used >= self.most:
            return "full"
        return "expired" if self.expires_at <= timezone.now() else "open"

    @property
    def lasts(self) -> dt.timedelta:
        return self.expires_at - self.created_at
