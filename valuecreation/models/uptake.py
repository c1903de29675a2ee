from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from spaces.models import Membership, Space
from valuecreation.models.moment import Moment


class UptakeKind(models.TextChoices):
    MOMENT = "moment", _("a moment of somebody else")
    AGENDA_ITEM = "agenda_item", _("an agenda item")
    COMMITMENT = "commitment", _("a commitment")
    FRAMING_VERSION = "framing_version", _("a framing version")
    WORDS = "words", _("somebody's words")


class UptakeQuerySet(models.QuerySet):
    def for_user(self, person, on=None):
        """Uptakes of moments a person may read; their words never leave the space."""
        return self.filter(
            Exists(Moment.objects.for_user(person, on).filter(pk=OuterRef("moment"))),
            moment__space__in=Space.objects.for_user(person, on),
        )

    def of_moments(self, moments):
        """Uptakes of some moments, with who said so."""
        return self.filter(moment__in=moments).select_related("by")

    def said_by(self, member, uptake):
        """The same as an uptake says, said by somebody before."""
        return self.filter(by=member, kind=uptake.kind, label=uptake.label)


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
