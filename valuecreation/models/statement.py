from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.public_ids import PublicIdField
from learningspaces.lib.text import plain_text
from spaces.models import Membership
from valuecreation.models.story import Story


class StatementKind(models.TextChoices):
    """What somebody says to a story that is not theirs."""

    CONFIRMS = "confirms", _("it was so")
    ADDS = "adds", _("it was so, and there is more to say")
    DIFFERS = "differs", _("they see it differently")
    DECLINES = "declines", _("they would rather not say")


class StatementReach(models.TextChoices):
    """How far somebody lets go what they said; never further than the story goes."""

    TELLER = "teller", _("the teller alone")
    SPACE = "space", _("the people in this space who read the story")
    STORY = "story", _("everybody who reads the story")


BEARS_OUT = (StatementKind.CONFIRMS, StatementKind.ADDS)


class StatementQuerySet(models.QuerySet):
    def for_user(self, person):
        """Between the teller and the one who was asked; what others read goes with the story."""
        return self.filter(Q(story__teller__person=person) | Q(member__person=person))

    def of(self, story):
        return self.filter(story=story)

    def in_space(self, space):
        return self.filter(story__space=space)

    def said_by(self, person):
        return self.filter(member__person=person)

    def numbered(self, pk):
        return self.filter(pk=pk)

    def at_address(self, public_id):
        return self.filter(public_id=public_id)

    def asked_of(self, *, member=None, email=""):
        """Those put to a member, or to the address of somebody outside."""
        return self.filter(member=member) if member else self.filter(email__iexact=email)

    def waiting(self):
        return self.filter(said_on__isnull=True)

    def standing(self):
        """What was said and not taken back."""
        return self.filter(said_on__isnull=False).exclude(kind=StatementKind.DECLINES)

    def asked_since(self, moment):
        return self.filter(asked_at__gte=moment)

    def asked_by_person(self, person):
        return self.filter(asked_by__person=person)

    def never_answered(self, before):
        """Questions whose links ended before a day, and that nobody will answer."""
        return self.waiting().filter(open_until__lt=before)

    def unsent(self):
        """Questions to people outside whose mail is not written; members learn it by a notice."""
        return self.filter(mailed_at__isnull=True, said_on__isnull=True).exclude(email="")

    def claim_mail(self, pk) -> bool:
        """True for exactly one caller, however often the task is delivered."""
        return self.unsent().filter(pk=pk).update(mailed_at=timezone.now()) == 1

    def with_all(self):
        people = ("member__person", "story__space", "story__teller__person")
        return self.select_related(*people, "story__collector", "story__consent")

    def oldest_first(self):
        return self.order_by("asked_at", "pk")


class Statement(models.Model):
    """What another person says to a story, asked by its teller: beside the words, never over them.

    `about` is the wording that they were shown; said of another one, it bears out nothing. `label`
    says who they are where their name may not stand.
    """

    public_id = PublicIdField(unique=True)
    story = models.ForeignKey(Story, models.CASCADE, related_name="statements")
    asked_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="statements_asked"
    )
    member = models.ForeignKey(
        Membership, models.CASCADE, null=True, blank=True, related_name="statements"
    )
    name = models.CharField(max_length=80, blank=True, validators=[plain_text])
    email = models.EmailField(max_length=254, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True, blank=True)
    open_until = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=StatementKind, blank=True)
    words = models.TextField(blank=True, max_length=4000, validators=[plain_text])
    label = models.CharField(max_length=120, blank=True, validators=[plain_text])
    named = models.BooleanField(default=False)
    independent = models.BooleanField(default=False)
    reach = models.CharField(max_length=10, choices=StatementReach, default=StatementReach.TELLER)
    about = models.CharField(max_length=64, blank=True)
    said_on = models.DateField(null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="statement_said_has_kind",
                condition=Q(said_on__isnull=True) | ~Q(kind=""),
            ),
        ]

    def __str__(self):
        return f"{self.story_id}: {self.kind or 'asked'}"
