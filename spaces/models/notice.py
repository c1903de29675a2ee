import datetime as dt

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.text import plain_text
from spaces.models.mail import Mail, MailState
from spaces.models.person import Person
from spaces.models.space import Space


class NoticeGroup(models.TextChoices):
    """What people choose about together: when a mail tells them of it."""

    QUESTIONS = "questions", _("questions to me")
    ANSWERS = "answers", _("answers to my questions")
    STORIES = "stories", _("stories that wait for me")
    FRAMING = "framing", _("what the space agrees on")
    LEADING = "leading", _("what waits for those who lead")
    NEWS = "news", _("what became of what I brought")
    CONSENT = "consent", _("my consent, and what to delete")


class NoticeKind(models.TextChoices):
    """Everything that concerns one person and is to be answered, or known, by them."""

    QUESTION = "question", _("a question to me")
    QUIET = "quiet", _("something I told of, and nothing since")
    HOPE = "hope", _("a hope of mine whose day has come")
    ANSWER = "answer", _("an answer to my question")
    STORY = "story", _("a story written down for me")
    OFFER = "offer", _("a story I am asked to look after")
    NAMED = "named", _("a story I am named in")
    FRAMING = "framing", _("a draft to agree on")
    REQUEST = "request", _("somebody asks to join")
    NAME_CLAIM = "name_claim", _("a name somebody claims")
    TAKEN_UP = "taken_up", _("something I brought, taken up")
    CONSENT_ENDING = "consent_ending", _("my consent ends")
    DELETE = "delete", _("withdrawn: please delete")


GROUPS = {
    NoticeKind.QUESTION: NoticeGroup.QUESTIONS,
    NoticeKind.QUIET: NoticeGroup.QUESTIONS,
    NoticeKind.HOPE: NoticeGroup.QUESTIONS,
    NoticeKind.ANSWER: NoticeGroup.ANSWERS,
    NoticeKind.STORY: NoticeGroup.STORIES,
    NoticeKind.OFFER: NoticeGroup.STORIES,
    NoticeKind.NAMED: NoticeGroup.STORIES,
    NoticeKind.FRAMING: NoticeGroup.FRAMING,
    NoticeKind.REQUEST: NoticeGroup.LEADING,
    NoticeKind.NAME_CLAIM: NoticeGroup.LEADING,
    NoticeKind.TAKEN_UP: NoticeGroup.NEWS,
    NoticeKind.CONSENT_ENDING: NoticeGroup.CONSENT,
    NoticeKind.DELETE: NoticeGroup.CONSENT,
}
TO_KNOW = frozenset({NoticeKind.ANSWER, NoticeKind.TAKEN_UP})  # read once, they ask for nothing
OF_THEIR_OWN = frozenset({NoticeKind.QUESTION, NoticeKind.DELETE})  # whose mail is written above
UNMAILED = OF_THEIR_OWN | {NoticeKind.QUIET, NoticeKind.HOPE}  # by themselves only in the summary
A_DAY = dt.timedelta(days=1)
# The number in the header of every page; `NoticeQuerySet.asking` in plain SQL, composed once.
ASKING = """
    SELECT COUNT(*) FROM spaces_notice
    WHERE person_id = %(person)s AND done_at IS NULL
      AND kind NOT IN ({}) AND (due IS NULL OR due <= %(day)s)
""".format(", ".join(f"'{kind}'" for kind in sorted(TO_KNOW)))


class NoticeQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(person=person)

    def in_space(self, space):
        return self.filter(space=space)

    def about(self, kind, number):
        """What everybody was told of one thing."""
        return self.filter(kind=kind, number=number)

    def about_any(self, kind, numbers):
        return self.filter(kind=kind, number__in=numbers)

    def of_kinds(self, kinds):
        return self.filter(kind__in=list(kinds))

    def to(self, people):
        return self.filter(person__in=people)

    def among(self, keys):
        return self.filter(pk__in=list(keys))

    def of_mail(self, mail):
        return self.filter(mail=mail)

    def rename(self, label: str, to: str) -> None:
        """Somebody is called by another name from now on."""
        self.filter(label=label).update(label=to)

    def open(self, on: dt.date):
        """Not dealt with yet, and their day has come."""
        return self.filter(Q(due__isnull=True) | Q(due__lte=on), done_at__isnull=True)

    def not_done(self):
        return self.filter(done_at__isnull=True)

    def asking(self, on: dt.date):
        """Those of the open ones that an answer is waited for."""
        return self.open(on).exclude(kind__in=TO_KNOW)

    def not_mailed(self):
        return self.filter(mailed_at__isnull=True)

    def to_mail(self, now=None):
        """Those of which it is time to ask whether a mail tells of them."""
        return self.filter(mail_at__lte=now or timezone.now(), done_at__isnull=True)

    def put_off(self, at) -> None:
        """A mail may tell of them later, or with None only the summary does."""
        self.update(mail_at=at)

    def carried_by(self, mail) -> None:
        """A mail that tells of them is in the outbox."""
        self.update(mail=mail, mail_state=MailState.WAITING)

    def asking_first(self):
        """What asks for something, then what is to be known, the newest first."""
        to_know = models.Case(models.When(kind__in=TO_KNOW, then=1), default=0)
        return self.order_by(to_know, "-made_at", "-pk")

    def with_spaces(self):
        return self.select_related("space")

    def count_asking(self, person) -> int:
        """How many wait for a person today: one quick query, on every page."""
        with connection.cursor() as cursor:
            cursor.execute(ASKING, {"person": person.pk, "day": person.today})
            return cursor.fetchone()[0]

    def put(self, people, kind: str, *, again: bool = False, **about) -> None:
        """Write one notice a person, or bring those that are there up to date.

        What a person has dealt with stays dealt with, unless the same happens `again`.
        """
        numbers = sorted({person.pk for person in people})
        now = timezone.now()
        mail_at = None if kind in UNMAILED else now
        if again:
            old = self.about(kind, about["number"]).filter(person__in=numbers)
            old.filter(done_at__isnull=False).update(done_at=None, made_at=now)
            lately = Q(mailed_at__gt=now - A_DAY)  # one mail a day about the same
            old.exclude(lately).update(mailed_at=None, mail_state="", mail_at=mail_at)
        rows = [self.model(person_id=one, kind=kind, mail_at=mail_at, **about) for one in numbers]
        self.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["person", "kind", "number"],
            update_fields=["label", "address", "due"],
        )

    def settle(self) -> int:
        """They are dealt with; what is over says no name any more."""
        return self.filter(done_at__isnull=True).update(done_at=timezone.now(), label="")

    def mail_became(self, state) -> None:
        """Note what became of the mail that told of them."""
        self.update(mail_state=state)

    def written(self, mail) -> None:
        """A mail of its own was written about them."""
        self.claim_all()
        self.carried_by(mail)

    def claim_all(self) -> int:
        """Claim them for one mail that tells of all; how many nothing had told of yet."""
        unsent = self.filter(mailed_at__isnull=True, done_at__isnull=True)
        return unsent.update(mailed_at=timezone.now(), mail_at=None)

    def claim_mail(self, pk) -> bool:
        """True for exactly one caller, however often the task is delivered."""
        unsent = self.filter(pk=pk, mailed_at__isnull=True, done_at__isnull=True)
        return unsent.update(mailed_at=timezone.now(), mail_at=None) == 1


class Notice(models.Model):
    """Something that happened and concerns one person: to be answered by them, or to be known.

    `number` says which question, story, request or moment it is; `label` how it is called for this
    person, as the presentation settled it: never words of a story, never a nameless teller's name.
    `mail_at` is when to ask whether a mail tells of it, `mailed_at` when one was written.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    space = models.ForeignKey(Space, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=15, choices=NoticeKind)
    number = models.BigIntegerField()
    label = models.CharField(max_length=200, blank=True, validators=[plain_text])
    address = models.CharField(max_length=300)
    due = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    mail_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, blank=True, related_name="notices")
    mail_state = models.CharField(max_length=12, choices=MailState, blank=True, default="")
    done_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["person", "kind"],
                condition=Q(done_at__isnull=True),
                name="notice_open_of_person",
            ),
            models.Index(fields=["kind", "number"], name="notice_about"),
            models.Index(
                fields=["mail_at"],
                condition=Q(done_at__isnull=True, mail_at__isnull=False),
                name="notice_to_mail",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "number"], name="notice_once"),
        ]

    def __str__(self):
        return f"{self.kind} {self.number} for {self.person_id}"

    @property
    def is_to_know(self) -> bool:
        """True if nothing is asked: once read, it is dealt with."""
        return self.kind in TO_KNOW
