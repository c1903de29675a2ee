import datetime as dt

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from spaces.models import Membership, Person, Space
from valuecreation.models.moment import Moment


class FollowUpOutcome(models.TextChoices):
    HAPPENED = "happened", _("something happened")
    STALLED = "stalled", _("something stands in the way")
    DORMANT = "dormant", _("kept for later")
    ABANDONED = "abandoned", _("let go")
    NOTHING_YET = "nothing_yet", _("nothing to tell yet")


class FollowUpQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answered_on__isnull=True)

    def asked_of(self, person):
        return self.filter(asked_of__person=person)

    def for_user(self, person):
        """A question is between the one who asks and the one who is asked."""
        return self.filter(Q(asked_of__person=person) | Q(asked_by__person=person))

    def in_space(self, space):
        return self.filter(moment__space=space)

    def in_spaces(self, spaces):
        return self.filter(moment__space__in=spaces)

    def answers_for(self, person):
        """Answered questions of somebody who asked, the newest first."""
        answered = self.filter(asked_by__person=person, answered_on__isnull=False)
        return answered.readable_by(person).order_by("-answered_on", "-pk")

    def with_moments(self):
        """What a page needs to show the question with its moment."""
        return self.select_related("asked_by", "asked_of").prefetch_related(
            models.Prefetch("moment", Moment.objects.with_stories())
        )

    def unsent(self):
        """Waiting questions of the last days whose mail has not gone out."""
        recent = timezone.now().date() - dt.timedelta(days=3)
        return self.waiting().filter(mailed_at__isnull=True, asked_on__gte=recent)

    def about_any(self, moments):
        return self.filter(moment__in=moments)

    def about(self, moment):
        return self.filter(moment=moment)

    def readable_by(self, person):
        """Questions about moments the person may still read."""
        readable = Moment.objects.for_user(person).filter(pk=OuterRef("moment"))
        return self.alias(seen=Subquery(readable.values("pk"))).filter(seen__isnull=False)

    def claim_mail(self, pk) -> bool:
        """True for exactly one caller, however often the task is delivered."""
        unsent = self.filter(pk=pk, mailed_at__isnull=True, answered_on__isnull=True)
        return unsent.update(mailed_at=timezone.now()) == 1


class FollowUp(models.Model):
    """The question “what happened?”, asked about an idea, and its answer."""

    moment = models.ForeignKey(Moment, models.CASCADE, related_name="follow_ups")
    asked_by = models.ForeignKey(Membership, models.CASCADE, related_name="follow_ups_asked")
    asked_of = models.ForeignKey(Membership, models.CASCADE, related_name="follow_ups_received")
    asked_on = models.DateField()
    question = models.TextField(max_length=2000, validators=[plain_text])
    answer = models.TextField(blank=True, max_length=20000, validators=[plain_text])
    outcome = models.CharField(max_length=12, choices=FollowUpOutcome, blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["moment", "asked_of"],
                condition=Q(answered_on__isnull=True),
                name="follow_up_waiting_once",
            ),
        ]

    def __str__(self):
        return self.question[:60]


class DraftQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(person=person)

    def in_space(self, space):
        return self.filter(space=space)

    def kept(self, person, space, key):
        """What a person has typed on one form of a space."""
        return self.filter(person=person, space=space, key=key)

    def about(self, story):
        """What anybody has typed to go on with a story, or to change what stands around it."""
        keys = [f"and-then-{story.public_id}", f"edit-{story.public_id}"]
        return self.filter(space=story.space_id, key__in=keys)

    def to_change(self, moment):
        """What anybody has typed to change a moment."""
        return self.filter(space=moment.space_id, key=f"edit-{moment.public_id}")

    def stale(self, before):
        return self.filter(saved_at__lt=before)


class Draft(models.Model):
    """What somebody has typed on a form and not sent yet; nobody else can read it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    space = models.ForeignKey(Space, models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=120)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "space", "key"], name="draft_once"),
        ]

    def __str__(self):
        return self.key
