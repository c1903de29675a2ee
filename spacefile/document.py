"""A whole space file as frozen records, in the order of the file; the layout is read off them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from spacefile import words
from spacefile.entries import Entry, key, part
from spacefile.framed import FramingEntry, IndicatorEntry
from spacefile.holders import Dated, Entries, ListOf, MapOf, One
from spacefile.kinds import Choice, Day, Text, Whole, Words
from spacefile.names import NAME, PERSON, SLUG
from spacefile.told import FlowEntry, StoryEntry

ANY_ROLE = words.ACCESS_ROLES + words.LEADERSHIP_ROLES


@dataclass(frozen=True, kw_only=True)
class SpaceEntry(Entry):
    """What the space says about itself."""

    slug: str | None = key(SLUG, required=True)
    name: str | None = key(NAME, required=True)
    purpose: str | None = key(Text(blank=False), required=True)
    structure_kind: tuple[str, ...] = key(ListOf(Choice(words.STRUCTURE_KINDS)), default=())
    governance: str = key(Choice(words.GOVERNANCE), default="decentralized", always=True)
    state: str = key(Choice(words.SPACE_STATES), default="active", always=True)
    boundary_policy: str = key(
        Choice(words.BOUNDARY_POLICIES), default="by_invitation", always=True
    )
    confidentiality_note: str = key(Text(), default="")
    min_group_size: int = key(Whole(1, 100), default=words.MIN_GROUP_SIZE, always=True)
    stall_after_days: tuple[tuple[str, int], ...] = key(
        MapOf(Choice(words.PERIOD_CYCLES), Whole(1, 3650)),
        default=words.STALL_AFTER_DAYS,
        always=True,
    )
    rhythm: str = key(Words(300), default="")

    @classmethod
    def label(cls, tree, number, above):
        return _("space")

    @property
    def quiet_after(self) -> dict[str, int]:
        """Days after which a moment of each cycle is quiet, with what goes without saying."""
        return dict(words.STALL_AFTER_DAYS) | dict(self.stall_after_days)


@dataclass(frozen=True, kw_only=True)
class OtherSpaceEntry(Entry):
    """Another space that this one knows by name."""

    slug: str | None = key(SLUG, required=True)
    name: str | None = key(NAME, required=True)
    link_via: tuple[str, ...] = key(ListOf(PERSON), default=())

    @classmethod
    def label(cls, tree, number, above):
        return _("other space %(slug)s") % {"slug": part(tree, "slug", number)}


@dataclass(frozen=True, kw_only=True)
class PersonEntry(Entry):
    """Somebody who takes part."""

    id: str | None = key(PERSON, required=True)
    name: str | None = key(NAME, required=True)
    practice: str = key(Words(200), default="")
    org: str = key(Words(200), default="")
    joined: date | None = key(Day(), required=True)
    roles: tuple[str, ...] = key(ListOf(Choice(ANY_ROLE)), default=())
    levels: tuple[tuple[date, str], ...] = key(Dated(Choice(words.LEVELS)), default=())
    trajectory: str = key(Choice(words.TRAJECTORIES), default="")
    cares: str = key(Text(), default="")
    unsure: str = key(Text(), default="")

    @classmethod
    def label(cls, tree, number, above):
        return _("participant %(id)s") % {"id": part(tree, "id", number)}


@dataclass(frozen=True, kw_only=True)
class OutsideEntry(Entry):
    """Somebody beside the space: a sponsor, an evaluator."""

    id: str | None = key(PERSON, required=True)
    name: str | None = key(NAME, required=True)
    role: str | None = key(Choice(ANY_ROLE), required=True)
    org: str = key(Words(200), default="")

    @classmethod
    def label(cls, tree, number, above):
        return _("outside %(id)s") % {"id": part(tree, "id", number)}


@dataclass(frozen=True, kw_only=True)
class SpaceFile(Entry):
    """One space with everything that a file can carry."""

    as_of: date | None = key(Day(), required=True)
    space: SpaceEntry | None = key(One(SpaceEntry), required=True)
    other_spaces: tuple[OtherSpaceEntry, ...] = key(Entries(OtherSpaceEntry), default=())
    participants: tuple[PersonEntry, ...] = key(Entries(PersonEntry), default=())
    outside: tuple[OutsideEntry, ...] = key(Entries(OutsideEntry), default=())
    framing: tuple[FramingEntry, ...] = key(Entries(FramingEntry), default=())
    indicators: tuple[IndicatorEntry, ...] = key(Entries(IndicatorEntry), default=())
    stories: tuple[StoryEntry, ...] = key(Entries(StoryEntry), default=())
    flows: tuple[FlowEntry, ...] = key(Entries(FlowEntry), default=())

    @classmethod
    def label(cls, tree, number, above):
        return _("The file")
