import datetime as dt
import secrets

from django.db import models
from django.db.models import Case, Count, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from spaces.models.mail import Mail, MailState
from spaces.models.membership import Membership, RoleAssignment
from spaces.models.person import Person
from spaces.models.space import Space, SpaceState
from spaces.permissions import LEADERS, Role

INVITATION_LASTS = dt.timedelta(days=30)
SENT_AGAIN_AFTER = dt.timedelta(hours=1)


def new_token() -> str:
    return secrets.token_urlsafe(32)


MAIL_IN_TROUBLE = (MailState.REFUSED, MailState.UNCONFIRMED, MailState.GIVEN_UP)


class LedByQuerySet(models.QuerySet):
    """Rows that only those who lead the space may read."""

    def for_user(self, person):
        leading = RoleAssignment.objects.giving_access().filter(
            role__in=[str(role) for role in LEADERS], membership__person=person
        )
        return self.filter(space__in=leading.values("membership__space"))

    def in_space(self, space):
        return self.filter(space=space)


class InvitationQuerySet(LedByQuerySet):
    def open(self, now=None):
        """Neither redeemed, nor revoked, nor expired."""
        return self.filter(
            redeemed_at__isnull=True,
            revoked_at__isnull=True,
            expires_at__gt=now or timezone.now(),
        )

    def unanswered(self):
        """Neither redeemed nor revoked; each address has at most one such in a space."""
        return self.filter(redeemed_at__isnull=True, revoked_at__isnull=True)

    def with_space(self):
        return self.select_related("space", "invited_by", "claims")

    def waiting(self):
        """Open ones whose mail has not gone out."""
        return self.open().filter(sent_at__isnull=True)

    def left_behind(self, now=None):
        """Waiting for minutes: their task was lost."""
        now = now or timezone.now()
        return self.waiting().filter(created_at__lt=now - dt.timedelta(minutes=2))

    def since(self, moment):
        return self.filter(created_at__gte=moment)

    def by_person(self, person):
        return self.filter(invited_by__person=person)

    def asked_often(self, times) -> set[str]:
        """The addresses that so many of these invitations went to."""
        counted = self.order_by().values("email").annotate(times=Count("pk"))
        return set(counted.filter(times__gte=times).values_list("email", flat=True))

    def with_token(self, token):
        """The invitation to which a link leads, mailed or handed over."""
        return self.filter(Q(token=token) | Q(handed_token=token))

    def of_mail(self, mail):
        return self.filter(mail=mail)

    def mail_became(self, state, now=None) -> None:
        """Note what became of the mail; from the day it is taken a person has the full time."""
        now = now or timezone.now()
        if state == MailState.SENT:
            self.open(now).update(expires_at=now + INVITATION_LASTS)
        self.update(mail_state=state, mail_state_at=now)

    def trouble_first(self):
        """Those that wait for somebody to see to their mail, then the newest."""
        stuck = Q(mail_state__in=MAIL_IN_TROUBLE) | Q(mail__tries__gt=0)
        waiting = Q(redeemed_at__isnull=True, revoked_at__isnull=True)
        first = Case(When(stuck & waiting, then=0), default=1)
        return self.order_by(first, "-created_at", "-pk")

    def claim_sending(self, pk) -> bool:
        """True for exactly one caller, however often the task is delivered."""
        return self.waiting().filter(pk=pk).update(sent_at=timezone.now()) == 1


class Invitation(models.Model):
    """An invitation by e-mail to take part in a space, redeemed by a click that posts.

    Two links lead to it. Whoever has the mailed one reads the mail of its address; the other can
    be handed over by those who lead the space, and proves nothing.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120, blank=True, validators=[plain_text])
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.PARTICIPANT)
    message = models.TextField(
        _("a few words"), blank=True, max_length=2000, validators=[plain_text]
    )
    claims = models.ForeignKey(
        Membership, models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    token = models.CharField(max_length=64, unique=True, default=new_token)
    handed_token = models.CharField(max_length=64, unique=True, default=new_token)
    mail = models.ForeignKey(
        Mail, models.SET_NULL, null=True, blank=True, related_name="invitations"
    )
    mail_state = models.CharField(max_length=12, choices=MailState, default=MailState.WAITING)
    mail_state_at = models.DateTimeField(default=timezone.now)
    invited_by = models.ForeignKey(Membership, models.PROTECT, related_name="invitations_made")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    redeemed_at = models.DateTimeField(null=True, blank=True)
    redeemed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="invitations_redeemed"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "email"],
                condition=Q(redeemed_at__isnull=True, revoked_at__isnull=True),
                name="invitation_open_once",
            ),
        ]

    def __str__(self):
        return self.email

    @property
    def state(self):
        """redeemed, revoked, expired or open."""
        if self.redeemed_at:
            return "redeemed"
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at <= timezone.now() else "open"

    @property
    def was_sent_lately(self) -> bool:
        """True if the mail server took the mail within the hour: it may not be read yet."""
        since = timezone.now() - SENT_AGAIN_AFTER
        return self.mail_state == MailState.SENT and self.mail_state_at >= since

    @property
    def mail_is_in_trouble(self) -> bool:
        """True if the mail server has not taken the mail, or nobody knows whether it has."""
        return self.mail_state in MAIL_IN_TROUBLE or bool(self.mail and self.mail.tries)


class RequestState(models.TextChoices):
    WAITING = "waiting", _("waiting for an answer")
    WELCOMED = "welcomed", _("welcomed")
    DECLINED = "declined", _("declined")


class JoinRequestQuerySet(LedByQuerySet):
    def waiting(self):
        return self.filter(state=RequestState.WAITING)

    def of_person(self, person):
        return self.filter(person=person)

    def to_open_spaces(self):
        """Those that can still be answered with a welcome."""
        return self.exclude(space__state=SpaceState.CLOSED)


class JoinRequest(models.Model):
    """Somebody asks to take part in a space whose boundary is by request."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="join_requests")
    person = models.ForeignKey(Person, models.CASCADE, related_name="join_requests")
    cares = models.TextField(blank=True, max_length=4000, validators=[plain_text])
    unsure = models.TextField(blank=True, max_length=4000, validators=[plain_text])
    entry_story = models.TextField(blank=True, max_length=8000, validators=[plain_text])
    notice = models.TextField(blank=True, max_length=4000, validators=[plain_text])
    practice = models.CharField(max_length=200, blank=True, validators=[plain_text])
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="requests_answered"
    )
    answer = models.TextField(blank=True, max_length=2000, validators=[plain_text])

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"],
                condition=Q(state="waiting"),
                name="join_request_once",
            ),
        ]

    def __str__(self):
        return f"{self.person} → {self.space}"
