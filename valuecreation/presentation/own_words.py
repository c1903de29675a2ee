"""A person's own words about a moment, as they stand on pages that are for that person alone."""

from collections.abc import Collection

from spaces.models import Person
from valuecreation.models import Moment


def own_words(person: Person, moments: Collection[int]) -> dict[int, str]:
    """What a person told of these moments; nothing of those that others tell."""
    if not moments:
        return {}
    told = Moment.objects.told_by(person).among(moments)
    return dict(told.values_list("pk", "text"))
