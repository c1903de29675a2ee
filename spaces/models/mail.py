import datetime as dt

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_WAIT = dt.timedelta(hours=1)
HANDING_TAKES = dt.timedelta(minutes=10)  # at most; after that whoever handed it over is gone
OF_USE = dt.timedelta(days=7)


def in_a_week():
    return timezone.now() + OF_USE


class MailState(models.TextChoices):
    """What became of a mail, for those who wait for its answer."""

    WAITING = "waiting", _("on its way")
    SENT = "sent", _("taken by the mail server")
    REFUSED = "refused", _("refused by the mail server")
    UNCONFIRMED = "unconfirmed", _("cannot be confirmed")
    GIVEN_UP = "given_up", _("not delivered")


class MailQuerySet(models.QuerySet):
    def due(self, now=None):
        """Mails that nobody is sending now and whose next try has come."""
        return self.filter(next_try_at__lte=now or timezone.now())

    def among(self, keys):
        return self.filter(pk__in=list(keys))

    def claim(self, pk, now=None) -> bool:
        """True for exactly one caller until the next try, which comes later each time."""
        now = now or timezone.now()
        mail = self.due(now).filter(pk=pk).first()
        if mail is None:
            return False
        wait = min(dt.timedelta(minutes=2 ** min(mail.tries, 10)), LONGEST_WAIT)
        same_try = self.filter(pk=pk, tries=mail.tries)
        return same_try.update(tries=F("tries") + 1, next_try_at=now + wait) == 1

    def begin_handing(self, mail, now=None) -> bool:
        """True for exactly one caller: from here on the mail server may take the mail.

        Whoever finds it so later does not know whether it did, and sends it no second time.
        """
        now = now or timezone.now()
        mine = self.filter(pk=mail.pk, tries=mail.tries, handing_since__isnull=True)
        return mine.update(handing_since=now, next_try_at=now + HANDING_TAKES) == 1

    def hand_again(self, mail) -> None:
        """The mail server said that it has not taken it."""
        self.filter(pk=mail.pk).update(handing_since=None)

    def of_no_use(self, now=None):
        """Nobody waits for them any more: a code has ended, a notice is old."""
        return self.filter(of_use_until__lt=now or timezone.now())


class Mail(models.Model):
    """A mail on its way; the row goes when it is sent, or when it is of no use any more.

    `unsubscribe` is the link that switches off mails of its kind by one click of a mail program.
    """

    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=500)
    text = models.TextField()
    html = models.TextField(blank=True)
    from_name = models.CharField(max_length=200, blank=True)
    unsubscribe = models.URLField(max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now, db_index=True)
    handing_since = models.DateTimeField(null=True, blank=True)
    of_use_until = models.DateTimeField(default=in_a_week, db_index=True)

    objects = MailQuerySet.as_manager()

    def __str__(self):
        return f"{self.pk}"
