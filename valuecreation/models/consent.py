from django.db import models
from django.db.models import Q

from learningspaces.lib.text import plain_text
from spaces.models import Membership
from valuecreation.consent import TELLER_COLLECTOR, Attribution, Grant, lets_somebody_in


class ConsentQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-given_on", "-pk")

    def sharing_in(self, space, person):
        """Acts by which a person let others read what they told in a space."""
        theirs = self.filter(story__space=space, story__teller__person=person)
        return theirs.filter(lets_somebody_in())

    def of_story(self, story):
        return self.filter(story=story)

    def naming(self, attribution):
        """Those by which the teller is named in one way."""
        return self.filter(attribution=attribution)

    def take_back(self, on):
        """Ends all that are not withdrawn yet."""
        return self.filter(withdrawn_on__isnull=True).update(withdrawn_on=on)

    def for_user(self, person):
        """Only the teller and the collector read the acts themselves."""
        return self.filter(Q(story__teller__person=person) | Q(story__collector__person=person))


class Consent(models.Model):
    """One act of consent by a teller: who may read a story, how named, for what, until when.

    `legal_basis` is what its space named on that day, which is not the teller's to agree to.

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
    legal_basis = models.CharField(max_length=300, blank=True, validators=[plain_text])
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

    @classmethod
    def new(cls, story, **terms) -> "Consent":
        """An act given today, not saved yet."""
        space = story.space
        return cls(story=story, given_on=space.today, legal_basis=space.legal_basis, **terms)

    @property
    def grant(self) -> Grant:
        """What it grants, to be asked who may read, on which days and for what."""
        return Grant.from_row(self)

    @property
    def audience(self) -> frozenset[str]:
        """The audiences this act names, as codes; with nobody else when it names none."""
        return self.grant.audience or frozenset({TELLER_COLLECTOR})
