from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from spaces.models import Membership, Space
from valuecreation.cycles import Audience
from valuecreation.models.moment import Moment
from valuecreation.models.story import StoryStep


class FlowKind(models.TextChoices):
    FORWARD = "forward", _("led to")
    RETURN = "return", _("came back to the space")
    CROSS_SPACE = "cross_space", _("went into another space")
    ENABLING = "enabling", _("made possible")
    REFRAMING = "reframing", _("changed the framing")


class FlowStatus(models.TextChoices):
    HAPPENED = "happened", _("happened")
    AWAITED = "awaited", _("hoped for or promised")
    BLOCKED = "blocked", _("blocked")
    DORMANT = "dormant", _("kept for later")
    ABANDONED = "abandoned", _("let go")


class BlockedReason(models.TextChoices):
    """What stood in the way of an idea, never of a person (docs/field.md: Flows and loops)."""

    NO_TIME = "no_time", _("no time")
    NO_AUTHORITY = "no_authority", _("nobody could allow it")
    NO_EQUIPMENT = "no_equipment", _("no equipment")
    NO_OPPORTUNITY = "no_opportunity", _("no opportunity")
    NO_CONFIDENCE = "no_confidence", _("not enough confidence")
    POOR_FIT = "poor_fit", _("it did not fit")
    RISK = "risk", _("too risky")
    BLOCKED_BY_RULE = "blocked_by_rule", _("a rule forbids it")
    FORGOTTEN = "forgotten", _("it was forgotten")
    LOST_INTEREST = "lost_interest", _("interest moved on")
    OTHER = "other", _("something else")


BOTH_MOMENTS = (
    "source__agent",
    "source__other_space",
    "target__agent",
    "target__other_space",
)


class FlowQuerySet(models.QuerySet):
    def for_user(self, person, on=None):
        """Flows whose both ends a person may read."""
        return self.between(Moment.objects.for_user(person, on))

    def for_audience(self, audience, on):
        return self.between(Moment.objects.for_audience(audience, on))

    def between(self, moments):
        """Flows with both ends, or the only end, among moments."""
        return self.filter(
            Exists(moments.filter(pk=OuterRef("source"))),
            Q(target__isnull=True) | Q(Exists(moments.filter(pk=OuterRef("target")))),
        )

    def in_space(self, space):
        return self.filter(space=space)

    def happened(self):
        return self.filter(status=FlowStatus.HAPPENED)

    def returns(self):
        return self.filter(kind=FlowKind.RETURN)

    def stalled(self, on):
        """Ways of which somebody asked and was told that they do not go on."""
        asked = self.filter(stalled=True, asked_on__lte=on)
        return asked.exclude(status=FlowStatus.HAPPENED)

    def into_other_spaces(self):
        return self.filter(kind=FlowKind.CROSS_SPACE)

    def newest_first(self, after=None):
        """The latest first; `after` holds the (day, pk) shown last."""
        rows = self.order_by("-pk")
        return rows if after is None else rows.filter(pk__lt=after[1])

    def with_both_moments(self):
        """What a list needs to show who asked, and where the flow begins and ends."""
        return self.select_related("asked_by", *BOTH_MOMENTS)

    def numbered(self, pks):
        return self.filter(pk__in=pks)

    def joining_all(self, moments):
        """Flows with both ends among some moments."""
        return self.filter(source__in=moments, target__in=moments)

    def at_either_end(self, moments):
        """Flows that begin or end in one of some moments."""
        return self.filter(Q(source__in=moments) | Q(target__in=moments))

    def touching_story(self, story):
        """Flows that begin or end in a story."""
        return self.at_either_end(Moment.objects.filter(steps__story=story))

    def joining(self, source, target):
        return self.filter(source=source, target=target)

    def leaving(self, moment_ids):
        return self.filter(source__in=moment_ids, target__isnull=False)

    def leading_nowhere(self, moment):
        """Ways out of a moment that name no end."""
        return self.filter(source=moment, target__isnull=True, framing_number__isnull=True)

    def within(self, story):
        """Flows that begin and end in a story, or begin there and name no end."""
        moments = Moment.objects.filter(steps__story=story)
        return self.filter(Q(target__isnull=True) | Q(target__in=moments), source__in=moments)

    def claimed_by_collector(self, story):
        """What whoever wrote a story down proposed as leading on, until its teller agrees."""
        return self.within(story).filter(claimed_by=story.collector)

    def touching(self, moment):
        return self.filter(Q(source=moment) | Q(target=moment))

    def exclude_reframing(self):
        return self.exclude(kind=FlowKind.REFRAMING)

    def arriving(self, moment):
        return self.filter(target=moment)

    def not_after(self, day):
        """Flows to hopes, and to what happened by a day; all of them without a day."""
        if day is None:
            return self
        return self.filter(Q(target__occurred_on__isnull=True) | Q(target__occurred_on__lte=day))

    def target_ids(self):
        return self.values_list("target", flat=True)

    def awaited(self):
        return self.filter(status=FlowStatus.AWAITED)

    def still_open(self):
        """Ways that neither happened nor were let go."""
        return self.filter(status__in=[FlowStatus.AWAITED, FlowStatus.BLOCKED, FlowStatus.DORMANT])

    def with_ends(self):
        """What a page needs to name both ends, and the stories they stand in."""
        return self.select_related(
            "source__agent", "target__agent", "target__other_space", "claimed_by", "asked_by"
        ).prefetch_related(
            models.Prefetch("source__steps", StoryStep.objects.with_stories()),
            models.Prefetch("target__steps", StoryStep.objects.with_stories()),
        )

    def in_file_order(self):
        return self.order_by("pk")


class Flow(models.Model):
    """Value in one cycle becoming value in another because somebody did something."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="flows")
    source = models.ForeignKey(Moment, models.CASCADE, related_name="flows_out")
    target = models.ForeignKey(
        Moment, models.CASCADE, null=True, blank=True, related_name="flows_in"
    )
    kind = models.CharField(max_length=12, choices=FlowKind, default=FlowKind.FORWARD)
    status = models.CharField(max_length=10, choices=FlowStatus, default=FlowStatus.HAPPENED)
    framing_number = models.PositiveSmallIntegerField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=20, choices=BlockedReason, blank=True, default="")
    note = models.TextField(blank=True, max_length=20000, validators=[plain_text])
    stalled = models.BooleanField(default=False)
    asked_on = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="flows_asked_about"
    )
    claimed_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="flows_claimed"
    )
    extra = models.JSONField(default=dict, blank=True)

    objects = FlowQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["space", "-id"], condition=Q(stalled=True), name="flow_stalled"),
            models.Index(
                fields=["space", "-id"], condition=Q(kind="cross_space"), name="flow_elsewhere"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="flow_happened_has_target",
                condition=~Q(status="happened")
                | Q(target__isnull=False)
                | Q(kind="reframing", framing_number__isnull=False),
                violation_error_message=_("A flow that happened must lead somewhere."),
            ),
            models.CheckConstraint(
                name="flow_leads_elsewhere",
                condition=Q(target__isnull=True) | ~Q(target=F("source")),
            ),
            models.CheckConstraint(
                name="flow_stalled_has_reason",
                condition=Q(stalled=False)
                | (~Q(reason="") & Q(asked_on__isnull=False) & Q(asked_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="flow_other_reason_explained", condition=~Q(reason="other") | ~Q(note="")
            ),
            models.UniqueConstraint(
                fields=["source", "target"],
                condition=Q(target__isnull=False),
                name="flow_once",
            ),
        ]

    def __str__(self):
        return f"{self.source_id} → {self.target_id or self.framing_number}"


class UptakeKind(models.TextChoices):
    MOMENT = "moment", _("a moment of somebody else")
    AGENDA_ITEM = "agenda_item", _("an agenda item")
    COMMITMENT = "commitment", _("a commitment")
    FRAMING_VERSION = "framing_version", _("a framing version")
    WORDS = "words", _("somebody's words")


class UptakeQuerySet(models.QuerySet):
    def in_story(self, story):
        """Uptakes of a story's moments, with who said so."""
        return self.filter(moment__steps__story=story).select_related("by")

    def for_user(self, person, on=None):
        """Uptakes of moments a person may read; their words never leave the space."""
        return self.filter(
            Exists(Moment.objects.for_user(person, on).filter(pk=OuterRef("moment"))),
            moment__space__in=Space.objects.for_user(person, on),
        )

    def numbered(self, pks):
        return self.filter(pk__in=pks)


class Uptake(models.Model):
    """Says that what somebody brought back was taken up by somebody else, and by what."""

    moment = models.ForeignKey(Moment, models.CASCADE, related_name="uptakes")
    kind = models.CharField(max_length=20, choices=UptakeKind, default=UptakeKind.WORDS)
    label = models.CharField(max_length=4000, validators=[plain_text])
    by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="uptakes"
    )
    taken_up_on = models.DateField(null=True, blank=True)
    framing_number = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = UptakeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.label[:60]


class LoopStatus(models.TextChoices):
    CLOSED = "closed", _("closed loop")
    OPEN = "open", _("open return: told, not taken up")
    NO_APPLIED = "no_applied", _("not a learning loop")


class LoopReadingQuerySet(models.QuerySet):
    def for_audience(self, audience):
        return self.filter(audience=audience)

    def in_space(self, space):
        return self.filter(space=space)

    def that_are(self, status):
        return self.filter(status=status)

    def with_both_moments(self):
        return self.select_related(*(f"flow__{name}" for name in BOTH_MOMENTS))

    def of_flows(self, flows):
        return self.filter(flow__in=flows)

    def newest_first(self, after=None):
        """The latest first; `after` holds the (day, pk of the flow) shown last."""
        rows = self.order_by("-flow")
        return rows if after is None else rows.filter(flow__lt=after[1])

    def for_user(self, person):
        """Readings of returns a person may see, worked out for what they read as."""
        return self.filter(flow__in=Flow.objects.for_user(person))


class LoopReading(models.Model):
    """What a return amounts to for one audience; worked out again by the worker when it changes."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="loop_readings")
    flow = models.ForeignKey(Flow, models.CASCADE, related_name="loop_readings")
    audience = models.CharField(max_length=15, choices=Audience)
    status = models.CharField(max_length=10, choices=LoopStatus)
    rooted = models.BooleanField()
    long = models.BooleanField()
    spiral = models.BooleanField()
    reaches_reframing = models.BooleanField()
    through_other_space = models.BooleanField()
    brings_back_harm = models.BooleanField()

    objects = LoopReadingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["space", "audience", "status", "-flow"], name="loop_reading_list"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["flow", "audience"], name="loop_reading_once"),
        ]

    def __str__(self):
        return f"{self.flow_id} {self.audience}: {self.status}"
