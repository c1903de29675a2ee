"""Who in a space reads what goes to the space, for somebody who is about to share."""

from dataclasses import dataclass

from spaces.models import Membership, Space
from spaces.permissions import INSIDERS

NAMED = 60  # people a list names; the rest is counted


@dataclass(frozen=True)
class Readers:
    """How many people of a space can sign in and read, and the first of their names."""

    number: int
    names: tuple[str, ...]

    @property
    def more(self) -> int:
        return self.number - len(self.names)


def readers_of(space: Space, *, apart_from: Membership) -> Readers:
    """Everybody else who reads as the space itself today."""
    here = Membership.objects.current(space.today).in_space(space).holding_any(INSIDERS)
    others = here.apart_from(apart_from)
    names = tuple(others.by_name().values_list("name", flat=True)[:NAMED])
    return Readers(len(names) if len(names) < NAMED else others.count(), names)
