"""A space file becomes a space: rows in bulk, all of them or none."""

from dataclasses import replace

from django.apps import apps
from django.db import connection, transaction
from django.utils.translation import gettext as _

from spacefile.columns import Links
from spacefile.faults import Fault
from spacefile.rows.flows import store_flows
from spacefile.rows.framing import store_causes, store_framing
from spacefile.rows.indicators import store_indicators
from spacefile.rows.people import store_other_spaces, store_people, store_space
from spacefile.rows.stories import store_stories
from spacefile.schema import SpaceFile
from spaces.models import Person, Space
from spaces.slugs import RESERVED, another_slug
from valuecreation.loops import keeping as readings
from valuecreation.searching.keeping import note_space
from valuecreation.summaries import tallies

OUR_APPS = ("spaces", "valuecreation", "framing", "evaluation")


def at_another_address(document: SpaceFile) -> SpaceFile:
    """The file at an address like its own that nobody has, whether that is taken or not: so nobody
    learns of a space that they cannot see."""
    return replace(document, space=replace(document.space, slug=another_slug(document.space.slug)))


def address_faults(document: SpaceFile, *, person: Person | None = None) -> list[Fault]:
    """What stands against founding a space at the address that the file gives.

    A person is told of a space they can see; beside another, theirs gets an address of its own.
    """
    slug = document.space.slug
    taken = Space.objects.for_user(person) if person else Space.objects
    if slug in RESERVED:
        problem = _("This address is used by a page.")
    elif taken.with_slug(slug).exists():
        problem = _("A space with this address exists already.")
    else:
        return []
    mend = _("Give another slug, such as %(slug)s-2.") % {"slug": slug[:58]}
    return [Fault(_("space"), "slug", slug, problem, mend)]


def refresh_statistics() -> None:
    """Let the database look at its tables anew: after an import its old guesses are far off."""
    models = [model for app in OUR_APPS for model in apps.get_app_config(app).get_models()]
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


@transaction.atomic
def store(document: SpaceFile) -> Space:
    """Found the space of a file that has no faults, with its summaries and loops worked out.

    What its stories are found by is noted, for the worker to write.
    """
    links = Links(store_space(document))
    store_people(links, document)
    store_other_spaces(links, document)
    store_framing(links, document)
    store_indicators(links, document)
    store_stories(links, document)
    store_causes(links, document)
    store_flows(links, document)
    tallies.recount(links.space)
    readings.read_due(links.space)
    note_space(links.space)
    return links.space
