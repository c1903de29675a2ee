from django.db import models

from learningspaces.lib.public_ids import PublicIdField
from learningspaces.lib.text import plain_text
from spaces.models import Membership, Space
from valuecreation.models.story import Story


class VignetteQuerySet(models.QuerySet):
    def for_user(self, person):
        """Those of the spaces a person is in; who reads one hangs on the stories behind it."""
        return self.filter(space__in=Space.objects.for_user(person))

    def in_space(self, space):
        return self.filter(space=space)

    def at_address(self, public_id):
        return self.filter(public_id=public_id)

    def written_by_person(self, person):
        return self.filter(written_by__person=person)

    def drawn_from(self, story):
        return self.filter(sources__story=story)

    def with_sources(self):
        """With the stories behind each, their tellers and consents."""
        sources = VignetteSource.objects.select_related(
            "story__teller", "story__collector", "story__consent"
        )
        rows = self.select_related("written_by")
        return rows.prefetch_related(models.Prefetch("sources", sources.order_by("pk")))

    def newest_first(self):
        return self.order_by("-written_on", "public_id")


class Vignette(models.Model):
    """A composite drawn from several stories, so that nobody in it is one person; labelled as such.

    It has no consent of its own: it goes where every story behind it goes, and ends with the first
    of them that ends. Nothing in it is counted.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="vignettes")
    public_id = PublicIdField(unique=True)
    title = models.CharField(max_length=200, validators=[plain_text])
    text = models.TextField(max_length=20000, validators=[plain_text])
    written_by = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="vignettes_written"
    )
    written_on = models.DateField()

    objects = VignetteQuerySet.as_manager()

    def __str__(self):
        return self.title

    def goes_to(self, audience: str, on) -> bool:
        """True if every story behind it (fetched along) is still there and goes to an audience."""
        sources = list(self.sources.all())
        return bool(sources) and all(source.stands_for(audience, on) for source in sources)


class VignetteSourceQuerySet(models.QuerySet):
    def for_user(self, person):
        """The tellers of the stories drawn on know it."""
        return self.filter(story__teller__person=person)

    def of(self, story):
        return self.filter(story=story, taken_out_on__isnull=True)

    def with_vignettes(self):
        return self.select_related("vignette__written_by")

    def numbered(self, pk):
        return self.filter(pk=pk)


class VignetteSource(models.Model):
    """A story that a vignette is drawn from; its teller may take it out, which ends that one."""

    vignette = models.ForeignKey(Vignette, models.CASCADE, related_name="sources")
    story = models.ForeignKey(
        Story, models.SET_NULL, null=True, blank=True, related_name="vignette_sources"
    )
    taken_out_on = models.DateField(null=True, blank=True)

    objects = VignetteSourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vignette", "story"], name="vignette_source_once")
        ]

    def __str__(self):
        return f"{self.vignette_id} from {self.story_id}"

    def stands_for(self, audience: str, on) -> bool:
        """True while its teller lets an audience read the story, and has not taken it out."""
        if self.story is None or self.taken_out_on:
            return False
        return self.story.goes_to(audience, on)
