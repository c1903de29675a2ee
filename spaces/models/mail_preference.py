import datetime as dt
import zoneinfo

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spaces.models.notice import NoticeGroup
from spaces.models.person import Person
from spaces.models.space import Space


class MailWay(models.TextChoices):
    """When a mail tells of something."""

    AT_ONCE = "at_once", _("At once")
    DIGEST = "digest", _("In the summary")
    OFF = "off", _("Not by mail")


class DigestRhythm(models.TextChoices):
    """How often the summary comes, in weeks in which something happened."""

    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Once a month")
    NEVER = "never", _("Never")


class WeekDay(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


USUAL = {
    NoticeGroup.QUESTIONS: MailWay.AT_ONCE,
    NoticeGroup.ANSWERS: MailWay.AT_ONCE,
    NoticeGroup.STORIES: MailWay.AT_ONCE,
    NoticeGroup.FRAMING: MailWay.AT_ONCE,
    NoticeGroup.LEADING: MailWay.AT_ONCE,
    NoticeGroup.NEWS: MailWay.DIGEST,
    NoticeGroup.CONSENT: MailWay.AT_ONCE,
}
CHOSEN: list[NoticeGroup] = [
    group for group in NoticeGroup if group != NoticeGroup.CONSENT
]  # that one always goes
NIGHT = dt.time(21), dt.time(7)
DIGEST_AT = dt.time(8)
MORNING = dt.time(8)


class MailPreferenceQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(person=person)

    def everywhere(self):
        """What holds in every space for which nothing else is said."""
        return self.filter(space__isnull=True)

    def in_space(self, space):
        return self.filter(space=space)

    def of_groups(self, groups):
        return self.filter(group__in=groups)

    def said(self) -> dict[str, str]:
        """The way that was chosen for each group."""
        return dict(self.values_list("group", "way"))

    def choose(self, person, space, ways) -> None:
        """Keep what a person chose for a space, or with None for everywhere; the rest is usual."""
        mine = self.for_user(person).filter(space=space)
        mine.delete()
        rows = [self.model(person=person, space=space, group=g, way=w) for g, w in ways.items()]
        self.bulk_create(rows)


class MailPreference(models.Model):
    """When mails tell a person of one group of notices, in one space or everywhere."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="mail_preferences")
    space = models.ForeignKey(
        Space, models.CASCADE, null=True, blank=True, related_name="mail_preferences"
    )
    group = models.CharField(max_length=10, choices=NoticeGroup)
    way = models.CharField(max_length=10, choices=MailWay)

    objects = MailPreferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "space", "group"], name="mail_preference_once"
            ),
            models.UniqueConstraint(
                fields=["person", "group"],
                condition=Q(space__isnull=True),
                name="mail_preference_everywhere_once",
            ),
        ]

    def __str__(self):
        return f"{self.group}: {self.way}"


class MailRhythmQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(person=person)

    def of(self, person):
        """What a person has chosen, else what is usual."""
        return self.for_user(person).first() or self.model(person=person)


class MailRhythm(models.Model):
    """When mail may come to a person at all, and how often its summary.

    Between `quiet_from` and `quiet_until` nothing leaves; it waits. The two alike mean no quiet.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="mail_rhythm")
    digest = models.CharField(
        _("The summary comes"),
        max_length=10,
        choices=DigestRhythm,
        default=DigestRhythm.WEEKLY,
    )
    digest_day = models.PositiveSmallIntegerField(_("On"), choices=WeekDay, default=WeekDay.MONDAY)
    quiet_from = models.TimeField(_("No mail from"), default=NIGHT[0])
    quiet_until = models.TimeField(_("until"), default=NIGHT[1])
    ask_nothing_until = models.DateField(_("Ask me nothing until"), null=True, blank=True)
    own_words = models.BooleanField(_("Put my own words into mails to me"), default=False)

    objects = MailRhythmQuerySet.as_manager()

    def __str__(self):
        return f"{self.person_id}: {self.digest}"

    def here(self, at: dt.datetime) -> dt.datetime:
        """A moment in time as the person's clock shows it."""
        return at.astimezone(zoneinfo.ZoneInfo(self.person.time_zone))

    def quiet_ends(self, at: dt.datetime) -> dt.datetime | None:
        """When the quiet hours end in which a moment lies; None if it lies in none."""
        now, begin, end = self.here(at), self.quiet_from, self.quiet_until
        clock = now.time().replace(tzinfo=None)
        over_midnight = end < begin
        awake = end <= clock < begin if over_midnight else not begin <= clock < end
        if awake:
            return None
        day = now.date() + dt.timedelta(days=1 if clock >= end else 0)
        return self.at(day, end)

    def asks_nothing(self, at: dt.datetime) -> dt.datetime | None:
        """The morning from which the person may be asked again; None if they may be now."""
        until = self.ask_nothing_until
        return self.at(until, MORNING) if until and self.here(at).date() < until else None

    def at(self, day: dt.date, clock: dt.time) -> dt.datetime:
        """That time on that day, by the person's clock."""
        zone = zoneinfo.ZoneInfo(self.person.time_zone)
        return dt.datetime.combine(day, clock, tzinfo=zone)

    def digest_of(self, at: dt.datetime | None = None) -> dt.datetime:
        """When the last summary before a moment was, or is, to go."""
        now = self.here(at or timezone.now())
        day = now.date() - dt.timedelta(days=(now.weekday() - self.digest_day) % 7)
        if self.at(day, DIGEST_AT) > now:
            day -= dt.timedelta(days=7)
        while self.digest == DigestRhythm.MONTHLY and day.day > 7:
            day -= dt.timedelta(days=7)
        return self.at(day, DIGEST_AT)
