import datetime as dt

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.dates import today_in
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


CHANGEABLE = dt.timedelta(minutes=30)  # an answer may be changed or taken back
LINK_LASTS = dt.timedelta(days=30)


# After these somebody is not asked about the same again.
CLOSING = (FollowUpOutcome.NEVER, FollowUpOutcome.NOT_MINE)


class FollowUpQuerySet(models.QuerySet):
    def waiting(self):
        """Asked, neither answered nor taken back."""
        return self.filter(answered_on__isnull=True, taken_back_on__isnull=True)

    def numbered(self, pk):
        return self.filter(pk=pk)

    def with_all(self):
        """What the page behind the link in a mail needs."""
        return self.select_related("asked_by", "asked_of__person", "moment__space", "told__beside")

    def asked_of(self, person):
        return self.filter(asked_of__person=person)

    def put_by_now(self, now=None):
        """Those whose mail has gone, or whose morning has come; until then they can be taken back.

        What is asked in person is put by whoever asks.
        """
        now = now or timezone.now()
        unmailed = Q(goes_at__isnull=True, in_person=False)
        return self.filter(unmailed | Q(goes_at__lte=now))

    def asked_by_person(self, person):
        return self.filter(asked_by__person=person)

    def for_user(self, person):
        """A question is between the one who asks and the one who is asked."""
        return self.filter(Q(asked_of__person=person) | Q(asked_by__person=person))

    def in_space(self, space):
        return self.filter(moment__space=space)

    def in_spaces(self, spaces):
        return self.filter(moment__space__in=spaces)

    def answers_for(self, person):
        """Answers to what somebody asked others, the newest first.

        Nobody is told who does not want to be asked about something.
        """
        answered = self.filter(asked_by__person=person, answered_on__isnull=False)
        answered = answered.exclude(outcome=FollowUpOutcome.NEVER).exclude(asked_of__person=person)
        return answered.readable_by(person).order_by("-answered_on", "-pk")

    def mailed_since(self, moment):
        """Questions about which somebody was written to after a point in time."""
        return self.filter(mailed_at__gt=moment)

    def standing_against_another(self):
        """Questions that wait still, or whose answer was not to be asked about this again."""
        waiting = Q(answered_on__isnull=True, taken_back_on__isnull=True)
        settled = waiting | Q(outcome__in=CLOSING)
        return self.filter(settled).select_related("asked_of")

    def put(self) -> dict[str, int]:
        """How many questions were put to others, to how many, and how many of them are answered."""
        return self.exclude(asked_by=models.F("asked_of")).aggregate(
            questions=models.Count("pk"),
            answered=models.Count("answered_on"),
            people=models.Count("asked_of", distinct=True),
        )

    def to_oneself(self, member):
        """What somebody said of their own moments unasked."""
        return self.filter(asked_by=member, asked_of=member)

    def settled_since(self, day):
        """Answers after which nobody is asked about the same, for now or for good."""
        lately = Q(outcome=FollowUpOutcome.HAPPENED, answered_on__gt=day)
        return self.filter(lately | Q(outcome__in=CLOSING))

    def moment_ids(self):
        return self.order_by().values_list("moment", flat=True)

    def people_who_refused(self) -> int:
        """How many people do not want to be asked about something; who, is told to nobody."""
        never = self.filter(outcome=FollowUpOutcome.NEVER).order_by()
        return never.values("asked_of").distinct().count()

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

    def unsent(self, now=None):
        """Waiting questions whose mail should have gone out by now, in their order.

        Where the one who is asked had two already their mail waits for its turn, so not only those
        of the last days.
        """
        now = now or timezone.now()
        waiting = self.waiting().filter(
            mailed_at__isnull=True, goes_at__lte=now, goes_at__gt=now - MAIL_WAITS
        )
        return waiting.filter(asked_of__person__isnull=False).order_by("goes_at", "pk")

    def to_ask_again(self, on):
        """Answers by which somebody asked to be asked again, when that day has come."""
        return self.filter(again_on__lte=on)

    def no_longer_changeable(self, now=None):
        """Answers that still say how it was before them, which nobody can go back to any more."""
        ended = (now or timezone.now()) - CHANGEABLE
        return self.exclude(before={}).filter(answered_at__lt=ended)

    def holding_words(self, people, texts, sources):
        """Answers of some people in just these words, or to what some moments went on from."""
        theirs = Q(asked_of__person__in=people) | Q(asked_by__person__in=people)
        told_on = Q(moment__in=sources, outcome=FollowUpOutcome.HAPPENED)
        return self.filter(theirs, Q(answer__in=texts) | told_on)

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
        return self.unsent().filter(pk=pk).update(mailed_at=timezone.now()) == 1

    def claim_again(self, pk) -> bool:
        """The same, of asking once more."""
        return self.filter(pk=pk, again_on__isnull=False).update(again_on=None) == 1


class FollowUp(models.Model):
    """The question “what happened?”, asked about an idea, and its answer.

    Its mail goes at a time (`goes_at`); without one it is asked in person. Words that answer it
    are a moment of their own (`told`). `before` holds how the ways out stood, while the answer can
    still be taken back. Somebody's own word on what they took away is a question to themselves.
    """

    moment = models.ForeignKey(Moment, models.CASCADE, related_name="follow_ups")
    asked_by = models.ForeignKey(Membership, models.CASCADE, related_name="follow_ups_asked")
    asked_of = models.ForeignKey(Membership, models.CASCADE, related_name="follow_ups_received")
    asked_on = models.DateField()
    question = models.TextField(max_length=2000, validators=[plain_text])
    answer = models.TextField(blank=True, max_length=20000, validators=[plain_text])
    outcome = models.CharField(max_length=12, choices=FollowUpOutcome, blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    told = models.ForeignKey(
        Moment, models.SET_NULL, null=True, blank=True, related_name="answers_told"
    )
    before = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    again_on = models.DateField(null=True, blank=True)
    goes_at = models.DateTimeField(null=True, blank=True, db_index=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    taken_back_on = models.DateField(null=True, blank=True)
    in_person = models.BooleanField(default=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["moment"],
                condition=Q(answered_on__isnull=True, taken_back_on__isnull=True),
                name="follow_up_waiting_once",
            ),
        ]

    def __str__(self):
        return self.question[:60]

    @property
    def works_until(self) -> dt.date:
        """The last day of the link in its mail, where the one who is asked lives."""
        sent = self.mailed_at or self.goes_at or timezone.now()
        zone = self.asked_of.person.time_zone if self.asked_of.person else "UTC"
        return today_in(zone, sent) + LINK_LASTS

    @property
    def is_changeable(self) -> bool:
        """Whether its answer may still be changed or taken back."""
        return bool(self.answered_at) and timezone.now() < self.answered_at + CHANGEABLE
