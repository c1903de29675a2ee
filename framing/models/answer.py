from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from framing.models.version import FramingVersion
from learningspaces.lib.text import plain_text
from spaces.models import Membership


class Answer(models.TextChoices):
    AGREE = "agree", _("I agree, for myself")
    LIVE_WITH = "live_with", _("I can live with it")
    NOT_YET = "not_yet", _("Not yet")
    SILENT = "silent", _("did not answer")


class VersionAnswerQuerySet(models.QuerySet):
    def for_user(self, person):
        return self.filter(version__in=FramingVersion.objects.for_user(person))

    def to_version(self, version):
        return self.filter(version=version)

    def by_member(self, membership):
        return self.filter(by=membership)

    def by_person(self, person):
        return self.filter(by__person=person)

    def to_wording(self, wording):
        """Answers to a draft as it stood then."""
        return self.filter(wording=wording)

    def given(self):
        """What people said, without those of whom it is noted that they did not answer."""
        return self.exclude(answer=Answer.SILENT)

    def in_order(self):
        return self.select_related("by").order_by("answered_at", "pk")


class VersionAnswer(models.Model):
    """What one member says to a framing version, for themselves; dissent stays in their words.

    `wording` marks the draft as it stood: an answer counts for the words it was given to.
    """

    version = models.ForeignKey(FramingVersion, models.CASCADE, related_name="answers")
    by = models.ForeignKey(Membership, models.CASCADE, related_name="version_answers")
    answer = models.CharField(max_length=10, choices=Answer)
    words = models.TextField(
        _("in your words"), blank=True, max_length=4000, validators=[plain_text]
    )
    wording = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)

    objects = VersionAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "by"], name="version_answered_once"),
        ]

    def __str__(self):
        return f"{self.by_id}: {self.answer}"
