"""What stands in a framing version beside its aspirations."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from framing.models.aspiration import Aspiration
from framing.models.version import FramingVersion
from learningspaces.lib.text import plain_text
from spaces.models import Membership
from valuecreation.models.readers import spaces_read_as_insider


class UncertaintyState(models.TextChoices):
    OPEN = "open", _("open")
    EXPLORED = "explored", _("explored")
    TURNED = "turned", _("turned into something else")
    SET_ASIDE = "set_aside", _("set aside")


class OfVersionQuerySet(models.QuerySet):
    """Parts of framing versions, as readable as the version they stand in."""

    def for_user(self, person):
        return self.filter(version__in=FramingVersion.objects.for_user(person))

    def in_version(self, version):
        """What a version holds: its own, and what is about a hope that still stands in it."""
        return self.filter(standing_in(version)).select_related("aspiration")

    def of_version(self, version):
        return self.filter(version=version)

    def of_space(self, space):
        return self.filter(version__space=space).select_related("aspiration")


class InsideQuerySet(OfVersionQuerySet):
    """Parts of framing versions that never leave the space (docs/readings.md, Decisions)."""

    def about(self, aspirations):
        """Parts that are about one of some aspirations."""
        return self.filter(aspiration__in=list(aspirations))

    def for_user(self, person):
        return self.filter(version__space__in=spaces_read_as_insider(person))


def standing_in(version) -> Q:
    """A part goes on with the aspiration it is about; what is about none is of its version only."""
    aspirations = Aspiration.objects.in_version(version).filter(pk=OuterRef("aspiration"))
    return Q(version=version) | Q(
        Exists(aspirations), version__space=version.space_id, version__number__lt=version.number
    )


class UncertaintyQuerySet(OfVersionQuerySet):
    def in_version(self, version):
        return self.filter(version=version).select_related("raised_by")

    def still_asked(self):
        """Uncertainties a next version goes on with."""
        return self.filter(state__in=[UncertaintyState.OPEN, UncertaintyState.EXPLORED])

    def keys_in(self, space):
        return self.filter(version__space=space).values_list("key", flat=True)


class Uncertainty(models.Model):
    """Something the space does not know yet, as it stood in one version."""

    version = models.ForeignKey(FramingVersion, models.CASCADE, related_name="uncertainties")
    key = models.CharField(max_length=40)
    text = models.TextField(_("what we are unsure of"), max_length=20000, validators=[plain_text])
    raised_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="uncertainties_raised"
    )
    state = models.CharField(
        _("where it stands"), max_length=10, choices=UncertaintyState, default=UncertaintyState.OPEN
    )
    extra = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = UncertaintyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "uncertainties"
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="uncertainty_once"),
        ]

    def __str__(self):
        return self.text[:60]


class AssumptionState(models.TextChoices):
    UNTESTED = "untested", _("untested")
    HOLDING = "holding", _("holding")
    FAILING = "failing", _("not holding any more")
    FALSE = "false", _("false")


class Assumption(models.Model):
    """What would have to be true for a hope to come true; its state is that of the newest check."""

    version = models.ForeignKey(FramingVersion, models.CASCADE, related_name="assumptions")
    aspiration = models.ForeignKey(
        Aspiration, models.CASCADE, null=True, blank=True, related_name="assumptions"
    )
    text = models.TextField(
        _("what would have to be true"), max_length=20000, validators=[plain_text]
    )
    state = models.CharField(
        _("where it stands"),
        max_length=10,
        choices=AssumptionState,
        default=AssumptionState.UNTESTED,
    )
    checked_on = models.DateField(_("looked at on"), null=True, blank=True)
    note = models.TextField(
        _("what you saw"), blank=True, max_length=20000, validators=[plain_text]
    )
    extra = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = InsideQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]


class AssumptionCheckQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(assumption__version__space__in=spaces_read_as_insider(person))

    def of_assumption(self, assumption):
        return self.filter(assumption=assumption).select_related("by")


class AssumptionCheck(models.Model):
    """One look at an assumption: whether it held on a day, and how one knows."""

    assumption = models.ForeignKey(Assumption, models.CASCADE, related_name="checks")
    state = models.CharField(max_length=10, choices=AssumptionState)
    checked_on = models.DateField()
    note = models.TextField(blank=True, max_length=20000, validators=[plain_text])
    by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="assumptions_checked"
    )

    objects = AssumptionCheckQuerySet.as_manager()

    class Meta:
        ordering = ["checked_on", "pk"]

    def __str__(self):
        return f"{self.state}, {self.checked_on}"


class RiskState(models.TextChoices):
    OPEN = "open", _("open")
    HELD = "held", _("the mitigation holds")
    HAPPENED = "happened", _("it happened")
    GONE = "gone", _("gone")


class Risk(models.Model):
    """What could go wrong with a hope, what we do about it, and who looks after that."""

    version = models.ForeignKey(FramingVersion, models.CASCADE, related_name="risks")
    aspiration = models.ForeignKey(
        Aspiration, models.CASCADE, null=True, blank=True, related_name="risks"
    )
    text = models.TextField(_("what could go wrong"), max_length=20000, validators=[plain_text])
    mitigation = models.TextField(
        _("what we do about it"), blank=True, max_length=20000, validators=[plain_text]
    )
    owner = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="risks_owned"
    )
    state = models.CharField(
        _("where it stands"), max_length=10, choices=RiskState, default=RiskState.OPEN
    )
    note = models.TextField(
        _("what you saw"), blank=True, max_length=20000, validators=[plain_text]
    )
    extra = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = InsideQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]


class SignToWatch(models.Model):
    """What we would see, hear or count if a hope came true, or what would warn us."""

    version = models.ForeignKey(FramingVersion, models.CASCADE, related_name="signs")
    aspiration = models.ForeignKey(
        Aspiration, models.CASCADE, null=True, blank=True, related_name="signs"
    )
    text = models.TextField(
        _("what we would see, hear or count"), max_length=20000, validators=[plain_text]
    )
    warns = models.BooleanField(_("it would warn us"), default=False)
    extra = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = OfVersionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "signs to watch"

    def __str__(self):
        return self.text[:60]
