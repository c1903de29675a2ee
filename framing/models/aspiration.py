from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from framing.models.version import FramingVersion
from learningspaces.lib.text import plain_text
from spaces.models import Membership, Space
from valuecreation.cycles import Cycle
from valuecreation.models import Moment
from valuecreation.models.readers import spaces_read_as_insider


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
        """What a version holds: added by then, not dropped and not worded anew by then."""
        worded_anew = Aspiration.objects.filter(
            key=OuterRef("key"),
            version__space=version.space_id,
            version__number__lte=version.number,
            version__number__gt=OuterRef("version__number"),
        )
        return self.filter(
            Q(dropped_in__isnull=True) | Q(dropped_in__number__gt=version.number),
            ~Exists(worded_anew),
            version__space=version.space_id,
            version__number__lte=version.number,
        )

    def dropped_by(self, version):
        return self.filter(dropped_in=version)

    def called(self, key):
        return self.filter(key=key)

    def called_like(self, beginning):
        """The keys that begin with some letters."""
        return self.filter(key__startswith=beginning).values_list("key", flat=True)

    def of_sponsor(self):
        return self.filter(whose=Whose.SPONSOR)

    def stated_elsewhere(self):
        """Hopes that came with a file or an earlier framing, not by a sponsor's own page."""
        return self.filter(stated_as__isnull=True)

    def with_people(self):
        return self.select_related("version", "stated_by", "recorded_by")


class Aspiration(models.Model):
    """What somebody hopes for, in one cycle. Its key ties it together across versions.

    It stands from the version that added it until the one that dropped it, or that words it anew
    under the same key. A sponsor's hope is kept beside the members', never merged with it.
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
    cycle = models.CharField(_("cycle"), max_length=15, choices=Cycle)
    whose = models.CharField(_("whose"), max_length=16, choices=Whose, default=Whose.GROUP)
    text = models.TextField(_("the hope"), max_length=20000, validators=[plain_text])
    polarity_guard = models.TextField(
        _("what it must not cost"), blank=True, max_length=20000, validators=[plain_text]
    )
    stated_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="aspirations_stated"
    )
    recorded_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="aspirations_recorded"
    )
    extra = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = AspirationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="aspiration_once"),
        ]

    def __str__(self):
        return self.text[:60]


class SponsorAspirationQuerySet(models.QuerySet):
    def for_user(self, person):
        """Everybody inside reads what sponsors hope; a sponsor reads their own."""
        return self.filter(
            Q(space__in=spaces_read_as_insider(person))
            | Q(stated_by__person=person, space__in=Space.objects.for_user(person))
        )

    def in_space(self, space):
        return self.filter(space=space)

    def waiting(self):
        """Hopes that stand in no version and in no draft yet."""
        return self.filter(aspiration__isnull=True)

    def with_people(self):
        return self.select_related("stated_by", "recorded_by", "aspiration__version")


class SponsorAspiration(models.Model):
    """What a sponsor says they hope for, in their words, until and after a version holds it."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="sponsor_hopes")
    cycle = models.CharField(_("cycle"), max_length=15, choices=Cycle, default=Cycle.STRATEGIC)
    text = models.TextField(_("what you hope for"), max_length=20000, validators=[plain_text])
    stated_by = models.ForeignKey(Membership, models.CASCADE, related_name="sponsor_hopes")
    recorded_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="sponsor_hopes_recorded"
    )
    stated_on = models.DateField()
    aspiration = models.ForeignKey(
        Aspiration, models.SET_NULL, null=True, blank=True, related_name="stated_as"
    )

    objects = SponsorAspirationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]


class MomentAspirationQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(
            moment__in=Moment.objects.for_user(person),
            aspiration__in=Aspiration.objects.for_user(person),
        )

    def for_reader(self, space, person):
        """The same within one space that the person is in now."""
        readable = Moment.objects.for_reader(space, person).filter(pk=OuterRef("moment"))
        return self.filter(
            Exists(readable),
            aspiration__in=Aspiration.objects.for_user(person),
            aspiration__version__space=space,
        )

    def of_moment(self, moment):
        return self.filter(moment=moment)

    def with_aspirations(self):
        return self.select_related("aspiration")

    def of_moments(self, moments):
        return self.filter(moment__in=moments)

    def in_space(self, space):
        return self.filter(aspiration__version__space=space)

    def speaking_to(self, key):
        """Those to a hope, in whatever version it was worded."""
        return self.filter(aspiration__key=key)


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
