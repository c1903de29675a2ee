"""The space, its neighbours and its people."""

from django.utils.translation import gettext as _

from spacefile.checks.common import has_come, known_person, once
from spacefile.lookups import Lookups, RecordPlace


def check_people(found: Lookups) -> None:
    """Ids used once, neighbours that are neighbours, levels in order."""
    once(found, [*found.spots("participants"), *found.spots("outside")], "id")
    once(found, found.spots("other_spaces"), "slug")
    space = found.document.space
    if space:
        has_come(found, RecordPlace("space", space, 1), "founded_on")
    for spot in found.spots("other_spaces"):
        if space and spot.thing.slug and spot.thing.slug == space.slug:
            problem = _("This is the space of the file itself.")
            mend = _("Name another space, or delete the record.")
            found.fault(spot, "slug", space.slug, problem, mend)
        for number, person in enumerate(spot.thing.link_via, start=1):
            known_person(found, spot, f"link_via, {number}", person)
    for spot in found.spots("participants"):
        has_come(found, spot, "joined")
        check_levels(found, spot)


def check_levels(found: Lookups, spot: RecordPlace) -> None:
    """The levels of one person are dated one after the other."""
    last = None
    for number, (day, level) in enumerate(spot.thing.levels, start=1):
        if last and day <= last:
            problem = _("This does not come after %(last)s, which stands before it.")
            mend = _("Put the levels in order, the earliest first, one a day.")
            at = f"levels, {number}"
            found.fault(spot, at, [day, level], problem % {"last": last}, mend)
        last = max(day, last) if last else day
