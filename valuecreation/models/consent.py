from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.dates import day_here
from learningspaces.lib.text import plain_text
from spaces.models import Membership


class Attribution(models.TextChoices):
    NAMED = "named", _("with my name")
    ROLE = "role", _("by my practice, without my name")
    PSEUDONYM = "pseudonym", _("under another name")
    ANONYMOUS = "anonymous", _("without any trace of me")


NAMELESS = frozenset({Attribution.PSEUDONYM, Attribution.ANONYMOUS})


class Use(models.TextChoices):
    LEARNING = "learning", _("learning in the space")
    REPORT = "report", _("counted and told in reports")
    QUOTE = "quote", _("quoted in my words")
    PUBLICATION = "publication", _("published")
    RESEARCH = "research", _("research")
    AUDIO = "audio", _("sound recording")
    IMAGE = "image", _("pictures")


# The audiences a consent may hold, and the column that says so.
AUDIENCE_FIELDS = {
    "space": "to_space",
    "named_people": "to_named_people",
    "organisation": "to_organisation",
    "partner_spaces": "to_partner_spaces",
    "public": "to_public",
}
# Which columns let a reader's audience in (docs/readings.md): public covers every audience;
# organisation and partner spaces each include the space, not one another.
REACHING = {
    "space": ("to_space", "to_organisation", "to_partner_spaces", "to_public"),
    "organisation": ("to_organisation", "to_public"),
    "partner_spaces": ("to_partner_spaces", "to_public"),
    "public": ("to_public",),
}


def reaches(audience: str, *, prefix: str = "") -> Q:
    """The condition that a consent's circles include an audience."""
    condition = Q()
    for field in REACHING[audience]:
        condition |= Q(**{f"{prefix}{field}": True})
    return condition


def in_force(on, *, prefix: str = "") -> Q:
    """The condition that a consent is given, not withdrawn and not lapsed on a day."""
    return (
        Q(**{f"{prefix}given_on__lte": on})
        & (Q(**{f"{prefix}withdrawn_on__isnull": True}) | Q(**{f"{prefix}withdrawn_on__gt": on}))
        & (Q(**{f"{prefix}expires_on__isnull": True}) | Q(**{f"{prefix}expires_on__gte": on}))
    )


class ConsentQuerySet(models.QuerySet):
    def in_force(self, on=None):
        return self.filter(in_force(on or day_here()))

    def newest_first(self):
        return self.order_by("-given_on", "-pk")

    def not_withdrawn(self):
        return self.filter(withdrawn_on__isnull=True)

    def reaching(self, audience):
        return self.filter(reaches(audience))

    def for_user(self, person):
        """Only the teller and the collector read the acts themselves."""
        return self.filter(Q(story__teller__person=person) | Q(story__collector__person=person))


class Consent(models.Model):
    """One act of consent by a teller: who may read a story, how named, for what, until when.

    Acts are added, never edited; the newest one given governs (docs/field.md: Consent).
    """

    story = models.ForeignKey("valuecreation.Story", models.CASCADE, related_name="consents")
    version = models.ForeignKey(
        "valuecreation.StoryVersion",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="consents",
    )
    given_by = models.ForeignKey(
        Membership, models.CASCADE, null=True, blank=True, related_name="consents_given"
    )
    method = models.CharField(max_length=80, blank=True)
    given_on = models.DateField()
    given_on_stated = models.BooleanField(default=True)
    expires_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    to_space = models.BooleanField(default=False)
    to_named_people = models.BooleanField(default=False)
    to_organisation = models.BooleanField(default=False)
    to_partner_spaces = models.BooleanField(default=False)
    to_public = models.BooleanField(default=False)
    named_people = models.ManyToManyField(Membership, blank=True, related_name="named_in_consents")
    attribution = models.CharField(max_length=10, choices=Attribution, default=Attribution.NAMED)
    uses = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True, max_length=20000, validators=[plain_text])
    extra = models.JSONField(default=dict, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["given_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="consent_lapses_after_given",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=models.F("given_on")),
            ),
        ]

    def __str__(self):
        return f"{self.story_id}: {', '.join(sorted(self.audience))}"

    @property
    def audience(self) -> set[str]:
        """The circles this act names, as codes; with nobody else when it names none."""
        return {code for code, field in AUDIENCE_FIELDS.items() if getattr(self, field)} or {
            "teller_collector"
        }

    def reaches(self, audience: str) -> bool:
        return any(getattr(self, field) for field in REACHING[audience])

    def is_in_force(self, on) -> bool:
        """Given, neither withdrawn nor lapsed on a day."""
        return (
            self.given_on <= on
            and (self.withdrawn_on is None or self.withdrawn_on > on)
            and (self.expires_on is None or self.expires_on >= on)
        )
