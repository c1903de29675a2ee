from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models.indicator import Observation
from framing.models import Aspiration
from learningspaces.lib.text import plain_text
from spaces.models import Membership, Space
from valuecreation.models import Story
from valuecreation.models.readers import spaces_read_as_insider


class Confidence(models.TextChoices):
    WEAK = "weak", _("weak")
    PLAUSIBLE = "plausible", _("plausible")
    STRONG = "strong", _("strong")


class ContributionClaimQuerySet(models.QuerySet):
    def for_user(self, person):
        """Claims stay inside the space until a report carries them out with their reservations."""
        return self.filter(space__in=spaces_read_as_insider(person))

    def in_space(self, space):
        return self.filter(space=space)

    def with_all(self):
        """A claim with the hope, the stories and the figures behind it."""
        return self.select_related("aspiration", "written_by").prefetch_related(
            models.Prefetch("stories", Story.objects.with_moments()),
            models.Prefetch("observations", Observation.objects.with_indicators()),
        )

    def with_cycle(self):
        """What a row of the matrix says of a claim; its hope may stand no longer."""
        return self.annotate(cycle=models.F("aspiration__cycle")).only("statement", "confidence")

    def with_aspirations(self):
        return self.select_related("aspiration")

    def with_what_they_rest_on(self):
        return self.with_aspirations().prefetch_related("stories", "observations")


class ContributionClaim(models.Model):
    """A sentence about how the space contributed to something, with what stands for and against it.

    Says “contributed to”, never “caused” (docs/field.md: Figures and stories together).
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="claims")
    aspiration = models.ForeignKey(Aspiration, models.PROTECT, related_name="claims")
    statement = models.TextField(_("claim"), max_length=4000, validators=[plain_text])
    stories = models.ManyToManyField(Story, blank=True, related_name="claims")
    observations = models.ManyToManyField(Observation, blank=True, related_name="claims")
    other_influences = models.TextField(
        _("what else could explain it"), blank=True, max_length=20000, validators=[plain_text]
    )
    counter_evidence = models.TextField(
        _("what speaks against it"), blank=True, max_length=20000, validators=[plain_text]
    )
    confidence = models.CharField(max_length=10, choices=Confidence, default=Confidence.WEAK)
    agreed_in_session = models.DateField(_("agreed in a session on"), null=True, blank=True)
    written_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="claims_written"
    )
    created_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=0)

    objects = ContributionClaimQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.statement[:60]
