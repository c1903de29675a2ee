"""What the second reader of a release is shown, and where their reading stands."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from evaluation import releases
from evaluation.models import Release, SecondReading
from evaluation.releases.terms import release_label
from spaces.presentation.days import date_words


@dataclass(frozen=True)
class ShownForReading:
    """What gave way, and what still stands: each word with a place in which it does."""

    replaced: list[str]
    standing: dict[str, str]


def shown_for(reading: SecondReading) -> ShownForReading:
    """What a second reader is shown of what would be frozen today."""
    draft = releases.draft(unfrozen(reading))
    return ShownForReading(sorted(draft.replaced), draft.standing)


def unfrozen(reading: SecondReading) -> Release:
    """The release that was asked to be read, as it would be today."""
    space = reading.space
    return Release(
        space=space,
        label=release_label(space.name, reading.period_end.year, 0),
        number=0,
        as_of=space.today,
        period_start=reading.period_start,
        period_end=reading.period_end,
        audience=reading.audience,
        purpose=reading.purpose,
        title=reading.title,
        asks=reading.asks,
    )


def state_of_reading(space, terms: dict, by) -> str:
    """Where the second reading of what is to be frozen stands, in a sentence."""
    asked = ("period_start", "period_end", "audience", "purpose")
    release = Release(space=space, frozen_by=by, **{name: terms[name] for name in asked})
    readings = list(SecondReading.objects.asked_for(release))
    done = [one for one in readings if one.read_by and one.read_by_id != by.pk]
    if done:
        said = {"name": done[0].read_by.name, "day": date_words(done[0].read_on)}
        return _("%(name)s has read it for names, on %(day)s.") % said
    if any(one.read_by is None for one in readings):
        return _("Somebody else has been asked to read it for names, and has not done so yet.")
    return ""
