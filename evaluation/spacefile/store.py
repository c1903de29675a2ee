"""A space file becomes a space: rows in bulk, all of them or none."""

from django.db import transaction
from django.utils.translation import gettext as _

from evaluation.spacefile.document import SpaceFile
from evaluation.spacefile.faults import Fault
from evaluation.spacefile.storing.flows import store_flows
from evaluation.spacefile.storing.framing import store_causes, store_framing
from evaluation.spacefile.storing.indicators import store_indicators
from evaluation.spacefile.storing.people import store_links, store_people, store_space
from evaluation.spacefile.storing.stories import store_stories
from spaces.models import Space
from valuecreation.loops import keeping as readings
from valuecreation.summaries import tallies

ADDRESSES_OF_OURS = frozenset({"new", "import"})


def address_faults(document: SpaceFile) -> list[Fault]:
    """What stands against founding a space at the address that the file gives."""
    slug = document.space.slug
    if slug in ADDRESSES_OF_OURS:
        problem = _("This address is used by a page.")
    elif Space.objects.with_slug(slug).exists():
        problem = _("A space with this address exists already.")
    else:
        return []
    mend = _("Give another slug, such as %(slug)s-2.") % {"slug": slug[:58]}
    return [Fault(document.space.place or _("space"), "slug", slug, problem, mend)]


@transaction.atomic
def store(document: SpaceFile) -> Space:
    """Found the space of a file that has no faults, with its summaries and loops worked out."""
    shelf = store_space(document)
    store_people(shelf, document)
    store_links(shelf, document)
    store_framing(shelf, document)
    store_indicators(shelf, document)
    store_stories(shelf, document)
    store_causes(shelf, document)
    store_flows(shelf, document)
    tallies.recount(shelf.space)
    readings.read_due(shelf.space)
    return shelf.space
