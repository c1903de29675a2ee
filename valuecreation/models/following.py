import datetime as dt

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from spaces.models import Membership, Notice, NoticeKind
from valuecreation.models.moment import Moment

MAIL_WAITS = dt.timedelta(days=90)  # after which a question stands on its page alone


class FollowUpOutcome(models.TextChoices):
    HAPPENED = "happened", _("something happened")
    STALLED = "stalled", _("something stands in the way")
    DORMANT = "dormant", _("kept for later")
    ABANDONED = "abandoned", _("let go")
    NOTHING_YET = "nothing_yet", _("nothing yet; ask me in a month")
    NOT_MINE = "not_mine", _("not mine")
    NEVER = "never", _("closed; not to be asked about this again")


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

    def mailed_since(self, moment):
        """Questions about which somebody was written to after a point in time."""
        return self.filter(mailed_at__gt=moment)

    def standing_against_another(self):
        """Questions that wait still, or whose answer was not to be asked about this again."""
        settled = Q(answered_on__isnull=True) | Q(outcome=FollowUpOutcome.NEVER)
        return self.filter(settled).select_related("asked_of")

    def same_words(self, answer):
        """Those answered in just these words."""
        return self.filter(answer=answer)

    def heard_by(self, person):
        """Answers that somebody gave or was given, and that say what happened."""
        return self.for_user(person).filter(outcome=FollowUpOutcome.HAPPENED)

    def with_moments(self):
        """What a page needs to show the question with its moment."""
        return self.select_related("asked_by", "asked_of").prefetch_related(
            models.Prefetch("moment", Moment.objects.with_stories())
        )

    def unsent(self):
        """Waiting questions whose mail has not gone out, in the order in which they were put.

        Where the one who is asked had two already their mail waits for its turn, so not only those
        of the last days.
        """
        recent = timezone.now().date() - MAIL_WAITS
        waiting = self.waiting().filter(mailed_at__isnull=True, asked_on__gte=recent)
        return waiting.filter(asked_of__person__isnull=False).order_by("asked_on", "pk")

    def holding_words(self, people, texts, sources):
        """Answers of some people in just these words, or to what some moments went on from."""
        theirs = Q(asked_of__person__in=people) | Q(asked_by__person__in=people)
        told_on = Q(moment__in=sources, outcome=FollowUpOutcome.HAPPENED)
        return self.filter(theirs, Q(answer__in=texts) | told_on)

    def numbered(self, pk):
        return self.filter(pk=pk)

    def among(self, keys):
        return self.filter(pk__in=list(keys))

    def about_any(self, moments):
        return self.filter(moment__in=moments)

    def about(self, moment):
        return self.filter(moment=moment)

    def readable_by(self, person):
        """Questions about moments the person may still read."""
        readable = Moment.objects.for_user(person).filter(pk=OuterRef("moment"))
        return self.alias(seen=Subquery(readable.values("pk"))).filter(seen__isnull=False)

    def drop(self) -> None:
        """Take questions back, and with them what told people of them."""
        numbers = list(self.order_by().values_list("pk", flat=True))
        Notice.objects.about_any(NoticeKind.QUESTION, numbers).settle()
        self.filter(pk__in=numbers).delete()

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
                fields=["moment"],
                condition=Q(answered_on__isnull=True),
                name="follow_up_waiting_once",
            ),
        ]

    def __str__(self):
        return self.question[:60]
