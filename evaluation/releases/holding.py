"""Which frozen releases hold a person's stories, for their teller."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from evaluation.models import Release
from spaces.presentation.days import date_words
from valuecreation.cycles import Audience
from valuecreation.models import Story


def held_by(stories: Iterable[Story]) -> dict[int, list[str]]:
    """For each story (by number) the releases that hold it, in words; one query for all."""
    known = {(story.space_id, story.ref): story.pk for story in stories}
    found = defaultdict(list)
    rows = Release.objects.in_spaces({space for space, _ref in known}).ready().newest_first()
    fields = ("space", "label", "as_of", "audience", "stories")
    for space, label, as_of, audience, told in rows.values_list(*fields):
        for ref in {one["story"] for one in told}:
            if (space, ref) in known:
                found[known[space, ref]].append(_words(label, as_of, audience))
    return found


def _words(label: str, as_of, audience: str) -> str:
    said = {"label": label, "day": date_words(as_of), "audience": Audience(audience).label}
    return _("Dataset %(label)s, frozen on %(day)s for %(audience)s") % said
