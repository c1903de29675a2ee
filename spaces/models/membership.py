from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.dates import day_here
from learningspaces.lib.folding import holding
from learningspaces.lib.many import any_of
from learningspaces.lib.text import initials, plain_text
from spaces.models.keys import was_here
from spaces.permissions import LEADERS, Role


class LeadershipRole(models.TextChoices):
    """What somebody stewards; gives no rights (docs/field.md: Roles)."""

    AGENDA_ACTIVISTS = "agenda_activists", _("agenda activist")
    COMMUNITY_KEEPERS = "community_keepers", _("community keeper")
    CRITICAL_FRIENDS = "critical_friends", _("critical friend")
    SOCIAL_REPORTERS = "social_reporters", _("social reporter")
    EXTERNAL_MESSENGERS = "external_messengers", _("external messenger")
    VALUE_DETECTIVES = "value_detectives", _("value detective")
    ORGANIZATIONAL_BROKERS = "organizational_brokers", _("organizational broker")
    STAKEHOLDER = "stakeholder", _("stakeholder")
    SYSTEMS_CONVENER = "systems_convener", _("systems convener")


class HowTaken(models.TextChoices):
    VOLUNTEERED = "volunteered", _("volunteered")
    ASKED = "asked", _("was asked")
    ROTATED = "rotated", _("took a turn")


class Level(models.TextChoices):
    """How somebody takes part, in their own words' nearest code (docs/field.md: Taking part)."""

    CORE = "core", _("core")
    ACTIVE = "active", _("active")
    OCCASIONAL = "occasional", _("occasional")
    PERIPHERAL = "peripheral", _("at the edge")
    TRANSACTIONAL = "transactional", _("exchanges from outside")


class Trajectory(models.TextChoices):
    INBOUND = "inbound", _("moving inward")
    INSIDER = "insider", _("an insider")
    PERIPHERAL = "peripheral", _("staying at the edge by choice")
    BOUNDARY = "boundary", _("linking spaces")
    OUTBOUND = "outbound", _("moving on")


class MembershipQuerySet(models.QuerySet):
    def current(self, on=None):
        """Memberships that have not ended. Joining is dated by day and has no future."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=on or day_here()))

    def for_user(self, person):
        """Who takes part in the spaces a person takes part in; sponsors see only themselves."""
        insider = (
            RoleAssignment.objects.giving_access()
            .exclude(role=Role.SPONSOR)
            .filter(membership__space=OuterRef("space"), membership__person=person)
        )
        return self.filter(Exists(insider) | Q(person=person))

    def in_space(self, space):
        return self.filter(space=space)

    def in_spaces(self, spaces):
        return self.filter(space__in=spaces)

    def joined_by_day(self, *, apart_from):
        """(space, day, how many people of its inside came in on that day), without one person."""
        others = self.inside().with_account().exclude(person=apart_from)
        days = others.filter(joined_on__isnull=False).order_by()
        rows = days.values("space", "joined_on").annotate(people=models.Count("pk"))
        return rows.values_list("space", "joined_on", "people")

    def of_person(self, person):
        return self.filter(person=person)

    def of_people(self, people):
        return self.filter(person__in=people)

    def called(self, ref):
        return self.filter(ref=ref)

    def with_refs(self, refs):
        return self.filter(ref__in=list(refs))

    def among(self, keys):
        return self.filter(pk__in=list(keys))

    def doing(self, practice):
        """Members with the same practice."""
        return self.filter(practice__iexact=practice.strip())

    def apart_from(self, membership):
        return self.exclude(pk=membership.pk)

    def apart_from_all(self, keys):
        return self.exclude(pk__in=keys)

    def named_like(self, words):
        """Members whose names hold every one of some words, whatever their accents and case."""
        names = list(self.order_by().values_list("pk", "name"))
        found = [holding(word, names) for word in words.split()[:8]]
        return self.filter(pk__in=any_of(set.intersection(*found))) if found else self

    def inside(self):
        """Members of the space itself, not the sponsors and evaluators around it."""
        return self.filter(outside=False)

    def outside(self):
        return self.filter(outside=True)

    def unclaimed(self):
        """Names nobody has signed in for yet (they came with a space file)."""
        return self.filter(person__isnull=True, left_on__isnull=True)

    def holding_any(self, roles):
        """Members with an account who hold one of the access roles today."""
        held = RoleAssignment.objects.giving_access().filter(
            membership=OuterRef("pk"), role__in=[str(role) for role in roles]
        )
        return self.filter(Exists(held), person__isnull=False)

    def sponsoring(self):
        """Those who hold the sponsor's role today, with an account or without."""
        held = RoleAssignment.objects.giving_access().filter(
            membership=OuterRef("pk"), role=Role.SPONSOR
        )
        return self.filter(Exists(held))

    def counted(self):
        """(how many people, from how many organisations), a row for each space."""
        named = models.Count("organisation", filter=~Q(organisation=""), distinct=True)
        rows = self.order_by().values("space").annotate(people=models.Count("pk"), named=named)
        return rows.values_list("people", "named")

    def with_roles(self):
        return self.select_related("person").prefetch_related("roles", "levels")

    def with_everything(self):
        """With the space and all that a copy of somebody's own data says of taking part in it."""
        kept = ("roles", "levels", "absences")
        return self.select_related("space").prefetch_related(*kept).order_by("pk")

    def seen_since(self, moment):
        return self.filter(was_here(moment))

    def with_account(self):
        return self.filter(person__isnull=False)

    def of_demo(self):
        """The people of the demonstration one may sign in as, those with most to do first."""
        return (
            self.filter(person__email__endswith="@demo.invalid")
            .select_related("person", "space")
            .prefetch_related("roles")
            .order_by("pk")
        )

    def by_name(self):
        return self.order_by("name", "pk")


class Membership(models.Model):
    """One person's taking part in one space: a name, until somebody claims it by invitation."""

    space = models.ForeignKey("spaces.Space", models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        "spaces.Person", models.SET_NULL, null=True, blank=True, related_name="memberships"
    )
    ref = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=120, validators=[plain_text])
    practice = models.CharField(_("practice"), max_length=200, blank=True, validators=[plain_text])
    organisation = models.CharField(
        _("organisation"), max_length=200, blank=True, validators=[plain_text]
    )
    outside = models.BooleanField(default=False)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    trajectory = models.CharField(
        _("trajectory"), max_length=12, choices=Trajectory, blank=True, default=""
    )
    entry_story = models.TextField(
        _("what could you bring that others may find useful, including something that failed?"),
        blank=True,
        max_length=8000,
        validators=[plain_text],
    )
    cares = models.TextField(
        _("what difference do you care to make, however small?"),
        blank=True,
        max_length=4000,
        validators=[plain_text],
    )
    unsure = models.TextField(
        _("what are you unsure about in doing that?"),
        blank=True,
        max_length=4000,
        validators=[plain_text],
    )
    notice = models.TextField(
        _("how will you notice whether anything changes?"),
        blank=True,
        max_length=4000,
        validators=[plain_text],
    )
    extra = models.JSONField(default=dict, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "ref"], name="membership_ref_once"),
            models.UniqueConstraint(fields=["space", "person"], name="membership_once"),
            models.CheckConstraint(
                name="membership_ends_after_start",
                condition=Q(left_on__isnull=True)
                | Q(joined_on__isnull=True)
                | Q(left_on__gte=models.F("joined_on")),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def initials(self):
        return initials(self.name)

    @property
    def first_name(self):
        return self.name.split(" ")[0]

    @property
    def held_roles(self) -> list["RoleAssignment"]:
        """What the member holds today, from the rows asked for already."""
        return [role for role in self.roles.all() if role.is_held]

    @property
    def invited_role(self):
        """The role an invitation to claim this name carries: the first access role it holds."""
        held = self.roles.giving_access().order_by("pk").first()
        return Role(held.role) if held else Role.PARTICIPANT

    @property
    def access_roles(self) -> set[Role]:
        """The access roles it holds, today or from a later day on."""
        return self.roles.not_over().filter(role__in=Role.values).roles()

    def is_current(self, on) -> bool:
        """True unless the member has left by a day."""
        return self.left_on is None or self.left_on > on

    def holds(self, role) -> bool:
        """True if the member holds the role and it has not ended."""
        return self.roles.in_force().filter(role=role).exists()

    @property
    def label(self):
        """The name-free label that may leave the space: practice, else the kind of part taken."""
        return self.practice or str(_("a member"))


class RoleAssignmentQuerySet(models.QuerySet):
    def in_force(self, on=None):
        """Roles held on a day, by memberships that have not ended."""
        day = on or day_here()
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=day),
            Q(membership__left_on__isnull=True) | Q(membership__left_on__gt=day),
            since__lte=day,
        )

    def giving_access(self, on=None):
        return self.in_force(on).filter(role__in=Role.values)

    def leadership(self):
        return self.exclude(role__in=Role.values)

    def of_person(self, person):
        """(space, role) of everything a person holds, space by space."""
        held = self.filter(membership__person=person)
        return held.order_by("pk").values_list("membership__space", "role")

    def held_by(self, person, *, space):
        return self.filter(membership__person=person, membership__space=space)

    def conveners_of(self, space):
        return self.filter(
            role=Role.CONVENER, membership__space=space, membership__person__isnull=False
        )

    def leading_and_seen(self, since):
        return self.filter(was_here(since, person="membership__person"), role__in=LEADERS)

    def held_in(self, membership):
        return self.in_force().filter(membership=membership)

    def of_member(self, membership):
        return self.filter(membership=membership)

    def not_over(self, on=None):
        """Roles held on a day or from a later one on."""
        day = on or day_here()
        lasting = Q(until__isnull=True) | (Q(until__gte=day) & Q(until__gte=models.F("since")))
        return self.filter(lasting)

    def between(self, since, until):
        """Roles held on any day from one to another, which may be open."""
        begun = Q(since__lte=until) if until else Q()
        return self.not_over(since).filter(begun)

    def of_space(self, space):
        return self.filter(membership__space=space)

    def apart_from(self, membership):
        return self.exclude(membership=membership)

    def for_user(self, person):
        """The roles of those whose membership the person may see."""
        return self.filter(membership__in=Membership.objects.for_user(person))

    def roles(self) -> set[Role]:
        return {Role(code) for code in self.values_list("role", flat=True)}


class RoleAssignment(models.Model):
    """A role somebody holds in a space from one day to another. Ended, never overwritten."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=30, choices=[*Role.choices, *LeadershipRole.choices])
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    how = models.CharField(
        max_length=12, choices=HowTaken, default=HowTaken.VOLUNTEERED, blank=True
    )

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "role"],
                condition=Q(until__isnull=True),
                name="role_held_once",
            ),
        ]

    def __str__(self):
        return self.get_role_display()

    @property
    def is_held(self) -> bool:
        """True if it is in force today."""
        today = day_here()
        return self.since <= today and (self.until is None or self.until >= today)


class ParticipationPeriodQuerySet(models.QuerySet):
    def current(self):
        return self.filter(until__isnull=True)

    def for_user(self, person):
        return self.filter(membership__in=Membership.objects.for_user(person))


class ParticipationPeriod(models.Model):
    """How somebody took part for a while, as they said themselves. Gives no rights."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="levels")
    level = models.CharField(max_length=15, choices=Level)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, validators=[plain_text])
    set_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="levels_set"
    )

    objects = ParticipationPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]

    def __str__(self):
        return f"{self.level} since {self.since}"
