"""The conditions under which somebody reads a story, for the tables of stories and of moments."""

from django.db.models import Q

from learningspaces.lib.dates import day_here
from spaces.models import Membership
from valuecreation import consent
from valuecreation.models.consent import Consent
from valuecreation.models.readers import spaces_read_as_insider, spaces_sponsored
from valuecreation.models.story_words import StoryState


def goes_to(audience, on, *, prefix: str = "") -> Q:
    """The condition that a story is approved and goes to an audience on a day."""
    return Q(
        consent.goes_to(audience, on, prefix=f"{prefix}consent__"),
        **{f"{prefix}state": StoryState.APPROVED},
    )


def readable_as(audience, *, space, person, on, prefix: str = "") -> Q:
    """The condition that a person reads a story of a space as one of its audience.

    Without an audience they are none of it now, and read their own stories and those whose tellers
    chose them. `prefix` leads from the table asked to the story.
    """
    reaching = consent.reaches(audience, prefix=f"{prefix}consent__") if audience else None
    mine = Membership.objects.filter(space=space, person=person).values("pk")
    return _readable(mine, reaching, on, prefix)


def readable_anywhere(person, on=None, *, prefix: str = "") -> Q:
    """The same over all the spaces of a person, in each of which they may be another audience."""
    reaching = Q()
    for audience, spaces in [
        ("space", spaces_read_as_insider(person, on)),
        ("organisation", spaces_sponsored(person, on)),
    ]:
        here = Q(**{f"{prefix}space__in": spaces})
        reaching |= consent.reaches(audience, prefix=f"{prefix}consent__") & here
    mine = Membership.objects.filter(person=person).values("pk")
    return _readable(mine, reaching, on or day_here(), prefix)


def _readable(mine, reaching: Q | None, on, prefix: str) -> Q:
    """Own stories, and those shared with whom the teller chose or with whom they reach."""
    act = f"{prefix}consent__"
    chosen = Consent.named_people.through.objects.filter(membership__in=mine).values("consent")
    let_in = consent.names_people(prefix=act) & Q(**{f"{act}in": chosen})
    if reaching is not None:
        let_in |= reaching
    own = Q(**{f"{prefix}teller__in": mine}) | Q(**{f"{prefix}collector__in": mine})
    shared = Q(let_in, consent.in_force(on, prefix=act), **{f"{prefix}state": StoryState.APPROVED})
    return Q(own | shared, ~Q(**{f"{prefix}state": StoryState.WITHDRAWN}))
