from django.db import models
from django.db.models import Q
from django.utils import timezone

from learningspaces.lib.public_ids import PublicIdField
from learningspaces.lib.text import plain_text
from spaces.models import Upload, UploadKind
from valuecreation.consent import Use
from valuecreation.models.consent import Consent
from valuecreation.models.moment import Moment
from valuecreation.models.story import Story

MOST_FOR_A_MOMENT = 12

# What a teller must have agreed to before others see or hear what was put in.
USE_OF = {
    UploadKind.PICTURE: Use.IMAGE,
    UploadKind.SOUND: Use.AUDIO,
    UploadKind.DOCUMENT: Use.DOCUMENT,
}


class EnclosureQuerySet(models.QuerySet):
    def for_user(self, person):
        """What somebody told or wrote down; others get theirs through the story they read."""
        told = Q(story__teller__person=person) | Q(story__collector__person=person)
        return self.filter(told)

    def of_story(self, story):
        return self.filter(story=story).select_related("upload")

    def of_moment(self, moment):
        return self.filter(moment=moment)

    def numbered(self, pk):
        return self.filter(pk=pk)

    def in_order(self):
        return self.order_by("added_at", "pk")

    def agreed_by(self, act) -> None:
        """Says that these go where an act lets them, until a later act says anew."""
        self.update(agreed_under=act)

    def at_addresses(self, public_ids):
        return self.filter(public_id__in=list(public_ids))

    def agreed_under_act(self, act):
        return self.filter(agreed_under=act)


class Enclosure(models.Model):
    """A picture, a recording or a document that a moment is told with.

    Others see it only when the teller agreed to it by the act of consent that governs the story;
    what is put in later stays with the teller until the next act.
    """

    public_id = PublicIdField(unique=True)
    story = models.ForeignKey(Story, models.CASCADE, related_name="enclosures")
    moment = models.ForeignKey(Moment, models.CASCADE, related_name="enclosures")
    upload = models.OneToOneField(Upload, models.CASCADE, related_name="enclosure")
    description = models.TextField(blank=True, max_length=1000, validators=[plain_text])
    transcript = models.TextField(blank=True, max_length=20000, validators=[plain_text])
    agreed_under = models.ForeignKey(
        Consent, models.SET_NULL, null=True, blank=True, related_name="enclosures"
    )
    added_at = models.DateTimeField(default=timezone.now)

    objects = EnclosureQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self):
        return f"{self.upload_id} in {self.story_id}"
