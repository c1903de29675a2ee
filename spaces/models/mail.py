import datetime as dt

from django.db import models
from django.db.models import F
from django.utils import timezone

LONGEST_WAIT = dt.timedelta(hours=1)
OF_NO_USE_AFTER = dt.timedelta(days=1)


class MailQuerySet(models.QuerySet):
    def due(self, now=None):
        """Mails that nobody is sending now and whose next try has come."""
        return self.filter(next_try_at__lte=now or timezone.now())

    def claim(self, pk, now=None) -> bool:
        """True for exactly one caller until the next try, which comes later each time."""
        now = now or timezone.now()
        mail = self.due(now).filter(pk=pk).first()
        if mail is None:
            return False
        wait = min(dt.timedelta(minutes=2**mail.tries), LONGEST_WAIT)
        same_try = self.filter(pk=pk, tries=mail.tries)
        return same_try.update(tries=F("tries") + 1, next_try_at=now + wait) == 1

    def of_no_use(self, now=None):
        """A day old: codes have ended, and whatever else it said can be seen on a page."""
        return self.filter(created_at__lt=(now or timezone.now()) - OF_NO_USE_AFTER)


class Mail(models.Model):
    """A mail on its way; the row goes when it is sent, or when it is of no use any more."""

    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=500)
    text = models.TextField()
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = MailQuerySet.as_manager()

    def __str__(self):
        return f"{self.pk}"
