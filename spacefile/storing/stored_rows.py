"""What has been stored so far, by the ids of the file, so that records can point at each other."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from evaluation.models import Indicator
from framing.models import Aspiration, FramingVersion
from spaces.models import Membership, Space, SpaceLink

BATCH = 2000
AT_A_TIME = 1000  # stories or flows whose rows are in memory together


@dataclass
class StoredRows:
    """A new space with its rows by id; `hopes` holds the newest wording of each aspiration."""

    space: Space
    people: dict[str, Membership] = field(default_factory=dict)
    links: dict[str, SpaceLink] = field(default_factory=dict)
    versions: dict[int, FramingVersion] = field(default_factory=dict)
    hopes: dict[str, Aspiration] = field(default_factory=dict)
    signs: dict[str, Indicator] = field(default_factory=dict)
    moments: dict[str, int] = field(default_factory=dict)  # their numbers alone: there are many

    def person(self, id: str | None) -> Membership | None:
        """The member with this id, if it is one: a group or a kind of people is none."""
        return self.people.get(id) if id else None


def parts_of(entries: tuple) -> Iterator[tuple]:
    """A long list in parts, so that its rows need not all be in memory."""
    for start in range(0, len(entries), AT_A_TIME):
        yield entries[start : start + AT_A_TIME]


def in_bulk(rows: list) -> list:
    """Store rows of one kind; they know their numbers afterwards."""
    if not rows:
        return []
    return type(rows[0]).objects.bulk_create(rows, batch_size=BATCH)
