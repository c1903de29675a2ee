"""One person as a viewer in many spaces at once, whose names are looked up together."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from spaces.models import Membership, OtherName, Person, Space
from spaces.presentation.names import Names
from spaces.presentation.viewer import Viewer


class NamesTogether:
    """Everybody who is or was in some spaces, and what else they are called; asked for once."""

    def __init__(self, spaces: list[Space]):
        self.spaces = spaces

    @cached_property
    def members(self) -> dict[int, dict[int, Membership]]:
        """The members of each space."""
        found: dict[int, dict[int, Membership]] = {space.pk: {} for space in self.spaces}
        rows = Membership.objects.in_spaces(self.spaces).with_roles().order_by("pk")
        for member in rows:
            found[member.space_id][member.pk] = member
        return found

    @cached_property
    def beside(self) -> dict[int, list[str]]:
        """The other names of each member."""
        found = defaultdict(list)
        rows = OtherName.objects.filter(membership__space__in=self.spaces)
        for member, name in rows.by_member():
            found[member].append(name)
        return found


class ViewerAmongSpaces(Viewer):
    """A viewer in one of several spaces."""

    def __init__(self, space: Space, person: Person, audience: str, together: NamesTogether):
        super().__init__(space, person, audience=audience)
        self.together = together

    @cached_property
    def members(self) -> dict[int, Membership]:
        return self.together.members[self.space.pk]

    @cached_property
    def names(self) -> Names:
        addresses = {
            pk: one.person.email.casefold() for pk, one in self.members.items() if one.person
        }
        beside = {pk: self.together.beside.get(pk, []) for pk in self.members}
        return Names(self.members.values(), beside=beside, addresses=addresses)


def viewers_in(person: Person, audiences: Mapping[Space, str]) -> dict[int, Viewer]:
    """The person as a viewer in each space, in which they read as one of an audience."""
    together = NamesTogether(list(audiences))
    return {
        space.pk: ViewerAmongSpaces(space, person, audience, together)
        for space, audience in audiences.items()
    }
