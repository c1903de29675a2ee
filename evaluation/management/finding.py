"""What commands about one space share: finding it, naming an audience, giving out bytes."""

from django.core.management.base import CommandError

from spaces.models import Space
from valuecreation.cycles import Audience


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
