"""What commands about one space share: their tables, finding it, an audience, giving out bytes."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from spaces.models import Space
from valuecreation.cycles import Audience


class SpaceCommand(BaseCommand):
    """A command about one space; on a developer's machine it brings the tables up to date first."""

    def execute(self, *args, **options):
        plan = MigrationExecutor(connection)
        if plan.migration_plan(plan.loader.graph.leaf_nodes()):
            if not settings.DEBUG:
                said = "The tables are not those of this version. Run this first: ./dev migrate"
                raise CommandError(said)
            call_command("migrate", interactive=False, verbosity=0)
        return super().execute(*args, **options)


def space_called(slug: str) -> Space:
    """The space at an address, or an end in words."""
    space = Space.objects.with_slug(slug).first()
    if space is None:
        raise CommandError(
            f"There is no space at {slug!r}. Give its address as it stands in the link."
        )
    return space


def add_audience(parser) -> None:
    """Let the command be asked for one audience."""
    parser.add_argument("--audience", choices=Audience.values, help="only what they may see")


def put(out, data: bytes) -> None:
    """Write bytes as they are, whatever the terminal thinks of them."""
    raw = getattr(out, "buffer", None)
    if raw is None:
        out.write(data.decode(), ending="")
        return
    out.flush()
    raw.write(data)
    raw.flush()
