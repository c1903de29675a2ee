from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import TruncQuarter
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.public_ids import PublicIdField
from learningspaces.lib.text import plain_text
from spaces.models import Membership, Space
from valuecreation import consent
from valuecreation.consent import Attribution
from valuecreation.models.consent import Consent
from valuecreation.models.readers import audience_in, spaces_ever_in
from valuecreation.models.reading import goes_to, readable_anywhere, readable_as
from valuecreation.models.story_words import StoryKind, StoryState, Strength


class StoryQuerySet(models.QuerySet):
    def for_user(self, person, on=None):
        """Their own stories, those they collect, and approved ones whose consent reaches them.

        For what goes over all of a person's spaces; within one, `for_reader` asks for less.
        """
        return self.filter(readable_anywhere(person, on), space__in=spaces_ever_in(person))

    def for_reader(self, space, person, on=None):
        """The same as `for_user` within one space, whose roles of the person are known already."""
        audience = audience_in(space, person)
        return self.read_as(audience, space=space, person=person, on=on or space.today)

    def read_as(self, audience, *, space, person, on):
        """What a person reads in a space as one of its audience; as none of it without one."""
        return self.filter(readable_as(audience, space=space, person=person, on=on), space=space)

    def for_audience(self, audience, on):
        """Approved stories whose consent in force on a day holds an audience."""
        return self.filter(goes_to(audience, on))

    def of_teller(self, person):
        """Every story a person tells, with its moments: in spaces they left and withdrawn, too."""
        return self.told_by(person).with_moments().select_related("space")

    def of_teller_for_lists(self, person):
        """The same with `begins`, the words of the first moment; none where they are erased."""
        steps = StoryStep.objects.filter(story=OuterRef("pk")).order_by("order")
        begins = models.Subquery(steps.values("moment__text")[:1])
        told = self.told_by(person).annotate(begins=begins)
        return told.select_related("teller", "collector", "consent", "space")

    def except_in_state(self, state):
        return self.exclude(state=state)

    def by_space(self):
        """Space by space, in each from the newest to the oldest; for their teller alone."""
        return self.order_by("space__name", "space", "-told_on", "-pk")

    def in_space(self, space):
        return self.filter(space=space)

    def in_space_at(self, slug):
        return self.filter(space__slug=slug)

    def no_longer_as_counted(self, on):
        """Stories whose consent has begun or ended since the summaries counted them."""
        return self.filter(counts_until__lt=on)

    def counted_until_other_than(self, day):
        """Stories of which the summaries remember another last day, or none."""
        if day is None:
            return self.filter(counts_until__isnull=False)
        return self.exclude(counts_until=day)

    def numbered(self, pk):
        return self.filter(pk=pk)

    def at_address(self, public_id):
        return self.filter(public_id=public_id)

    def among(self, pks):
        return self.filter(pk__in=pks)

    def called(self, ref):
        return self.filter(ref=ref)

    def called_any(self, refs):
        return self.filter(ref__in=refs)

    def in_spaces(self, spaces):
        return self.filter(space__in=spaces)

    def collected(self):
        """Stories somebody else wrote down for their teller."""
        return self.filter(collector__isnull=False)

    def except_waiting_for(self, person):
        """Without those that somebody else writes, or has written, down for a person."""
        return self.exclude(teller__person=person, collector__isnull=False)

    def to_ask_again(self, person, before):
        """A person's stories whose consent ends before a day, or has ended."""
        mine = self.filter(teller__person=person, state=StoryState.APPROVED)
        lapsing = mine.filter(consent.lapses_before(before, prefix="consent__"))
        return lapsing.order_by(consent.last_day(prefix="consent__"))

    def ending_between(self, first, before):
        """Stories of people with an account whose consent has its last day in these days."""
        ends = consent.lapses_before(before, prefix="consent__")
        over = consent.lapses_before(first, prefix="consent__")
        told = self.filter(ends, ~over, state=StoryState.APPROVED, teller__person__isnull=False)
        return told.select_related("teller__person", "consent")

    def told_by(self, person):
        return self.filter(teller__person=person)

    def collected_by(self, person):
        return self.filter(collector__person=person)

    def waiting_for(self, person):
        """Stories somebody wrote down for this teller, to be approved."""
        return self.filter(teller__person=person, state=StoryState.WITH_TELLER)

    def with_spaces(self):
        return self.select_related("space")

    def for_own_copy(self):
        """With every moment, wording and act of consent, for their teller to keep."""
        kept = ("steps__moment", "versions", "consents__named_people")
        return self.select_related("space").prefetch_related(*kept).order_by("pk")

    def not_withdrawn(self):
        return self.exclude(state=StoryState.WITHDRAWN)

    def withdrawn(self):
        return self.filter(state=StoryState.WITHDRAWN)

    def touching(self, cycle):
        """Stories with a moment of the cycle (the teller's), actual or hoped."""
        steps = StoryStep.objects.filter(story=OuterRef("pk"), moment__cycle=cycle)
        return self.filter(Exists(steps))

    def with_polarity(self, polarity):
        steps = StoryStep.objects.filter(story=OuterRef("pk"), moment__polarity=polarity)
        return self.filter(Exists(steps))

    def told_openly_by(self, membership, person):
        """Stories of a member who is shown by name, or who is the person asking."""
        open_ = Q(consent__attribution=Attribution.NAMED) | Q(teller__person=person)
        return self.filter(open_, teller=membership)

    def told_from(self, first, last):
        return self.filter(told_on__gte=first, told_on__lte=last)

    def listed_until(self, last):
        """Told by a day, as far as a list may tell; in no order."""
        return self.filter(listed_on__lte=last).order_by()

    def in_state(self, state):
        return self.filter(state=state)

    def never_searched(self):
        """Stories that nobody can find, and that are not noted to be written anew."""
        known = (Exists(rows.filter(story=OuterRef("pk"))) for rows in self._searched())
        return self.not_withdrawn().exclude(Q(*known, _connector=Q.OR)).values_list("pk", flat=True)

    def _searched(self):
        fields = map(self.model._meta.get_field, ("searched", "search_due"))
        return [field.related_model.objects.all() for field in fields]

    def told_with(self, moments):
        """The stories that some moments stand in."""
        steps = StoryStep.objects.filter(moment__in=moments)
        return self.filter(pk__in=steps.order_by().values("story"))

    def holding(self, moment):
        """The stories a moment stands in."""
        return self.filter(Exists(StoryStep.objects.filter(story=OuterRef("pk"), moment=moment)))

    def older_than(self, told):
        """Those after a story on the way from the newest to the oldest."""
        same_day = Q(listed_on=told.listed_on, public_id__lt=told.public_id)
        return self.filter(Q(listed_on__lt=told.listed_on) | same_day)

    def newer_than(self, told):
        same_day = Q(listed_on=told.listed_on, public_id__gt=told.public_id)
        return self.filter(Q(listed_on__gt=told.listed_on) | same_day)

    def in_listed_order(self):
        """From the oldest to the newest, as far as a list may tell; at random within a day."""
        return self.order_by("listed_on", "public_id")

    def begun(self) -> dict[str, int]:
        """How many stories nobody but their tellers reads yet, and how many people tell them."""
        begun = self.filter(state__in=[StoryState.DRAFT, StoryState.WITH_TELLER])
        people = models.Count("teller", distinct=True)
        return begun.aggregate(stories=models.Count("pk"), people=people)

    def shared_by_name(self):
        """Approved stories of tellers who are shown by name or by their practice, in no order."""
        return (
            self.in_state(StoryState.APPROVED)
            .exclude(consent.nameless(prefix="consent__"))
            .order_by()
        )

    def unfinished_by(self, person):
        """Stories a person has begun and nobody else reads yet."""
        mine = Q(teller__person=person) | Q(collector__person=person, state=StoryState.DRAFT)
        begun = [StoryState.DRAFT, StoryState.WITH_TELLER]
        return self.filter(mine, state__in=begun)

    def newest_first(self):
        """From the newest to the oldest, as far as a list may tell; at random within a day."""
        return self.order_by("-listed_on", "-public_id")

    def list_anew(self):
        """Puts each where a list may show it: on its day, or where its teller has no name, at the
        beginning of the quarter, so that the days of its neighbours tell no more than that.
        """
        nameless = Consent.objects.filter(consent.nameless(), pk=OuterRef("consent"))
        quarter = TruncQuarter("told_on")
        return self.update(listed_on=Case(When(Exists(nameless), quarter), default=F("told_on")))

    def in_file_order(self):
        return self.order_by("pk")

    def with_tellers(self):
        """What a list needs to name each story's teller."""
        return self.select_related("teller", "collector", "consent")

    def with_moments(self):
        """What a list needs in order to show a story without another query."""
        return self.select_related(
            "teller__person", "collector__person", "consent"
        ).prefetch_related(
            models.Prefetch(
                "steps",
                StoryStep.objects.select_related(
                    "moment__agent", "moment__for_whom", "moment__other_space"
                ),
            ),
            models.Prefetch("steps__moment__steps", StoryStep.objects.with_stories()),
        )


class Story(models.Model):
    """One thread through the cycles as its teller tells it (docs/field.md: Stories).

    `corrected` is what its teller changed around the moments for themselves, and has not shared.
    `counts_until` is the summaries' own: the last day on which what they hold of it is true.
    `told_strength` is how well it is borne out before anybody else has said a word to it.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="stories")
    public_id = PublicIdField()
    ref = models.CharField(max_length=40)
    title = models.CharField(_("title"), max_length=200, validators=[plain_text])
    kind = models.CharField(_("kind"), max_length=12, choices=StoryKind, default=StoryKind.SPECIFIC)
    teller = models.ForeignKey(Membership, models.PROTECT, related_name="stories_told")
    collector = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="stories_collected"
    )
    told_on = models.DateField()
    listed_on = models.DateField()
    followed_up_on = models.DateField(null=True, blank=True)
    framing_number = models.PositiveSmallIntegerField(null=True, blank=True)
    language = models.CharField(max_length=10, blank=True)
    raw_text = models.TextField(blank=True, max_length=20000, validators=[plain_text])
    state = models.CharField(max_length=12, choices=StoryState, default=StoryState.DRAFT)
    strength = models.CharField(
        max_length=15, choices=Strength, default=Strength.ASSERTED, blank=True
    )
    told_strength = models.CharField(
        max_length=15, choices=Strength, default=Strength.ASSERTED, blank=True
    )
    substantiation = models.TextField(blank=True, max_length=20000, validators=[plain_text])
    other_factors = models.TextField(
        _("what else helped or got in the way?"),
        blank=True,
        max_length=20000,
        validators=[plain_text],
    )
    other_factors_private = models.BooleanField(default=False)
    did_not_work = models.TextField(
        _("what did not work?"), blank=True, max_length=20000, validators=[plain_text]
    )
    third_parties = models.JSONField(default=None, null=True, blank=True)
    corrected = models.JSONField(default=None, null=True, blank=True)
    consent = models.ForeignKey(
        Consent, models.SET_NULL, null=True, blank=True, related_name="governs"
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    counts_until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    extra = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = StoryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["space", "-listed_on", "-public_id"], name="story_newest"),
            models.Index(fields=["space", "state"], name="story_state"),
            models.Index(
                fields=["space", "counts_until"],
                condition=Q(counts_until__isnull=False),
                name="story_counts_until",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["space", "public_id"], name="story_public_id_once"),
            models.UniqueConstraint(fields=["space", "ref"], name="story_ref_once"),
            models.CheckConstraint(
                name="story_two_people",
                condition=Q(collector__isnull=True) | ~Q(collector=F("teller")),
                violation_error_message=_("The teller and the collector are two people."),
            ),
            models.CheckConstraint(
                name="story_withdrawn_has_day",
                condition=~Q(state="withdrawn") | Q(withdrawn_on__isnull=False),
            ),
        ]

    def __str__(self):
        return self.title

    def goes_to(self, audience: str, on) -> bool:
        """True if the story goes to an audience on a day."""
        return bool(
            self.state == StoryState.APPROVED
            and self.consent
            and self.consent.grant.goes_to(audience, on)
        )


class StoryStepQuerySet(models.QuerySet):
    def for_user(self, person):
        """Places of moments in stories that a person may read."""
        return self.filter(story__in=Story.objects.for_user(person))

    def in_space(self, space):
        return self.filter(story__space=space)

    def in_stories(self, stories):
        return self.filter(story__in=stories)

    def of_moments(self, moments):
        return self.filter(moment__in=moments)

    def of_present_tellers(self):
        """Places in stories, not withdrawn, of people who take part now."""
        here = self.exclude(story__state=StoryState.WITHDRAWN)
        return here.filter(story__teller__person__isnull=False, story__teller__left_on=None)

    def of_nameless(self):
        """Places in stories of tellers without a name."""
        return self.filter(consent.nameless(prefix="story__consent__"))

    def telling(self, moment, member):
        """A moment's places in stories that a member tells, as this member or as another."""
        theirs = Q(story__teller=member)
        if member.person_id:
            theirs |= Q(story__teller__person=member.person_id)
        return self.filter(theirs, moment=moment)

    def nameless_to(self, person):
        """Places in stories of tellers without a name, but for those a person tells or writes."""
        own = Q(story__teller__person=person) | Q(story__collector__person=person)
        return self.of_nameless().exclude(own)

    def refs(self):
        """The names of the moments, as in the space file."""
        return self.order_by().values_list("moment__ref", flat=True)

    def with_stories(self):
        """A moment's stories with tellers, in the order of lists: it tells not what came first."""
        places = self.order_by("story__listed_on", "story__public_id")
        return places.select_related("story__teller", "story__collector", "story__consent")


class StoryStep(models.Model):
    """A moment's place in a story."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="steps")
    moment = models.ForeignKey("valuecreation.Moment", models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()

    objects = StoryStepQuerySet.as_manager()

    class Meta:
        ordering = ["story", "order"]
        constraints = [
            models.UniqueConstraint(fields=["story", "order"], name="story_step_order_once"),
            models.UniqueConstraint(fields=["story", "moment"], name="story_step_moment_once"),
        ]

    def __str__(self):
        return f"{self.story_id}.{self.order}"
