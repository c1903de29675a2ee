from django.db import models
from django.db.models import Case, Exists, Min, OuterRef, Q, Subquery, When
from django.db.models.functions import Cast, Coalesce, NullIf, TruncQuarter
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.dates import last_day
from learningspaces.lib.periods import period_days
from learningspaces.lib.public_ids import PublicIdField
from learningspaces.lib.text import plain_text
from spaces.models import Membership, Space, SpaceLink
from valuecreation.cycles import (
    KINDS_OF_MOMENTS,
    LOOSE,
    Location,
    MomentStatus,
    Polarity,
    Precision,
)
from valuecreation.models.readers import audience_in, spaces_ever_in, spaces_read_as_insider
from valuecreation.models.reading import goes_to, readable_anywhere, readable_as
from valuecreation.models.still_open import StillOpenMoments
from valuecreation.models.story import Story, StoryStep


class LooseAudience(models.TextChoices):
    """Who may read a moment that is in no story, as its recorder said."""

    RECORDER = "teller_collector", _("only me")
    SPACE = "space", _("the people in this space")


def _one_if(condition):
    """One where a condition holds; nothing where it does not, or where there is nothing to ask."""
    return Case(When(condition, then=1), default=0, output_field=models.IntegerField())


def day_to_list(moment: str = ""):
    """The day of a moment as far as a list may tell it: of a nameless teller the quarter.

    `moment` leads from the table asked to the moment ("moment__").
    """
    day = Coalesce(f"{moment}occurred_on", f"{moment}due_on")
    nameless = StoryStep.objects.of_nameless().filter(moment=OuterRef(f"{moment}pk"))
    quarter = Cast(TruncQuarter(day), models.DateField())
    return Case(When(Exists(nameless), then=quarter), default=day)


class MomentQuerySet(StillOpenMoments):
    def for_user(self, person, on=None):
        """Moments whose stories a person may all read, and loose ones shared with their space.

        For what goes over all of a person's spaces; within one, `for_reader` asks for less.
        """
        loose = Q(recorded_by__person=person, corrects=None) | Q(
            loose_audience=LooseAudience.SPACE, space__in=spaces_read_as_insider(person, on)
        )
        readable = readable_anywhere(person, on, prefix="story__")
        return self.filter(space__in=spaces_ever_in(person))._open_to(readable, loose)

    def for_reader(self, space, person, on=None):
        """The same as `for_user` within one space, whose roles of the person are known already."""
        audience = audience_in(space, person)
        return self.read_as(audience, space=space, person=person, on=on or space.today)

    def read_as(self, audience, *, space, person, on):
        """What a person reads in a space as one of its audience; as none of it without one."""
        mine = Membership.objects.filter(space=space, person=person).values("pk")
        loose = Q(recorded_by__in=mine, corrects=None)
        if audience == "space":
            loose |= Q(loose_audience=LooseAudience.SPACE)
        readable = readable_as(audience, space=space, person=person, on=on, prefix="story__")
        return self.in_space(space)._open_to(readable, loose)

    def for_audience(self, audience, on, *, space):
        """Moments of a space that the strictest of their stories' consents lets through."""
        loose = Q(loose_audience=LooseAudience.SPACE) if audience == "space" else Q(pk__in=[])
        return self.in_space(space)._open_to(goes_to(audience, on, prefix="story__"), loose)

    def _open_to(self, readable, loose):
        """Moments all of whose stories are readable; those in no story, where they are `loose`.

        A value asked of each moment by itself, not a join: a page that shows fifty of them looks
        at fifty, however many there are (docs/decisions: Pages ask within their space).
        """
        steps = StoryStep.objects.filter(moment=OuterRef("pk")).order_by().values("moment")
        strictest = steps.annotate(strictest=Min(_one_if(readable))).values("strictest")
        is_open = NullIf(Coalesce(Subquery(strictest), _one_if(loose)), models.Value(0))
        return self.alias(is_open=is_open).filter(is_open__isnull=False)

    def own(self, person):
        """What a person tells in a story or has noted, also in spaces they left."""
        standing = StoryStep.objects.filter(moment=OuterRef("pk"))
        noted = Q(~Exists(standing), recorded_by__person=person)
        told = Exists(standing.filter(story__teller__person=person))
        return self.filter(noted | told).with_stories().select_related("recorded_by")

    def in_space(self, space):
        return self.filter(space=space)

    def in_space_at(self, slug):
        return self.filter(space__slug=slug)

    def at_address(self, public_id):
        return self.filter(public_id=public_id)

    def actual(self):
        return self.filter(status=MomentStatus.ACTUAL)

    def hoped(self):
        return self.filter(status=MomentStatus.HOPED)

    def once_hoped(self):
        """What was hoped for before it happened."""
        return self.filter(was_hoped=True)

    def due_before(self, day):
        return self.filter(due_on__lt=day)

    def that_happened(self, cycle=None, season=None):
        """Moments that happened, in a cycle and in a season (2025-H1) where these are given."""
        found = self.actual().filter(cycle=cycle) if cycle else self.actual()
        return found.between_days(*period_days(season)) if season else found

    def done_or_told_by(self, person):
        """Moments that a person made happen, or tells of in a story."""
        told = StoryStep.objects.filter(moment=OuterRef("pk"), story__teller__person=person)
        return self.filter(Q(agent__person=person) | Exists(told))

    def taken_away_by(self, person, space):
        """What a person told in a space that they took away and that led nowhere yet."""
        told = StoryStep.objects.filter(moment=OuterRef("pk"), story__teller__person=person)
        onward = self._flows(source=OuterRef("pk"), status="happened")
        mine = self.actual().filter(Exists(told), ~Exists(onward), space=space, cycle="potential")
        return mine.order_by("-occurred_on", "-pk").with_stories()

    def between_days(self, first, last):
        """Moments that happened, or were hoped for, from one day to another."""
        return self.filter(
            Q(occurred_on__gte=first, occurred_on__lte=last)
            | Q(status=MomentStatus.HOPED, due_on__gte=first, due_on__lte=last)
        )

    def listed_until(self, last):
        """What had happened by the last day of a quarter, each on its `day` as a list may tell."""
        return self.actual().filter(occurred_on__lte=last).annotate(day=day_to_list()).order_by()

    def loosely_dated(self):
        """Those whose time is given by two days, by the day before it, or not at all."""
        return self.filter(precision__in=LOOSE)

    def told_that_day(self, day):
        return self.filter(told_on=day)

    def done_here_by(self, member):
        """What a member did in the space, with the `day` that a list may tell, and whether a
        teller without a name tells it.
        """
        done = self.actual().filter(agent=member, location=Location.IN_SPACE)
        untold = StoryStep.objects.of_nameless().filter(moment=OuterRef("pk"))
        return done.annotate(day=day_to_list(), nameless=Exists(untold))

    def latest_first(self):
        """The latest first, by their day or by the day they were hoped for."""
        return self.order_by(day_to_list().desc(), "-public_id")

    def loose(self):
        """Moments in no story yet."""
        return self.filter(~Exists(StoryStep.objects.filter(moment=OuterRef("pk"))))

    def in_named_spaces(self):
        return self.select_related("space").order_by("pk")

    def recorded_since(self, member, since):
        """What a member told or noted since a moment in time, in which story, the latest first."""
        recorded = self.filter(recorded_by=member, created_at__gte=since, corrects=None)
        return recorded.with_stories().select_related("beside").order_by("-pk")

    def noted_by(self, person):
        return self.filter(recorded_by__person=person)

    def loose_for(self, person, *, space):
        """Moments of a space in no story yet, which a member recorded or which were shared."""
        mine = Membership.objects.filter(space=space, person=person).values("pk")
        shared = Q(recorded_by__in=mine) | Q(loose_audience=LooseAudience.SPACE)
        return self.loose().filter(shared, space=space, beside__isnull=True)

    def in_no_story_by(self, person):
        """What a person has noted and taken into no story, in every space, also those they left."""
        noted = self.loose().filter(recorded_by__person=person, beside__isnull=True)
        return noted.select_related("space").order_by("space__name", "-pk")

    def kept_beside(self, story):
        """What its teller told after others had begun to read it, in its order; not shared yet."""
        rows = self.filter(space=story.space, beside=story)
        return rows.order_by(Coalesce("occurred_on", "due_on"), "pk")

    def correcting(self, moment):
        """Other words for a moment, which its teller has not shared."""
        return self.filter(corrects=moment)

    def but_corrections(self):
        """Without other words for what is counted already."""
        return self.filter(corrects=None)

    def in_spaces(self, spaces):
        return self.filter(space__in=spaces)

    def called(self, ref):
        return self.filter(ref=ref)

    def among(self, pks):
        return self.filter(pk__in=pks)

    def at_addresses(self, public_ids):
        return self.filter(public_id__in=public_ids)

    def numbers(self):
        return self.values_list("pk", flat=True)

    def by_day(self):
        """Hopes by their day, and then what happened first."""
        return self.order_by(models.F("due_on").asc(nulls_last=True), "occurred_on", "pk")

    def numbers_among(self, pks):
        """The numbers of those that are among some."""
        return self.among(pks).values_list("pk", flat=True)

    def named(self, refs):
        return self.filter(ref__in=refs)

    def refs(self):
        """Their names, as in the space file."""
        return self.order_by().values_list("ref", flat=True)

    def in_story(self, story):
        return self.filter(Exists(StoryStep.objects.filter(moment=OuterRef("pk"), story=story)))

    def told_openly_to(self, person):
        """Without those of nameless tellers, but for what a person tells or wrote down."""
        nameless = StoryStep.objects.nameless_to(person).filter(moment=OuterRef("pk"))
        return self.filter(~Exists(nameless))

    def outside_story(self, story):
        return self.exclude(Exists(StoryStep.objects.filter(moment=OuterRef("pk"), story=story)))

    def told_by(self, person):
        """Moments of stories a person tells."""
        theirs = StoryStep.objects.filter(story__teller__person=person)
        return self.filter(pk__in=theirs.values("moment"))

    def newest_first(self):
        """Those that happened last come first, as far as a list may tell."""
        return self.order_by(day_to_list().desc(nulls_last=True), "-public_id")

    def latest_told(self):
        """Those stored last come first, to be shown in another order (it tells when each was)."""
        return self.order_by("-pk")

    def with_stories(self):
        """What a list of moments needs to name each one's story and teller."""
        return self.with_people().prefetch_related(
            models.Prefetch("steps", StoryStep.objects.with_stories())
        )

    def with_people(self):
        return self.select_related("agent", "for_whom", "other_space", "space")


class Moment(models.Model):
    """One occurrence of value, in one cycle, for somebody, because somebody did something.

    Its cycle and how it turned out may be open until its story is shared.

    A hoped moment is not value yet; it has a day by which somebody hopes for it. One told after
    others had begun to read its story stands `beside` it, in no story, until its teller shares it;
    so do other words for a moment that others read, which say what they correct.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="moments", db_index=False)
    public_id = PublicIdField()
    ref = models.CharField(max_length=80)
    cycle = models.CharField(_("cycle"), max_length=15, choices=KINDS_OF_MOMENTS)
    subtype = models.CharField(_("finer kind"), max_length=30, blank=True, default="")
    polarity = models.CharField(
        _("how it turned out"), max_length=10, choices=Polarity, default=Polarity.POSITIVE
    )
    status = models.CharField(max_length=8, choices=MomentStatus, default=MomentStatus.ACTUAL)
    occurred_on = models.DateField(_("when"), null=True, blank=True)
    precision = models.CharField(max_length=8, choices=Precision, default=Precision.DAY)
    occurred_until = models.DateField(_("until"), null=True, blank=True)
    due_on = models.DateField(_("hoped for by"), null=True, blank=True)
    was_hoped = models.BooleanField(default=False)
    hope = models.JSONField(null=True, blank=True)
    told_on = models.DateField()
    location = models.CharField(
        _("where"), max_length=20, choices=Location, default=Location.IN_PRACTICE
    )
    other_space = models.ForeignKey(
        SpaceLink, models.PROTECT, null=True, blank=True, related_name="moments"
    )
    agent = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="moments_made"
    )
    agent_word = models.CharField(max_length=40, blank=True, default="")
    for_whom = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="moments_received"
    )
    for_word = models.CharField(max_length=40, blank=True, default="")
    text = models.TextField(_("what happened"), max_length=20000, validators=[plain_text])
    recorded_by = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="moments_recorded"
    )
    loose_audience = models.CharField(
        max_length=20, choices=LooseAudience, default=LooseAudience.RECORDER
    )
    beside = models.ForeignKey(
        Story, models.CASCADE, null=True, blank=True, related_name="kept_beside"
    )
    corrects = models.OneToOneField(
        "self", models.CASCADE, null=True, blank=True, related_name="correction"
    )
    created_at = models.DateTimeField(default=timezone.now)
    extra = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = MomentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["space", "id"], name="moment_in_space"),
            models.Index(fields=["space", "cycle", "status"], name="moment_cycle"),
            models.Index(fields=["space", "occurred_on"], name="moment_day"),
            models.Index(
                fields=["space"], condition=Q(precision__in=LOOSE), name="moment_loosely_dated"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["space", "public_id"], name="moment_public_id_once"),
            models.UniqueConstraint(fields=["space", "ref"], name="moment_ref_once"),
            models.CheckConstraint(
                name="moment_hope_has_day_and_no_date",
                condition=Q(status="actual", occurred_on__isnull=False, due_on__isnull=True)
                | Q(status="hoped", occurred_on__isnull=True, due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="moment_until_closes_its_days",
                condition=Q(precision__in=[Precision.DAYS, Precision.AFTER], status="actual")
                & Q(occurred_until__gte=models.F("occurred_on"))
                | ~Q(precision__in=[Precision.DAYS, Precision.AFTER], status="actual")
                & Q(occurred_until__isnull=True),
            ),
            models.CheckConstraint(
                name="moment_other_space_named",
                condition=Q(location="other_space", other_space__isnull=False)
                | (~Q(location="other_space") & Q(other_space__isnull=True)),
            ),
            models.CheckConstraint(
                name="moment_one_agent",
                condition=Q(agent__isnull=False, agent_word="")
                | (Q(agent__isnull=True) & ~Q(agent_word="")),
            ),
        ]

    def __str__(self):
        return f"{self.ref} ({self.cycle})"

    def goes_to(self, audience: str, on, *, steps=None) -> bool:
        """True if all stories it stands in go to an audience on a day.

        `steps` are its places in stories with their consents, if they were fetched by themselves.
        """
        stories = [step.story for step in (self.steps.all() if steps is None else steps)]
        if stories:
            return all(story.goes_to(audience, on) for story in stories)
        return audience == "space" and self.loose_audience == LooseAudience.SPACE

    @property
    def agent_key(self) -> str:
        """The agent as written in the space file: a person's id, `group` or `other_group`."""
        return self.agent.ref if self.agent else self.agent_word

    @property
    def known_by(self):
        """The day by which it had happened: the last of the period its date is known to."""
        if self.occurred_until or not self.occurred_on:
            return self.occurred_until
        return last_day(self.occurred_on, self.precision)

    @property
    def placed_on(self):
        """The day that counts on a path: the same, or the day after which it happened."""
        return self.occurred_on if self.precision == Precision.AFTER else self.known_by
