from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from spaces.models import Membership, Space
from valuecreation.cycles import Cycle
from valuecreation.models import Moment
from valuecreation.models.story import spaces_read_as_insider


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

    def current_on(self, day):
        """The version in force on a day: the newest agreed by then."""
        return self.agreed().filter(agreed_on__lte=day).order_by("-number").first()


class FramingVersion(models.Model):
    """What a space says for now: the difference it cares about, what it hopes and is unsure of.

    Immutable once agreed; a change is a new version with its reason (domain, sections 5.1 and 5.4).
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


class UncertaintyState(models.TextChoices):
    OPEN = "open", _("open")
    EXPLORED = "explored", _("explored")
    TURNED = "turned", _("turned into something else")
    SET_ASIDE = "set_aside", _("set aside")


class OfVersionQuerySet(models.QuerySet):
    """Parts of framing versions, as readable as the version they stand in."""

    def for_user(self, person):
        return self.filter(version__in=FramingVersion.objects.for_user(person))


class InsideQuerySet(models.QuerySet):
    """Parts of framing versions that never leave the space (readings, Decisions)."""

    def for_user(self, person):
        return self.filter(version__space__in=spaces_read_as_insider(person))


class Uncertainty(models.Model):
    """Something the space does not know yet, as it stood in one version."""

    version = models.ForeignKey(FramingVersion, models.CASCADE, related_name="uncertainties")
    key = models.CharField(max_length=40)
    text = models.TextField(max_length=20000, validators=[plain_text])
    raised_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="uncertainties_raised"
    )
    state = models.CharField(max_length=10, choices=UncertaintyState, default=UncertaintyState.OPEN)
    extra = models.JSONField(default=dict, blank=True)

    objects = OfVersionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "uncertainties"
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="uncertainty_once"),
        ]

    def __str__(self):
        return self.text[:60]


class Whose(models.TextChoices):
    MEMBER = "member", _("a member's")
    GROUP = "group", _("the group's")
    SPONSOR = "sponsor", _("the sponsor's")
    AFFECTED_PEOPLE = "affected_people", _("of the people affected")


class AspirationQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(version__in=FramingVersion.objects.for_user(person))

    def in_space(self, space):
        return self.filter(version__space=space)

    def in_version(self, version):
        """What a version holds: added by then, and not dropped by then."""
        return self.filter(
            Q(dropped_in__isnull=True) | Q(dropped_in__number__gt=version.number),
            version__space=version.space_id,
            version__number__lte=version.number,
        )

    def of_sponsor(self):
        return self.filter(whose=Whose.SPONSOR)


class Aspiration(models.Model):
    """What somebody hopes for, in one cycle. Its key ties it together across versions.

    It stands from the version that added it until the one that dropped it. A sponsor's hope is
    kept beside the members', never merged with it.
    """

    version = models.ForeignKey(FramingVersion, models.CASCADE, related_name="aspirations_added")
    dropped_in = models.ForeignKey(
        FramingVersion,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="aspirations_dropped",
    )
    key = models.CharField(max_length=40)
    cycle = models.CharField(max_length=15, choices=Cycle)
    whose = models.CharField(max_length=16, choices=Whose, default=Whose.GROUP)
    text = models.TextField(max_length=20000, validators=[plain_text])
    polarity_guard = models.TextField(blank=True, max_length=20000, validators=[plain_text])
    extra = models.JSONField(default=dict, blank=True)

    objects = AspirationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="aspiration_once"),
        ]

    def __str__(self):
        return self.text[:60]


class AssumptionState(models.TextChoices):
    UNTESTED = "untested", _("untested")
    HOLDING = "holding", _("holding")
    FAILING = "failing", _("failing")
    FALSE = "false", _("false")


class Assumption(models.Model):
    """What would have to be true for a hope to come true."""

    version = models.ForeignKey(FramingVersion, models.CASCADE, related_name="assumptions")
    aspiration = models.ForeignKey(
        Aspiration, models.CASCADE, null=True, blank=True, related_name="assumptions"
    )
    text = models.TextField(max_length=20000, validators=[plain_text])
    state = models.CharField(
        max_length=10, choices=AssumptionState, default=AssumptionState.UNTESTED
    )
    checked_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, max_length=20000, validators=[plain_text])
    extra = models.JSONField(default=dict, blank=True)

    objects = InsideQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]


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
    text = models.TextField(max_length=20000, validators=[plain_text])
    mitigation = models.TextField(blank=True, max_length=20000, validators=[plain_text])
    owner = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="risks_owned"
    )
    state = models.CharField(max_length=10, choices=RiskState, default=RiskState.OPEN)
    note = models.TextField(blank=True, max_length=20000, validators=[plain_text])
    extra = models.JSONField(default=dict, blank=True)

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
    text = models.TextField(max_length=20000, validators=[plain_text])
    warns = models.BooleanField(default=False)
    extra = models.JSONField(default=dict, blank=True)

    objects = OfVersionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "signs to watch"

    def __str__(self):
        return self.text[:60]


class Reframing(models.Model):
    """A moment that caused a version: the loop that came back to the framing and changed it."""

    version = models.ForeignKey(FramingVersion, models.CASCADE, related_name="reframings")
    moment = models.ForeignKey(Moment, models.CASCADE, related_name="+")

    objects = OfVersionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "moment"], name="reframing_once"),
        ]

    def __str__(self):
        return f"{self.moment_id} → {self.version_id}"


class MomentAspirationQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(
            moment__in=Moment.objects.for_user(person),
            aspiration__in=Aspiration.objects.for_user(person),
        )


class MomentAspiration(models.Model):
    """Says that a moment speaks to an aspiration, as its teller or a reader sees it."""

    moment = models.ForeignKey(Moment, models.CASCADE, related_name="+")
    aspiration = models.ForeignKey(Aspiration, models.CASCADE, related_name="moment_links")
    tied_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="aspirations_tied"
    )

    objects = MomentAspirationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["moment", "aspiration"], name="moment_speaks_once"),
        ]

    def __str__(self):
        return f"{self.moment_id} → {self.aspiration_id}"
