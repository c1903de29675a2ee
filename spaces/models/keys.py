import datetime as dt
import hashlib
import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from spaces.models.person import Person


class IdempotencyKeyQuerySet(models.QuerySet):
    def old(self, now=None):
        """Keys nobody will send again: a device keeps what was typed for a month."""
        return self.filter(created_at__lt=(now or timezone.now()) - dt.timedelta(days=35))

    def sent(self, person, *keys):
        """Keys of a person's forms that arrived."""
        return self.filter(person=person, key__in=keys).exclude(location="")

    def with_words_of(self, person):
        """Keys under which a person's own words were answered to a program."""
        return self.filter(person=person, answer__isnull=False)


class IdempotencyKey(models.Model):
    """Says that a person's form or call has been carried out, so that sent twice is stored once.

    `words` is a fingerprint of all that was sent: the same key with other words is told apart.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="idempotency_keys")
    key = models.CharField(max_length=64)
    path = models.CharField(max_length=400)
    words = models.CharField(max_length=64, blank=True)
    location = models.CharField(max_length=400, blank=True)
    answer = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = IdempotencyKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="idempotency_key_once"),
        ]

    def __str__(self):
        return self.key


def was_here(since: dt.datetime, *, person: str = "person") -> Q:
    """The condition that a person has signed in, or a program with a key of theirs, since then."""
    used = ApiToken.objects.filter(last_used_on__gte=since.date())
    return Q(**{f"{person}__last_login__gte": since}) | Q(
        **{f"{person}__in": used.values("person")}
    )


class TokenScope(models.TextChoices):
    READ = "read", _("read")
    WRITE = "write", _("read, tell stories and record observations")


def fingerprint(secret: str) -> str:
    """What is stored of a token: its SHA-256, never the token."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiTokenQuerySet(models.QuerySet):
    def usable(self, now=None):
        return self.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=now or timezone.now()),
            revoked_at__isnull=True,
            person__is_active=True,
        )

    def for_user(self, person):
        return self.filter(person=person)

    def revoke(self, now=None) -> None:
        self.filter(revoked_at__isnull=True).update(revoked_at=now or timezone.now())

    def with_secret(self, secret):
        return self.filter(fingerprint=fingerprint(secret))


class ApiToken(models.Model):
    """A personal key to the API with a scope and an end; it can do no more than its person."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("what it is for"), max_length=80, validators=[plain_text])
    fingerprint = models.CharField(max_length=64, unique=True)
    scope = models.CharField(_("scope"), max_length=10, choices=TokenScope, default=TokenScope.READ)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("until"), null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self):
        return self.name


def new_secret() -> str:
    """A fresh token, shown to its person once."""
    return f"ls_{secrets.token_urlsafe(32)}"
