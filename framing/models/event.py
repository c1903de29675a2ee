from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from framing.models.version import FramingVersion
from learningspaces.lib.text import plain_text
from spaces.models import Membership, Space
from valuecreation.cycles import Cycle
from valuecreation.models.story import spaces_read_as_insider


class EventState(models.TextChoices):
    PLANNED = "planned", _("planned")
    RUNNING = "running", _("going on")
    DONE = "done", _("held")


class FramingEventQuerySet(models.QuerySet):
    def for_user(self, person):
        """Events of the spaces a person is inside of, and those a sponsor is invited to."""
        return self.filter(
            Q(space__in=spaces_read_as_insider(person))
            | Q(
                pk__in=self.model.people.through.objects.filter(
                    membership__person=person, membership__left_on__isnull=True
                ).values("framingevent")
            )
        )

    def in_space(self, space):
        return self.filter(space=space)

    def coming(self, now=None):
        """Planned or going on, the nearest first."""
        return self.exclude(state=EventState.DONE).order_by("starts_at", "pk")


class FramingEvent(models.Model):
    """A gathering at which people say what they hope and doubt; it ends in a draft version."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="framing_events")
    title = models.CharField(_("title"), max_length=200, validators=[plain_text])
    starts_at = models.DateTimeField(_("when"))
    place = models.CharField(_("where"), max_length=200, blank=True, validators=[plain_text])
    facilitator = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="framing_events_led"
    )
    people = models.ManyToManyField(Membership, blank=True, related_name="framing_events")
    state = models.CharField(max_length=8, choices=EventState, default=EventState.PLANNED)
    current_step = models.ForeignKey(
        "framing.FramingStep", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.ForeignKey(
        FramingVersion, models.SET_NULL, null=True, blank=True, related_name="events"
    )
    board_version = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)

    objects = FramingEventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]

    def __str__(self):
        return self.title


class FramingStep(models.Model):
    """One step of a framing event's agenda."""

    event = models.ForeignKey(FramingEvent, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120, validators=[plain_text])
    prompt = models.CharField(max_length=300, blank=True, validators=[plain_text])
    minutes = models.PositiveSmallIntegerField(default=15)
    with_sponsor = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["event", "order"]
        constraints = [
            models.UniqueConstraint(fields=["event", "order"], name="framing_step_order_once"),
        ]

    def __str__(self):
        return self.title


class ContributionKind(models.TextChoices):
    HOPE = "hope", _("a hope")
    DOUBT = "doubt", _("a doubt")


class ContributionQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(event__in=FramingEvent.objects.for_user(person))


class Contribution(models.Model):
    """One note on the board of a framing event: somebody's hope or doubt in one cycle."""

    event = models.ForeignKey(FramingEvent, models.CASCADE, related_name="contributions")
    cycle = models.CharField(max_length=15, choices=Cycle)
    kind = models.CharField(max_length=6, choices=ContributionKind, default=ContributionKind.HOPE)
    text = models.TextField(max_length=2000, validators=[plain_text])
    by = models.ForeignKey(Membership, models.CASCADE, related_name="contributions")
    joined_by = models.ManyToManyField(Membership, blank=True, related_name="contributions_joined")
    written_at = models.DateTimeField(default=timezone.now)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self):
        return self.text[:60]
