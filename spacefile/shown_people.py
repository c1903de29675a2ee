"""Who appears as whom in a file for one audience, under which id.

Outside the space everybody but a teller who chose to be named appears by practice or role, and
under an id of the file's own, so that no id ties a story told without a name to a name given
elsewhere. Inside the space only tellers who did not want their name appear so.
"""

import datetime as dt
from dataclasses import dataclass, field

from spacefile.schema import OutsideRecord, PersonRecord
from spaces.models import Membership
from spaces.presentation.viewer import Viewer
from valuecreation.presentation.terms import Terms

BY_WHAT_THEY_ARE = ("named", "role")  # the same in every story


@dataclass
class ShownPeople:
    """Gives out ids as they are asked for, and keeps a record of each person who was given one."""

    viewer: Viewer
    roles: dict[str, str]  # the role of those beside the space, by their own id
    since: dt.date
    ids: dict[tuple, str] = field(default_factory=dict)
    inside: list[PersonRecord] = field(default_factory=list)
    beside: list[OutsideRecord] = field(default_factory=list)

    def __post_init__(self):
        self.by_id = {member.ref: member for member in self.viewer.members.values()}

    def called(self, id: str, terms: Terms) -> str:
        """The id under which somebody appears here; words for groups stay as they are.

        Who is not named is one by practice, and a fresh one in each nameless story.
        """
        member = self.by_id.get(id)
        if member is None:
            return id
        shown = terms.person(member)
        named, by_practice = shown.attribution == "named", shown.attribution in BY_WHAT_THEY_ARE
        if named and self.viewer.inside:
            return id
        whose = member.pk if by_practice else terms.places[0][0].pk
        key = (shown.attribution, whose)
        if key not in self.ids:
            self.ids[key] = id if named else self.next_id()
            self.enter(member, self.ids[key], shown.label, member.practice if by_practice else "")
        return self.ids[key]

    def next_id(self) -> str:
        """An id that nobody of the space has."""
        number = len(self.ids) + 1
        while f"R{number}" in self.by_id:
            number += 1
        return f"R{number}"

    def enter(self, member: Membership, id: str, name: str, practice: str) -> None:
        """Put somebody among the people of the file."""
        if member.outside:
            role = self.roles.get(member.ref, "stakeholder")
            self.beside.append(OutsideRecord(id=id, name=name, role=role))
        else:
            self.inside.append(PersonRecord(id=id, name=name, practice=practice, joined=self.since))
