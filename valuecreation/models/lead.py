from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.public_ids import PublicIdField
from learningspaces.lib.text import plain_text
from spaces.models import Membership, Space


class LeadKind(models.TextChoices):
    """Where a sentence stands that is worth following."""

    MOMENT = "moment", _("a moment of value")
    BOARD_NOTE = "board_note", _("a note on a framing board")


class LeadState(models.TextChoices):
    """What became of it."""

    OPEN = "open", _("worth following")
    FOLLOWED = "followed", _("followed")
    DROPPED = "dropped", _("let go")


class LeadQuerySet(models.QuerySet):
    def for_user(self, person, on=None):
        """Those of the spaces a person is in; whether they read the sentence is asked apart."""
        return self.filter(space__in=Space.objects.for_user(person, on))

    def in_space(self, space):
        return self.filter(space=space)

    def at_address(self, public_id):
        return self.filter(public_id=public_id)

    def about(self, kind, numbers):
        """Those marked in some things of one kind."""
        return self.filter(kind=kind, number__in=numbers)

    def open(self):
        return self.filter(state=LeadState.OPEN)

    def settled(self):
        return self.exclude(state=LeadState.OPEN)

    def with_people(self):
        return self.select_related("marked_by", "listener")

    def newest_first(self):
        return self.order_by("-marked_on", "public_id")


class Lead(models.Model):
    """A sentence that somebody marked as worth following, and who listens further.

    It keeps no words: which sentence of what, and what stands for it, so that it is read only where
    it stands and by whoever may read it there. `label` says where that is.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="leads")
    public_id = PublicIdField(unique=True)
    kind = models.CharField(max_length=12, choices=LeadKind, default=LeadKind.MOMENT)
    number = models.PositiveBigIntegerField()
    label = models.CharField(max_length=200, blank=True, validators=[plain_text])
    sentence = models.PositiveSmallIntegerField(default=0)
    mark = models.CharField(max_length=64)
    marked_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="leads_marked"
    )
    marked_on = models.DateField()
    listener = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="leads_to_follow"
    )
    state = models.CharField(max_length=10, choices=LeadState, default=LeadState.OPEN)
    outcome = models.CharField(max_length=300, blank=True, validators=[plain_text])
    settled_on = models.DateField(null=True, blank=True)

    objects = LeadQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["space", "state"], name="lead_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "kind", "number", "mark"], name="lead_marked_once"
            ),
            models.CheckConstraint(
                name="lead_settled_has_day",
                condition=Q(state="open") | Q(settled_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.number}, sentence {self.sentence}"
