from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from spaces.models import Membership, Space
from valuecreation.models import Moment, StoryStep
from valuecreation.models.readers import spaces_read_as_insider


class VersionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    AGREED = "agreed", _("agreed")


class FramingVersionQuerySet(models.QuerySet):
    def for_user(self, person):
        """Agreed versions for everybody in the space; drafts for those inside it."""
        return self.filter(
            Q(state=VersionState.AGREED, space__in=Space.objects.for_user(person))
            | Q(space__in=spaces_read_as_insider(person))
        )

    def in_space(self, space):
        return self.filter(space=space)

    def agreed(self):
        return self.filter(state=VersionState.AGREED)

    def drafts(self):
        return self.filter(state=VersionState.DRAFT)

    def newest_first(self):
        return self.order_by("-number")

    def before(self, version):
        """Earlier versions of the same space, the newest first."""
        return self.filter(space=version.space_id, number__lt=version.number).newest_first()

    def current_on(self, day):
        """The version in force on a day: the newest agreed by then."""
        return self.agreed().filter(agreed_on__lte=day).order_by("-number").first()


class FramingVersion(models.Model):
    """What a space says for now: the difference it cares about, what it hopes and is unsure of.

    Immutable once agreed; a change is a new version with its reason (docs/field.md: Framing).
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="framing_versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=VersionState, default=VersionState.DRAFT)
    agreed_on = models.DateField(null=True, blank=True)
    agreed_by = models.ManyToManyField(Membership, blank=True, related_name="framings_agreed")
    event_words = models.CharField(max_length=300, blank=True, validators=[plain_text])
    difference = models.TextField(
        _("the difference we care about"), max_length=4000, validators=[plain_text]
    )
    reason = models.TextField(
        _("why we reframe"), blank=True, max_length=20000, validators=[plain_text]
    )
    agreement = models.TextField(
        _("how we take part and treat each other"),
        blank=True,
        max_length=20000,
        validators=[plain_text],
    )
    review_on = models.DateField(_("when we look again"), null=True, blank=True)
    answers_until = models.DateField(_("the day it stands"), null=True, blank=True)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    created_at = models.DateTimeField(default=timezone.now)
    extra = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = FramingVersionQuerySet.as_manager()

    class Meta:
        ordering = ["space", "number"]
        constraints = [
            models.UniqueConstraint(fields=["space", "number"], name="framing_number_once"),
            models.UniqueConstraint(
                fields=["space"],
                condition=Q(state="draft"),
                name="framing_one_draft",
                violation_error_message=_("There is a draft already. Work on it together."),
            ),
            models.CheckConstraint(
                name="framing_agreed_has_day",
                condition=Q(state="draft") | Q(agreed_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.space_id}: {self.number}"

    @property
    def is_agreed(self):
        return self.state == VersionState.AGREED


class ReframingQuerySet(models.QuerySet):
    def for_user(self, person):
        """Causes of readable versions, where the moment itself may be read."""
        return self.filter(
            Exists(Moment.objects.for_user(person).filter(pk=OuterRef("moment"))),
            version__in=FramingVersion.objects.for_user(person),
        )

    def for_reader(self, space, person):
        """The same within one space that the person is in now."""
        readable = Moment.objects.for_reader(space, person).filter(pk=OuterRef("moment"))
        versions = FramingVersion.objects.for_user(person).filter(space=space)
        return self.filter(Exists(readable), version__in=versions)

    def of_version(self, version):
        return self.filter(version=version)

    def with_moments(self):
        """What a page needs to show each moment and the story it stands in."""
        return self.select_related(
            "moment__agent", "moment__for_whom", "moment__other_space"
        ).prefetch_related(models.Prefetch("moment__steps", StoryStep.objects.with_stories()))


class Reframing(models.Model):
    """A moment that caused a version: the loop that came back to the framing and changed it.

    `led_here` says that the moment itself flowed into the change; otherwise it was one of the
    reasons.
    """

    version = models.ForeignKey(FramingVersion, models.CASCADE, related_name="reframings")
    moment = models.ForeignKey(Moment, models.CASCADE, related_name="+")
    led_here = models.BooleanField(default=True)

    objects = ReframingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "moment"], name="reframing_once"),
        ]

    def __str__(self):
        return f"{self.moment_id} → {self.version_id}"
