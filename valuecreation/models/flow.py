from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Cast, Coalesce, TruncQuarter
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.public_ids import PublicIdField
from learningspaces.lib.text import plain_text
from spaces.models import Membership, Space
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
        """Flows whose both ends a person may read.

        For what goes over all of a person's spaces; within one, `for_reader` asks for less.
        """
        return self.between(Moment.objects.for_user(person, on))

    def for_reader(self, space, person, on=None):
        """The same as `for_user` within one space, whose roles of the person are known already."""
        readable = Moment.objects.for_reader(space, person, on)
        return self.in_space(space).between(readable)

    def for_audience(self, audience, on, *, space):
        """Flows of a space of which an audience sees both ends."""
        seen = Moment.objects.for_audience(audience, on, space=space)
        return self.in_space(space).between(seen)

    def between(self, moments):
        """Flows with both ends, or the only end, among moments."""
        source = Subquery(moments.filter(pk=OuterRef("source")).values("pk"))
        target = Subquery(moments.filter(pk=OuterRef("target")).values("pk"))
        ends = self.alias(seen_source=source, seen_target=target)
        return ends.filter(
            Q(target__isnull=True) | Q(seen_target__isnull=False), seen_source__isnull=False
        )

    def in_space(self, space):
        return self.filter(space=space)

    def numbered(self, pks):
        return self.filter(pk__in=pks)

    def happened(self):
        return self.filter(status=FlowStatus.HAPPENED)

    def returns(self):
        return self.filter(kind=FlowKind.RETURN)

    def stalled(self, on):
        """Ways of which somebody asked and was told that they do not go on."""
        asked = self.filter(stalled=True, asked_on__lte=on).annotate(listed_on=F("asked_on"))
        return asked.exclude(status=FlowStatus.HAPPENED)

    def into_other_spaces(self):
        """Listed by the quarter in which they began, the finest that every reader may know."""
        began = TruncQuarter(Coalesce("source__occurred_on", "source__due_on"))
        return self.filter(kind=FlowKind.CROSS_SPACE).annotate(listed_on=began)

    def told_openly(self, person=None):
        """Without those that lead from a nameless teller's story to somewhere else, or back.

        Nobody follows them but, if a person is given, whoever tells that story or wrote it down.
        """
        nameless = StoryStep.objects.of_nameless()
        if person:
            nameless = StoryStep.objects.nameless_to(person)
        leaves = nameless.filter(moment=OuterRef("source"))
        arrives = nameless.filter(moment=OuterRef("target"))
        here = StoryStep.objects.filter(story=OuterRef("story"))
        stays = Exists(here.filter(moment=OuterRef(OuterRef("target"))))
        came = Exists(here.filter(moment=OuterRef(OuterRef("source"))))
        return self.exclude(Exists(leaves.filter(~stays))).exclude(Exists(arrives.filter(~came)))

    def place_of(self, public_id):
        """Where a flow stands in the order of `newest_first`, if it is among these."""
        rows = self.filter(public_id=public_id)
        return rows.values_list("listed_on", "public_id").first()

    def newest_first(self, after=None):
        """The latest first, at random within their day; `after` is the place shown last."""
        rows = self.order_by("-listed_on", "-public_id")
        if after is None:
            return rows
        day, public_id = after
        return rows.filter(Q(listed_on__lt=day) | Q(listed_on=day, public_id__lt=public_id))

    def with_listed_day(self):
        """The day on which a list may show a return: no finer than nameless tellers agreed to."""
        at_an_end = Q(moment=OuterRef("source")) | Q(moment=OuterRef("target"))
        steps = StoryStep.objects.of_nameless().filter(at_an_end)
        arrived = F("target__occurred_on")
        quarter = Cast(TruncQuarter(arrived), models.DateField())
        return self.annotate(listed_on=Case(When(Exists(steps), quarter), default=arrived))

    def named_openly(self):
        """Without those of which an end stands in a story of a teller without a name."""
        nameless = StoryStep.objects.of_nameless()
        ends = Q(moment=OuterRef("source")) | Q(moment=OuterRef("target"))
        return self.exclude(Exists(nameless.filter(ends)))

    def with_an_end(self, **facts):
        """Those of which one end at least is such a moment."""
        source = Q(**{f"source__{name}": value for name, value in facts.items()})
        return self.filter(
            source | Q(**{f"target__{name}": value for name, value in facts.items()})
        )

    def with_an_end_among(self, moments):
        """Those of which one end at least is among some moments."""
        begins = Exists(moments.filter(pk=OuterRef("source")))
        return self.filter(begins | Exists(moments.filter(pk=OuterRef("target"))))

    def arriving_between(self, first, last):
        return self.filter(target__occurred_on__range=(first, last))

    def by_cycles(self) -> dict[tuple[str, str], int]:
        """How many there are from which cycle to which."""
        pairs = self.order_by().values_list("source__cycle", "target__cycle")
        return {(a, b): n for a, b, n in pairs.annotate(flows=models.Count("pk"))}

    def after_address(self, public_id):
        """The rest of them in the steady order, after one of them."""
        rows = self.in_steady_order()
        return rows.filter(public_id__gt=public_id) if public_id else rows

    def in_steady_order(self):
        """An order that stays, and tells nobody what was said first."""
        return self.order_by("public_id")

    def with_both_moments(self):
        """What a list needs to show who asked, and where the flow begins and ends."""
        return self.select_related("asked_by", *BOTH_MOMENTS)

    def joining_all(self, moments):
        """Flows with both ends among some moments."""
        return self.filter(source__in=moments, target__in=moments)

    def at_either_end(self, moments):
        """Flows that begin or end in one of some moments."""
        return self.filter(Q(source__in=moments) | Q(target__in=moments))

    def leading_to_any(self, moments):
        return self.filter(target__in=moments)

    def joining(self, source, target):
        return self.filter(source=source, target=target)

    def leaving(self, moment_ids):
        return self.filter(source__in=moment_ids, target__isnull=False)

    def leading_nowhere(self, moment):
        """Ways out of a moment that name no end."""
        return self.filter(source=moment, target__isnull=True, framing_number__isnull=True)

    def said_of(self, moment, **words):
        """What was said in just these words of where a moment led, or did not."""
        return self.filter(source=moment, **words)

    def within(self, story):
        """Flows that begin and end in a story, or begin there and name no end."""
        moments = Moment.objects.filter(steps__story=story)
        return self.filter(Q(target__isnull=True) | Q(target__in=moments), source__in=moments)

    def claimed_by_collector(self, story):
        """What whoever wrote a story down proposed as leading on, until its teller agrees."""
        return self.within(story).filter(claimed_by=story.collector)

    def touching(self, moment):
        return self.filter(Q(source=moment) | Q(target=moment))

    def between_moments(self):
        return self.filter(target__isnull=False)

    def exclude_reframing(self):
        return self.exclude(kind=FlowKind.REFRAMING)

    def arriving(self, moment):
        return self.filter(target=moment)

    def not_after(self, day):
        """Flows to hopes, and to what happened by a day; all of them without a day."""
        if day is None:
            return self
        return self.filter(Q(target__occurred_on__isnull=True) | Q(target__occurred_on__lte=day))

    def source_ids(self):
        return self.order_by("pk").values_list("source", flat=True)

    def target_ids(self):
        return self.values_list("target", flat=True)

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

    space = models.ForeignKey(Space, models.CASCADE, related_name="flows", db_index=False)
    public_id = PublicIdField()
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
            models.Index(fields=["space", "id"], name="flow_in_space"),
            models.Index(
                fields=["space", "-asked_on"], condition=Q(stalled=True), name="flow_stalled"
            ),
            models.Index(fields=["space"], condition=Q(kind="cross_space"), name="flow_elsewhere"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["space", "public_id"], name="flow_public_id_once"),
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
