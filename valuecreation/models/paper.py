import hashlib
import secrets

from django.db import models
from django.utils import timezone

from learningspaces.lib.public_ids import ALPHABET
from spaces.models import Membership
from valuecreation.models.story import Story

GROUPS, LETTERS = 4, 5  # as in bcdfg-hjkmn-23456-pqrst: too many to be tried


def new_paper_code() -> str:
    """A fresh code in groups that can be read from paper; nothing in it spells a word."""
    letters = [secrets.choice(ALPHABET) for _letter in range(GROUPS * LETTERS)]
    groups = [letters[start : start + LETTERS] for start in range(0, len(letters), LETTERS)]
    return "-".join("".join(group) for group in groups)


def hash_of(code: str) -> str:
    """What is stored of a code, however it was typed from the paper."""
    plain = "".join(letter for letter in code.lower() if letter in ALPHABET)
    return hashlib.sha256(f"paper {plain}".encode()).hexdigest()


class PaperCodeQuerySet(models.QuerySet):
    def for_user(self, person):
        """Whoever made one knows that there is one; the code itself is nowhere but on the paper."""
        return self.filter(made_by__person=person)

    def unused(self, code):
        """The one whose code this is, if nobody has used it yet."""
        found = self.filter(code_hash=hash_of(code), used_at__isnull=True)
        return found.select_related("story__space", "story__teller")

    def of(self, story):
        return self.filter(story=story)


class PaperCode(models.Model):
    """A code on paper by which a teller without an account takes back one story, once."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="paper_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="paper_codes_made"
    )
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = PaperCodeQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self):
        return f"{self.story_id}, made {self.made_at:%Y-%m-%d}"
