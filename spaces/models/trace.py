from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spaces.models.joining import LedByQuerySet
from spaces.models.keys import ApiToken
from spaces.models.person import Person
from spaces.models.space import Space


class TraceKind(models.TextChoices):
    """What can be handed over that holds people's stories."""

    RELEASE = "release", _("the dataset itself")
    REPORT = "report", _("a report")
    SPACE_FILE = "space_file", _("a space file")
    EXPORT = "export", _("the whole space, by those who run this site")
    API = "api", _("stories read by a program")


class Through(models.TextChoices):
    """The way by which something was handed over."""

    BROWSER = "browser", _("in the browser")
    KEY = "key", _("with a key")
    COMMAND = "command", _("on the server")


class TraceQuerySet(LedByQuerySet):
    def like(self, trace):
        """The row that says the same of the same day, or of the same key."""
        if trace.token_id:
            return self.filter(space=trace.space_id, token=trace.token_id)
        return self.filter(
            space=trace.space_id,
            person=trace.person_id,
            kind=trace.kind,
            label=trace.label,
            format=trace.format,
            on=trace.on,
        )

    def again(self, now=None) -> int:
        """Counts one more time that the same was handed to the same person."""
        return self.update(times=F("times") + 1, fetched_at=now or timezone.now())

    def of(self, kinds, number):
        """Those of one numbered thing of a space."""
        return self.filter(kind__in=list(kinds), number=number)

    def of_person(self, person):
        return self.filter(person=person)

    def newest_first(self):
        return self.order_by("-fetched_at", "-pk")


class Trace(models.Model):
    """Somebody was handed what holds people's stories: what, whom, when, and how often that day.

    `person` is nobody where those who run the site wrote a file, and once an account was closed.
    What a program reads with one key is one trace, however long it goes on.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="traces")
    kind = models.CharField(max_length=10, choices=TraceKind)
    number = models.PositiveIntegerField(null=True, blank=True)
    label = models.CharField(max_length=120)
    format = models.CharField(max_length=10, blank=True)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="traces"
    )
    token = models.ForeignKey(
        ApiToken, models.SET_NULL, null=True, blank=True, related_name="traces"
    )
    through = models.CharField(max_length=7, choices=Through, default=Through.BROWSER)
    on = models.DateField()
    times = models.PositiveIntegerField(default=1)
    fetched_at = models.DateTimeField(default=timezone.now)

    objects = TraceQuerySet.as_manager()

    class Meta:
        ordering = ["-fetched_at", "-pk"]
        indexes = [models.Index(fields=["space", "-fetched_at"], name="trace_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person", "kind", "label", "format", "on"],
                condition=Q(person__isnull=False, through="browser"),
                name="trace_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["space", "token"],
                condition=Q(token__isnull=False),
                name="trace_once_a_key",
            ),
        ]

    def __str__(self):
        return self.label


class ApiReadsQuerySet(models.QuerySet):
    def for_user(self, person):
        """Whose key it is."""
        return self.filter(token__person=person)

    def of_day(self, token, space, on):
        return self.filter(token=token, space=space, on=on)

    def in_space(self, space):
        return self.filter(space=space)

    def with_keys(self):
        return self.select_related("token", "space")

    def newest_first(self):
        return self.order_by("-on", "-pk")


class ApiReads(models.Model):
    """How often a program read in a space with one key on one day."""

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="reads")
    space = models.ForeignKey(Space, models.CASCADE, related_name="api_reads")
    on = models.DateField()
    times = models.PositiveIntegerField(default=0)

    objects = ApiReadsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token", "space", "on"], name="api_reads_once_a_day"),
        ]

    def __str__(self):
        return f"{self.token_id}: {self.times}"
