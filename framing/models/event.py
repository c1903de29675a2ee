import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from framing.models.version import FramingVersion
from learningspaces.lib.text import plain_text
from spaces.models import Membership, Space
from valuecreation.cycles import Cycle
from valuecreation.models.readers import spaces_read_as_insider


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

    def with_board_for(self, person):
        """Events whose board a person may read now; an invited sponsor at their steps only."""
        return self.for_user(person).filter(
            Q(space__in=spaces_read_as_insider(person))
            | Q(state=EventState.RUNNING, current_step__with_sponsor=True)
        )

    def in_space(self, space):
        return self.filter(space=space)

    def with_pk(self, pk):
        return self.filter(pk=pk)

    def coming(self):
        """Planned or going on, the nearest first."""
        return self.exclude(state=EventState.DONE).order_by("starts_at", "pk")

    def held(self):
        return self.filter(state=EventState.DONE).order_by("-starts_at", "-pk")

    def with_people(self):
        return self.select_related("facilitator", "current_step", "version", "space")


class FramingEvent(models.Model):
    """A gathering at which people say what they hope and doubt; it ends in a draft version.

    `columns` holds, for every column of the board and for its head, the `board_version` at which
    it last changed. `handed_over` holds what the event put into its draft when it ended, and how
    the draft stood then, so that an event ended too early can be opened again.
    """

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
    columns = models.JSONField(default=dict, blank=True)
    handed_over = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = FramingEventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]

    def __str__(self):
        return self.title

    @property
    def is_running(self):
        return self.state == EventState.RUNNING

    @property
    def is_done(self):
        return self.state == EventState.DONE


class InvitationAnswerQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(event__in=FramingEvent.objects.for_user(person))

    def to_event(self, event):
        return self.filter(event=event)

    def by_person(self, person):
        return self.filter(by__person=person)

    def by_member(self, membership):
        return self.filter(by=membership)

    def coming(self):
        """Answers of those who said they will come and are still in the space."""
        return self.filter(coming=True, by__left_on__isnull=True)


class InvitationAnswer(models.Model):
    """Somebody said whether they come to a framing event; the last answer counts."""

    event = models.ForeignKey(FramingEvent, models.CASCADE, related_name="answers")
    by = models.ForeignKey(Membership, models.CASCADE, related_name="event_answers")
    coming = models.BooleanField()
    answered_at = models.DateTimeField(default=timezone.now)

    objects = InvitationAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "by"], name="invitation_answered_once"),
        ]

    def __str__(self):
        return f"{self.by_id}: {self.coming}"


class FramingStep(models.Model):
    """One step of a framing event's agenda."""

    event = models.ForeignKey(FramingEvent, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(_("step"), max_length=120, validators=[plain_text])
    prompt = models.CharField(_("what to ask"), max_length=300, blank=True, validators=[plain_text])
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)
    with_sponsor = models.BooleanField(_("with the sponsor"), default=False)
    started_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["event", "order"]
        constraints = [
            models.UniqueConstraint(fields=["event", "order"], name="framing_step_order_once"),
        ]

    def __str__(self):
        return self.title

    @property
    def ends_at(self):
        """When the step's time is up; None before it has begun."""
        return self.started_at and self.started_at + dt.timedelta(minutes=self.minutes)


class BoardNoteKind(models.TextChoices):
    HOPE = "hope", _("a hope")
    DOUBT = "doubt", _("a doubt")


class BoardNoteQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(event__in=FramingEvent.objects.with_board_for(person))

    def on_board(self, event):
        return self.filter(event=event)

    def carried_over(self):
        """Notes that go into the draft: all but the duplicates that were set aside."""
        return self.filter(set_aside=False)

    def written_by(self, membership):
        return self.filter(by=membership)

    def sent_as(self, key):
        return self.filter(once=key)

    def authors(self) -> int:
        """How many people have written."""
        return self.order_by().values("by").distinct().count()

    def with_people(self):
        return self.select_related("by").prefetch_related("joined_by")


class BoardNote(models.Model):
    """One note on the board of a framing event: somebody's hope or doubt in one cycle."""

    event = models.ForeignKey(FramingEvent, models.CASCADE, related_name="contributions")
    cycle = models.CharField(max_length=15, choices=Cycle)
    kind = models.CharField(max_length=6, choices=BoardNoteKind, default=BoardNoteKind.HOPE)
    text = models.TextField(max_length=2000, validators=[plain_text])
    by = models.ForeignKey(Membership, models.CASCADE, related_name="contributions")
    joined_by = models.ManyToManyField(Membership, blank=True, related_name="contributions_joined")
    set_aside = models.BooleanField(default=False)
    once = models.CharField(max_length=64, blank=True, default="")
    written_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=0)

    objects = BoardNoteQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "by", "once"],
                condition=~Q(once=""),
                name="contribution_sent_once",
            ),
        ]

    def __str__(self):
        return self.text[:60]
