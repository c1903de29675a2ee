from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from framing.models import Aspiration, SignToWatch
from learningspaces.lib.text import plain_text
from spaces.models import Membership, Space
from valuecreation.cycles import Cycle, MomentStatus
from valuecreation.models import Moment, StoryStep
from valuecreation.models.moment import day_to_list
from valuecreation.models.reading import goes_to


class IndicatorKind(models.TextChoices):
    COUNT = "count", _("a count")
    RATIO = "ratio", _("a ratio: so many of so many")
    SCALE = "scale", _("a scale")
    RUBRIC = "rubric", _("a rubric: levels in words")
    TEXT = "text", _("words")
    YES_NO = "yes_no", _("yes or no")


class Direction(models.TextChoices):
    UP = "up", _("up is hoped for")
    DOWN = "down", _("down is hoped for")
    RANGE = "range", _("within a range")
    WATCH = "watch", _("only watched")


class TargetKind(models.TextChoices):
    NONE = "none", _("no target")
    HOPED = "hoped", _("hoped")
    AGREED = "agreed", _("agreed")
    REQUIRED = "required", _("required")


class IndicatorState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    RETIRED = "retired", _("retired")


class PeriodLength(models.TextChoices):
    """How long a period each figure of an indicator covers."""

    DAY = "day", _("a day")
    MONTH = "month", _("a month")
    QUARTER = "Q", _("a quarter")
    HALF = "H", _("half a year")
    YEAR = "year", _("a year")


class IndicatorQuerySet(models.QuerySet):
    def for_user(self, person):
        """Indicators of the spaces a person is in, in any role."""
        return self.filter(space__in=Space.objects.for_user(person))

    def in_space(self, space):
        return self.filter(space=space)

    def in_use(self):
        return self.exclude(state=IndicatorState.RETIRED)

    def retired(self):
        return self.filter(state=IndicatorState.RETIRED)

    def counting_people(self):
        """Those under the smallest group."""
        return self.filter(counts_people=True)

    def with_target(self):
        """Indicators in use that say how far one hopes to come, with what was observed."""
        return self.in_use().filter(target__isnull=False).with_observations()

    def looked_after_by(self, membership):
        return self.filter(steward=membership).order_by("pk")

    def called(self, ref):
        return self.filter(ref=ref)

    def numbered(self, pks):
        return self.filter(pk__in=pks)

    def in_file_order(self):
        return self.order_by("pk")

    def for_matrix(self):
        """In the order of the file, without what only an indicator's own page says."""
        words = ("question", "numerator_def", "denominator_def", "source", "method")
        notes = ("note", "lag_note", "proxy_note", "extra")
        return self.in_file_order().defer(*words, *notes)

    def linked_to(self, moment):
        """Indicators that a moment speaks to."""
        links = MomentIndicator.objects.of_moment(moment).of_indicator(models.OuterRef("pk"))
        return self.filter(models.Exists(links))

    def not_linked_to(self, moment):
        links = MomentIndicator.objects.of_moment(moment).of_indicator(models.OuterRef("pk"))
        return self.filter(~models.Exists(links))

    def of_links(self, links):
        """Indicators that some links speak of."""
        return self.filter(models.Exists(links.of_indicator(models.OuterRef("pk"))))

    def by_cycle(self):
        """In the order of the cycles, then as they were defined."""
        order = [models.When(cycle=cycle, then=place) for place, cycle in enumerate(Cycle)]
        return self.order_by(models.Case(*order, output_field=models.IntegerField()), "pk")

    def nearest(self, cycle):
        """Those of a cycle first."""
        here = models.Case(
            models.When(cycle=cycle, then=0), default=1, output_field=models.IntegerField()
        )
        return self.order_by(here, "pk")

    def with_observations(self):
        related = ("aspiration", "sign_to_watch", "steward")
        return self.select_related(*related).prefetch_related("observations")

    def with_all(self):
        """What an indicator's own page names."""
        people = ("observations__collected_by__roles", "steward__roles", "successors")
        return self.select_related(
            "space", "aspiration", "sign_to_watch", "steward", "succeeds"
        ).prefetch_related(*people)


class Indicator(models.Model):
    """An agreed sign of one aspiration in one cycle, watched over time (docs/field.md: Indicators).

    It says whether something is happening, not why. A changed definition starts a new one.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="indicators")
    ref = models.CharField(max_length=40)
    aspiration = models.ForeignKey(
        Aspiration, models.PROTECT, null=True, blank=True, related_name="indicators"
    )
    sign_to_watch = models.ForeignKey(
        SignToWatch, models.SET_NULL, null=True, blank=True, related_name="indicators"
    )
    cycle = models.CharField(_("cycle"), max_length=15, choices=Cycle)
    name = models.CharField(_("name"), max_length=200, validators=[plain_text])
    question = models.CharField(
        _("the question it answers"), max_length=300, blank=True, validators=[plain_text]
    )
    kind = models.CharField(_("kind"), max_length=8, choices=IndicatorKind)
    unit = models.CharField(_("unit"), max_length=300, blank=True, validators=[plain_text])
    numerator_def = models.CharField(max_length=300, blank=True, validators=[plain_text])
    denominator_def = models.CharField(max_length=300, blank=True, validators=[plain_text])
    direction = models.CharField(
        _("direction"), max_length=6, choices=Direction, default=Direction.UP
    )
    baseline = models.JSONField(null=True, blank=True)
    baseline_on = models.DateField(_("baseline on"), null=True, blank=True)
    target = models.JSONField(null=True, blank=True)
    target_on = models.DateField(_("target by"), null=True, blank=True)
    target_kind = models.CharField(max_length=8, choices=TargetKind, default=TargetKind.NONE)
    frequency = models.CharField(
        _("how often"), max_length=120, blank=True, validators=[plain_text]
    )
    period_length = models.CharField(
        _("how long a period each figure covers"), max_length=5, choices=PeriodLength, blank=True
    )
    source = models.CharField(_("source"), max_length=300, blank=True, validators=[plain_text])
    method = models.TextField(_("method"), blank=True, max_length=4000, validators=[plain_text])
    steward = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="indicators_stewarded"
    )
    note = models.TextField(_("note"), blank=True, max_length=20000, validators=[plain_text])
    lag_note = models.TextField(blank=True, max_length=4000, validators=[plain_text])
    proxy_note = models.TextField(blank=True, max_length=4000, validators=[plain_text])
    burden_minutes = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=IndicatorState, default=IndicatorState.ACTIVE)
    warns_of_harm = models.BooleanField(_("warns of harm"), default=False)
    counts_people = models.BooleanField(_("counts people"), default=False)
    sensitive = models.BooleanField(_("sensitive"), default=False)
    scale_min = models.JSONField(null=True, blank=True)
    scale_max = models.JSONField(null=True, blank=True)
    levels = models.JSONField(null=True, blank=True)
    succeeds = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="successors"
    )
    proposed_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="indicators_proposed"
    )
    created_at = models.DateTimeField(default=timezone.now)
    extra = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["space", "ref"], name="indicator_ref_once"),
        ]

    def __str__(self):
        return self.name


class ObservationQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(indicator__in=Indicator.objects.for_user(person))

    def current(self):
        """What holds now: not corrected by a later observation."""
        return self.filter(superseded_by__isnull=True)

    def superseded(self):
        return self.filter(superseded_by__isnull=False)

    def in_space(self, space):
        return self.filter(indicator__space=space)

    def in_cycle(self, cycle):
        return self.filter(indicator__cycle=cycle)

    def as_rows(self):
        """Only what a series is made of, for pages with many of them."""
        fields = ("pk", "indicator_id", "period", "value", "superseded_by_id", "mostly_one")
        why = ("corrected_on", "created_at", "correction_reason")
        return self.order_by().values_list(*fields, *why, named=True)

    def of_indicators_in_use(self):
        return self.exclude(indicator__state=IndicatorState.RETIRED)

    def behind(self, claim):
        return self.filter(pk__in=claim.observations.values("pk"))

    def of_period(self, period):
        return self.filter(period=period)

    def with_indicators(self):
        """Observations with their indicator's whole series, which says what may be shown."""
        return self.select_related("indicator").prefetch_related("indicator__observations")

    def of_indicator(self, indicator):
        return self.filter(indicator=indicator)

    def of_periods(self, periods):
        return self.filter(period__in=periods)

    def in_time_order(self):
        return self.order_by("period_start", "period_end", "pk")


class Observation(models.Model):
    """What an indicator showed in one period. Corrected by a new one that says why, never edited.

    `value` is as in the space file: a number, [numerator, denominator], a rubric level, words, true
    or false; null says that nothing was observed. `mostly_one` says that one person makes more than
    nine tenths of it.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="observations")
    period = models.CharField(max_length=10)
    period_start = models.DateField()
    period_end = models.DateField()
    value = models.JSONField(null=True, blank=True)
    mostly_one = models.BooleanField(default=False)
    collected_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="observations_collected"
    )
    collected_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, max_length=20000, validators=[plain_text])
    other_influences = models.TextField(blank=True, max_length=20000, validators=[plain_text])
    superseded_by = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="supersedes"
    )
    corrected_on = models.DateField(null=True, blank=True)
    correction_reason = models.TextField(blank=True, max_length=20000, validators=[plain_text])
    created_at = models.DateTimeField(default=timezone.now)
    extra = models.JSONField(default=dict, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "period_start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period"],
                condition=Q(superseded_by__isnull=True),
                name="observation_current_once",
            ),
            models.CheckConstraint(
                name="observation_ends_after_start",
                condition=Q(period_end__gte=models.F("period_start")),
            ),
        ]

    def __str__(self):
        return f"{self.indicator_id} {self.period}"


class MomentIndicatorQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(
            moment__in=Moment.objects.for_user(person),
            indicator__in=Indicator.objects.for_user(person),
        )

    def for_reader(self, space, person):
        """The same within one space that the person is in now."""
        readable = Moment.objects.for_reader(space, person).filter(pk=models.OuterRef("moment"))
        return self.filter(models.Exists(readable), indicator__space=space)

    def told_to(self, audience, on):
        """Links of moments that stand in stories, all of which go to an audience.

        The same as `for_audience`, without loose moments, in a shape that stays quick when there
        are thousands of links.
        """
        goes = goes_to(audience, on, prefix="story__")
        steps = StoryStep.objects.filter(moment=models.OuterRef("moment"))
        return self.filter(models.Exists(steps), ~models.Exists(steps.exclude(goes)))

    def in_space(self, space):
        return self.filter(indicator__space=space)

    def of_moment(self, moment):
        return self.filter(moment=moment)

    def of_indicator(self, indicator):
        return self.filter(indicator=indicator)

    def of_moments(self, moments):
        return self.filter(moment__in=moments)

    def with_moments(self):
        """What a list of linked moments needs, the newest moment first."""
        return (
            self.select_related(
                "moment__agent", "moment__for_whom", "moment__other_space", "moment__space"
            )
            .prefetch_related(models.Prefetch("moment__steps", StoryStep.objects.with_stories()))
            .order_by(day_to_list("moment__").desc(), "-moment__public_id")
        )

    def that_happened(self, first, last):
        """Links of moments that happened, from one day (if given) to another."""
        links = self.filter(moment__status=MomentStatus.ACTUAL, moment__occurred_on__lte=last)
        return links.filter(moment__occurred_on__gte=first) if first else links


class MomentIndicator(models.Model):
    """Says that a moment speaks to an indicator: figures and story side by side."""

    moment = models.ForeignKey(Moment, models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="moment_links")
    linked_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="indicators_linked"
    )

    objects = MomentIndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["moment", "indicator"], name="moment_indicates_once"),
        ]

    def __str__(self):
        return f"{self.moment_id} → {self.indicator_id}"
