import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from spaces.models import Membership, Person, Space
from valuecreation.cycles import Audience
from valuecreation.models.readers import spaces_read_as_insider, spaces_sponsored


class WorkState(models.TextChoices):
    WAITING = "waiting", _("waiting for a worker")
    WORKING = "working", _("being made")
    READY = "ready", _("ready")
    BROKEN = "broken", _("could not be made")


class WorkQuerySet(models.QuerySet):
    """Rows that a worker brings to an end; the row is the truth, the task only a nudge."""

    def unfinished(self):
        return self.filter(state__in=[WorkState.WAITING, WorkState.WORKING])

    def left_behind(self, now=None):
        """Waiting or claimed for minutes without an end: their task or their worker was lost."""
        now = now or timezone.now()
        return self.filter(
            Q(state=WorkState.WAITING, asked_at__lt=now - dt.timedelta(minutes=1))
            | Q(state=WorkState.WORKING, touched_at__lt=now - dt.timedelta(minutes=5))
        )

    def held_as(self, work):
        """The row while it is worked on in the same try: nobody has taken it over since."""
        return self.filter(pk=work.pk, state=WorkState.WORKING, tries=work.tries)

    def given_up(self, work):
        """The row if it could not be made."""
        return self.filter(pk=work.pk, state=WorkState.BROKEN)

    def claim(self, pk, now=None) -> bool:
        """True for exactly one worker at a time, however often the task is delivered."""
        now = now or timezone.now()
        free = Q(state=WorkState.WAITING) | Q(
            state=WorkState.WORKING, touched_at__lt=now - dt.timedelta(minutes=5)
        )
        return (
            self.filter(free, pk=pk).update(
                state=WorkState.WORKING, touched_at=now, tries=F("tries") + 1, progress=0
            )
            == 1
        )


class Work(models.Model):
    """Something heavier than a page: who asked, how far it is, and how it ended."""

    state = models.CharField(max_length=8, choices=WorkState, default=WorkState.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def advance(self, percent: int) -> None:
        """Write down how far the work is, and that its worker lives."""
        held = type(self).objects.held_as(self)
        held.update(progress=percent, touched_at=timezone.now())

    @property
    def is_unfinished(self) -> bool:
        return self.state in (WorkState.WAITING, WorkState.WORKING)


class Purpose(models.TextChoices):
    REPORT = "report", _("a report")
    RESEARCH = "research", _("research")
    PUBLICATION = "publication", _("publication")


class ReleaseQuerySet(WorkQuerySet):
    def for_user(self, person):
        """Inside the space all releases; a sponsor the finished ones made for them or everybody."""
        made_for_sponsors = Q(audience__in=["organisation", "public"], state=WorkState.READY)
        return self.filter(
            Q(space__in=spaces_read_as_insider(person))
            | Q(made_for_sponsors, space__in=spaces_sponsored(person))
        )

    def in_space(self, space):
        return self.filter(space=space)

    def in_spaces(self, spaces):
        return self.filter(space__in=spaces)

    def newest_first(self):
        return self.order_by("-number")

    def for_lists(self):
        """The rows without what was frozen, with what a page names beside them."""
        people = ("frozen_by", "supersedes")
        return self.defer("content", "supersedes__content").select_related(*people)

    def without_content(self):
        """The rows without what was frozen, with their space."""
        return self.defer("content").select_related("space")

    def ready(self):
        return self.filter(state=WorkState.READY)

    def with_reports(self):
        """The rows with what was printed of them, without the bytes."""
        return self.prefetch_related(
            models.Prefetch("reports", Report.objects.without_content().ready())
        )

    def holding(self, story):
        """Releases that rest on a story; there are few, and databases differ about lists."""
        return self.filter(pk__in=self.in_space(story.space_id).resting_on(story.ref))

    def resting_on(self, ref) -> list[int]:
        """The numbers of those rows that rest on the story of a ref."""
        rows = self.values_list("pk", "stories")
        return [pk for pk, told in rows if any(one["story"] == ref for one in told)]


class Release(Work):
    """A frozen release: what one audience could see of a period for one use, with its hash.

    `content` is its canonical text, compressed (evaluation/presentation/canonical.py), and `sha256`
    the fingerprint of that text. `stories` says what it rests on: each story with the version of
    its wording and what its teller had agreed to.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="releases")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=200, blank=True, validators=[plain_text])
    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("to"))
    audience = models.CharField(_("for"), max_length=15, choices=Audience)
    purpose = models.CharField(_("use"), max_length=12, choices=Purpose, default=Purpose.REPORT)
    as_of = models.DateField()
    asks = models.TextField(
        _("what is asked of the reader"), blank=True, max_length=4000, validators=[plain_text]
    )
    frozen_by = models.ForeignKey(Membership, models.PROTECT, related_name="releases_frozen")
    supersedes = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="superseded_by"
    )
    content = models.BinaryField(blank=True, default=b"")
    sha256 = models.CharField(max_length=64, blank=True)
    stories = models.JSONField(default=list, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["space", "number"], name="release_number_once"),
            models.CheckConstraint(
                name="release_ends_after_start",
                condition=Q(period_end__gte=models.F("period_start")),
            ),
        ]

    def __str__(self):
        return self.label


class Format(models.TextChoices):
    PDF = "pdf", _("PDF to hand over")
    XLSX = "xlsx", _("spreadsheet (XLSX)")
    CSV = "csv", _("tables with codebook (CSV, zipped)")
    JSON = "json", _("everything as JSON")


class ReportQuerySet(WorkQuerySet):
    def for_user(self, person):
        return self.filter(release__in=Release.objects.for_user(person))

    def of_release(self, release):
        return self.filter(release=release)

    def numbered(self, space, number):
        """The reports of one release of a space, with the release but not what was frozen."""
        rows = self.filter(release__space=space, release__number=number)
        return rows.select_related("release__space").defer("content", "release__content")

    def without_content(self):
        """The rows without their bytes, for lists."""
        return self.defer("content")

    def bytes_of(self, report) -> bytes | None:
        """What was printed, as it is kept now."""
        content = self.filter(pk=report.pk).values_list("content", flat=True).first()
        return None if content is None else bytes(content)

    def ready(self):
        return self.filter(state=WorkState.READY)


class Report(Work):
    """A release printed in one format, kept as the bytes that were handed over."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="reports")
    format = models.CharField(max_length=4, choices=Format)
    asked_by = models.ForeignKey(Membership, models.PROTECT, related_name="reports_asked")
    content = models.BinaryField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["release", "format"]
        constraints = [
            models.UniqueConstraint(fields=["release", "format"], name="report_format_once"),
        ]

    def __str__(self):
        return f"{self.release_id}.{self.format}"


class ImportQuerySet(WorkQuerySet):
    def for_user(self, person):
        """Only who uploaded a file sees it and what is wrong with it."""
        return self.filter(asked_by=person)

    def without_content(self):
        """What a page needs; the file itself stays where it is."""
        return self.defer("content").select_related("space")

    def newest_first(self):
        return self.order_by("-asked_at", "-pk")

    def to_be_wanted(self, pk):
        """The row if its file was found good and nobody has asked for its space yet."""
        good = self.filter(pk=pk, state=WorkState.READY, checked=True, wanted=False)
        return good.filter(space__isnull=True, faults=[])


class Import(Work):
    """A space file somebody uploaded: its faults, or what it would create, and what came of it."""

    asked_by = models.ForeignKey(Person, models.CASCADE, related_name="imports")
    name = models.CharField(max_length=200, validators=[plain_text])
    content = models.BinaryField()
    checked = models.BooleanField(default=False)
    wanted = models.BooleanField(default=False)
    faults = models.JSONField(default=list, blank=True)
    preview = models.JSONField(default=dict, blank=True)
    claims = models.CharField(max_length=40, blank=True, default="")
    space = models.ForeignKey(Space, models.SET_NULL, null=True, blank=True, related_name="imports")

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self):
        return self.name

    @property
    def as_of(self) -> dt.date:
        """The day of the file, once it was found good."""
        return dt.date.fromisoformat(self.preview["as_of"])
