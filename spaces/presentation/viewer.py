"""Who reads: the one value that everything presented is made for.

A viewer is a person in a space, who reads as a member or as a sponsor, or nobody in particular: a
whole audience, for a preview, a file or a release. The operators of the server read what is
written.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from learningspaces.lib.text import initials
from spaces.models import Membership, OtherName, Person, Space
from spaces.presentation.names import Names, practice_of, replace_names

INSIDE = "space"
OPERATOR = "operator"


@dataclass(frozen=True, kw_only=True)
class PresentedPerson:
    """How somebody is called: by name only where that may be."""

    label: str
    attribution: str = "role"  # named, role, pseudonym, anonymous

    @property
    def initials(self) -> str:
        """Two letters for a name; nothing for whoever is not called by theirs."""
        return initials(self.label) if self.attribution == "named" else ""


class Viewer:
    """Somebody who reads in a space, or the audience that something is made for.

    >>> Viewer(space, person).inside          # a member reads as the space itself
    >>> Viewer(space, audience="public").typed("Priya showed it.")
    'A vascular nurse showed it.'

    With `quoting`, words stand only where their tellers agreed to be quoted. `replaced` collects
    the names that gave way to other words.
    """

    def __init__(
        self,
        space: Space,
        person: Person | None = None,
        *,
        audience: str = "",
        quoting: bool = False,
    ):
        self.space, self.person, self.quoting = space, person, quoting
        self.audience = audience or space.audience_of(person)
        self.replaced: set[str] = set()

    @property
    def as_written(self) -> bool:
        """True for operators, who keep and move whole spaces."""
        return self.audience == OPERATOR

    @property
    def inside(self) -> bool:
        """True for those who read as the space itself."""
        return self.audience in (INSIDE, OPERATOR)

    def is_person(self, member: Membership) -> bool:
        """True for the viewer's own membership; an audience is nobody in particular."""
        return self.person is not None and member.person_id == self.person.pk

    @cached_property
    def members(self) -> dict[int, Membership]:
        """Everybody who is or was in the space; fetched once a name is to be replaced."""
        rows = Membership.objects.in_space(self.space).prefetch_related("roles").order_by("pk")
        rows = rows.select_related("person")
        return {member.pk: member for member in rows}

    @cached_property
    def names(self) -> Names:
        """Every name, former name, other name and address of everybody who is or was here."""
        beside: dict[int, list[str]] = defaultdict(list)
        for member, name in OtherName.objects.in_space(self.space).by_member():
            beside[member].append(name)
        members = self.members.values()
        addresses = {one.pk: one.person.email.casefold() for one in members if one.person}
        return Names(members, beside=beside, addresses=addresses)

    def typed(self, text: str) -> str:
        """Words in which nobody agreed to be named: outside the space names become practices."""
        return self.settled(text if self.inside else self.replace(text, practice_of))

    def replace(self, text: str, label_of: Callable[[Membership], str | None]) -> str:
        """A text with the names replaced for which there are other words."""
        if not text:
            return text
        said, replaced = replace_names(text, self.names, label_of)
        self.replaced |= replaced
        return said

    def settled(self, text: str) -> str:
        """The last look at everything that is said; a release takes out what it must not name."""
        return text

    def with_roles(self, member: Membership) -> Membership:
        """The member with roles fetched along, where these say how they are called."""
        around = member.outside and not member.practice and not self.inside
        return self.members.get(member.pk, member) if around else member

    def member(self, member: Membership | None) -> PresentedPerson:
        """Somebody outside any story: by practice outside the space, but oneself by name."""
        if member is None:
            return PresentedPerson(label="")
        if self.inside or self.is_person(member):
            return PresentedPerson(label=member.name, attribution="named")
        return PresentedPerson(label=practice_of(self.with_roles(member)))
