import datetime as dt
import zoneinfo
from collections.abc import Iterator

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone

from spaces.models.mail import Mail, MailState
from spaces.models.mail_preference import DIGEST_AT, DigestRhythm
from spaces.models.membership import Membership
from spaces.models.person import Person


class DigestQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(person=person)

    def of_mail(self, mail):
        return self.filter(mail=mail)

    def mail_became(self, state) -> None:
        """Note what became of the mail."""
        self.update(mail_state=state)

    def last_of(self, person):
        """The one before, whether there was anything to tell or not."""
        return self.for_user(person).order_by("-upto").first()

    def people_due(self, now) -> Iterator[int]:
        """Whose summary is to be written: it is past eight on their day, by their clock.

        Who is missed, because no worker ran, gets it within two days, or the week after.
        """
        zones = Person.objects.filter(is_active=True).order_by().values_list("time_zone", flat=True)
        for zone in zones.distinct():
            here = now.astimezone(zoneinfo.ZoneInfo(zone))
            last = here.date() - dt.timedelta(days=1 if here.time() < DIGEST_AT else 0)
            for day in (last, last - dt.timedelta(days=1)):
                yield from self._due_on(day, zone)

    def _due_on(self, day: dt.date, zone: str):
        usual = {"day": Coalesce("mail_rhythm__digest_day", 0)}
        usual["often"] = Coalesce("mail_rhythm__digest", models.Value(DigestRhythm.WEEKLY))
        written = self.model.objects.filter(person=OuterRef("pk"), week=week_of(day))
        here = Membership.objects.filter(person=OuterRef("pk"), left_on__isnull=True)
        people = Person.objects.annotate(**usual).filter(
            ~Exists(written), Exists(here), is_active=True, time_zone=zone, day=day.weekday()
        )
        often = [DigestRhythm.WEEKLY, DigestRhythm.MONTHLY][: 2 if day.day <= 7 else 1]
        rows = people.filter(often__in=often).order_by("pk").values_list("pk", flat=True)
        return list(rows)

    def claim(self, person, upto) -> "Digest | None":
        """The row of a person's summary up to a time, for exactly one caller a week; else nothing.

        Whoever else claims the same waits until this transaction ends, and then finds it taken.
        """
        week = week_of(upto.date())
        row, made = self.get_or_create(person=person, week=week, defaults={"upto": upto})
        return row if made else None


def week_of(day: dt.date) -> dt.date:
    """The Monday of the week that a day lies in."""
    return day - dt.timedelta(days=day.weekday())


class Digest(models.Model):
    """The summary of one person's spaces, once a week; without a mail if nothing was to be told."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="digests")
    week = models.DateField()
    upto = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, blank=True, related_name="digests")
    mail_state = models.CharField(max_length=12, choices=MailState, blank=True, default="")

    objects = DigestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "week"], name="digest_once"),
        ]

    def __str__(self):
        return f"{self.person_id} {self.week}"

    def carried_by(self, mail: Mail) -> None:
        """Its mail is in the outbox."""
        self.mail, self.mail_state = mail, MailState.WAITING
        self.save(update_fields=["mail", "mail_state"])
