import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.dates import day_at
from learningspaces.lib.prepared import Prepared
from learningspaces.lib.text import plain_text
from spaces.models.membership import Membership, RoleAssignment
from spaces.permissions import Role


class StructureKind(models.TextChoices):
    PAIR = "pair", _("pair")
    TEAM = "team", _("team or project")
    NETWORK = "network", _("network")
    COMMUNITY_OF_INTEREST = "community_of_interest", _("community of interest")
    COMMUNITY_OF_PRACTICE = "community_of_practice", _("community of practice")
    OPEN_SOURCE_COMMUNITY = "open_source_community", _("open-source community")
    COLLABORATORY = "collaboratory", _("collaboratory")
    EVENT = "event", _("event or conversation")


class Governance(models.TextChoices):
    DECENTRALIZED = "decentralized", _("decentralized: nobody owns it")
    CENTRALIZED = "centralized", _("centralized: inside one organisation")


class SpaceState(models.TextChoices):
    FORMING = "forming", _("forming")
    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")


class Boundary(models.TextChoices):
    OPEN = "open", _("open: anybody signed in may join")
    BY_REQUEST = "by_request", _("by request: people ask, somebody answers")
    BY_INVITATION = "by_invitation", _("by invitation only")


SMALLEST_GROUP = 3  # of two, each would know the other's answer
QUIET_AFTER = {"potential": 90, "applied": 120, "realized": 90, "strategic": 60}


def quiet_after() -> dict[str, int]:
    """Days after which a moment without a next one is quiet, by cycle (docs/readings.md, Quiet)."""
    return dict(QUIET_AFTER)


class SpaceQuerySet(models.QuerySet):
    def for_user(self, person, on=None):
        """The spaces a person is in now, in any role."""
        if not person.is_authenticated:
            return self.none()
        mine = Membership.objects.current(on).filter(space=OuterRef("pk"), person=person)
        return self.filter(Exists(mine))

    def ever_of(self, person):
        """The spaces a person is or was in."""
        return self.filter(Exists(Membership.objects.filter(space=OuterRef("pk"), person=person)))

    def open_for_work(self):
        """Spaces that are not closed."""
        return self.exclude(state=SpaceState.CLOSED)

    def at_work(self):
        """Spaces that neither rest nor are closed."""
        return self.exclude(state__in=[SpaceState.PAUSED, SpaceState.CLOSED])

    def with_slug(self, slug):
        return self.filter(slug=slug)

    def slugs(self):
        return self.values_list("slug", flat=True)

    def open_to(self, person):
        """Spaces a person is not in and may join or ask to join."""
        mine = Membership.objects.current().filter(space=OuterRef("pk"), person=person)
        return self.filter(
            ~Exists(mine),
            ~Q(boundary_policy=Boundary.BY_INVITATION),
            state__in=[SpaceState.FORMING, SpaceState.ACTIVE],
        )

    def joinable(self):
        """Spaces whose welcome page a signed-in stranger may open."""
        return self.exclude(boundary_policy=Boundary.BY_INVITATION).exclude(state=SpaceState.CLOSED)


ROLES_HELD = Prepared(
    lambda person, space, day: (
        RoleAssignment.objects.giving_access(on=day)
        .held_by(person, space=space)
        .values_list("role")
    ),
    person=-101,
    space=-102,
    day=dt.date(1901, 2, 3),
)


class Space(models.Model):
    """The record kept around people's engagement with a difference they care about.

    Having this record does not make a gathering a social learning space (docs/field.md: The space).
    `day_reached` is the day it was when its time zone changed: no day begins twice in it.
    """

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120, validators=[plain_text])
    purpose = models.TextField(
        _("the difference we care about"), max_length=2000, validators=[plain_text]
    )
    unsure_of = models.TextField(
        _("what we are unsure of"), max_length=4000, blank=True, validators=[plain_text]
    )
    legal_basis = models.CharField(
        _("legal basis"), max_length=300, blank=True, validators=[plain_text]
    )
    attention = models.TextField(
        _("how we pay attention"), max_length=4000, blank=True, validators=[plain_text]
    )
    structure_kind = models.JSONField(_("kind of structure"), default=list, blank=True)
    governance = models.CharField(
        _("governance"), max_length=15, choices=Governance, default=Governance.DECENTRALIZED
    )
    state = models.CharField(max_length=10, choices=SpaceState, default=SpaceState.ACTIVE)
    boundary_policy = models.CharField(
        _("boundary"), max_length=15, choices=Boundary, default=Boundary.BY_INVITATION
    )
    confidentiality_note = models.TextField(
        _("confidentiality"), max_length=4000, blank=True, validators=[plain_text]
    )
    rhythm = models.CharField(_("rhythm"), max_length=300, blank=True, validators=[plain_text])
    stall_after_days = models.JSONField(default=quiet_after)
    min_group_size = models.PositiveSmallIntegerField(
        _("smallest group shown"),
        default=5,
        validators=[MinValueValidator(SMALLEST_GROUP), MaxValueValidator(100)],
    )
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    day_reached = models.DateField(null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    closing_reflection = models.TextField(blank=True, max_length=20000, validators=[plain_text])
    closed_on = models.DateField(null=True, blank=True)
    founded_on = models.DateField()
    file_as_of = models.DateField(null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="space_closed_has_day",
                condition=~Q(state="closed") | Q(closed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="space_group_of_three", condition=Q(min_group_size__gte=SMALLEST_GROUP)
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def today(self):
        """The day it is now where the space lives."""
        return day_at(self.time_zone, self.day_reached)

    def quiet_before(self, on: dt.date) -> dict[str, dt.date]:
        """For each cycle that can fall quiet, the day before which a moment has been so on a day.

        Nothing lies before the first of all days: a cycle without a period never falls quiet.
        """
        periods = QUIET_AFTER | self.stall_after_days
        return {
            cycle: on - dt.timedelta(days=days) if days is not None else dt.date.min
            for cycle, days in periods.items()
            if cycle in QUIET_AFTER
        }

    @property
    def structure_words(self):
        """The structure kinds in words, for the masthead."""
        known = dict(StructureKind.choices)
        return [known.get(kind, kind) for kind in self.structure_kind]

    @property
    def is_open_for_work(self):
        """True while people may still add to the space."""
        return self.state != SpaceState.CLOSED

    def roles_of(self, person) -> frozenset[Role]:
        """The access roles a person holds here today; asked once per request, then remembered."""
        if person is None or not person.is_authenticated:
            return frozenset()
        known = self.__dict__.setdefault("_roles", {})
        if person.pk not in known:
            rows = ROLES_HELD.rows(person=person.pk, space=self.pk, day=self.today)
            known[person.pk] = frozenset(Role(code) for (code,) in rows)
        return known[person.pk]

    def audience_of(self, person) -> str:
        """What a person reads as: the space, or the organisation for somebody who only sponsors."""
        return "organisation" if self.roles_of(person) == {Role.SPONSOR} else "space"


class SpaceLinkQuerySet(models.QuerySet):
    def for_user(self, person):
        """The other spaces that a person's spaces know."""
        return self.filter(space__in=Space.objects.for_user(person))

    def of_space(self, space):
        return self.filter(space=space)

    def names(self):
        return self.order_by("name").values_list("name", flat=True)

    def called(self, name, slug):
        """Links with this name or this address."""
        return self.filter(Q(name__iexact=name) | Q(slug=slug))


class SpaceLink(models.Model):
    """Another space that this one knows by name, and through whom."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="links")
    slug = models.CharField(max_length=60)
    name = models.CharField(max_length=120, validators=[plain_text])
    via = models.ManyToManyField(Membership, blank=True, related_name="links")
    extra = models.JSONField(default=dict, blank=True)

    objects = SpaceLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "slug"], name="space_link_once"),
        ]

    def __str__(self):
        return self.name
