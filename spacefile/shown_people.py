"""Who appears as whom in a file for one audience.

Outside the space everybody but a teller who chose to be named appears by practice or role, and
under an id of the file's own, so that no id ties a story told without a name to a name given
elsewhere. Inside the space only tellers who did not want their name appear so.
"""

import datetime as dt
from dataclasses import dataclass, field

from spacefile.schema import OutsideRecord, PersonRecord
from spaces.models import Membership
from spaces.presentation.names import Names, practice_of
from valuecreation.cycles import Audience
from valuecreation.models import Attribution, Story, StoryStep
from valuecreation.presentation.names import (
    agreed_to_be_named,
    label_of,
    words_for,
)

NO_STORY = Story()


@dataclass
class ShownPeople:
    """Gives out ids and names as they are asked for, and keeps count of who was given which."""

    audience: str
    members: list[Membership]
    roles: dict[str, str]  # the role of those beside the space, by their own id
    since: dt.date
    ids: dict[tuple, str] = field(default_factory=dict)
    inside: list[PersonRecord] = field(default_factory=list)
    beside: list[OutsideRecord] = field(default_factory=list)

    def __post_init__(self):
        self.by_id = {member.ref: member for member in self.members}
        self.names = Names(self.members)

    @property
    def is_inside(self) -> bool:
        """True for a file that is for the people in the space itself."""
        return self.audience == Audience.SPACE

    def called(self, id: str, story: Story = NO_STORY, step: StoryStep | None = None) -> str:
        """The id under which somebody appears here; words for groups stay as they are."""
        member = self.by_id.get(id)
        if member is None or self.goes_by_name(member, story, step):
            return self.named(member) if member else id
        return self.unnamed(member, story)

    def goes_by_name(self, member: Membership, story: Story, step: StoryStep | None) -> bool:
        """True if this audience may read the name of this person here."""
        if member.pk == story.teller_id:
            return bool(story.consent) and story.consent.attribution == Attribution.NAMED
        return self.is_inside or agreed_to_be_named(member, story, step)

    def named(self, member: Membership) -> str:
        """Under their own id; outside the space with their name and practice, and nothing else."""
        if not self.is_inside and ("named", member.pk) not in self.ids:
            self.ids["named", member.pk] = member.ref
            self.enter(member, member.ref, member.name, member.practice)
        return member.ref

    def unnamed(self, member: Membership, story: Story) -> str:
        """Under an id of this file: one by practice, and a fresh one in each nameless story."""
        telling = member.pk == story.teller_id
        consent = story.consent if telling else None
        by_practice = consent is None or consent.attribution == Attribution.ROLE
        key = ("practice", member.pk) if by_practice else ("story", story.pk)
        if key not in self.ids:
            self.ids[key] = self.next_id()
            name = practice_of(member) if by_practice else label_of(member, consent, self.audience)
            self.enter(member, self.ids[key], name, member.practice if by_practice else "")
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

    def words(self, said: str, story: Story = NO_STORY, step: StoryStep | None = None) -> str:
        """Words as this audience may read them, names replaced by practices."""
        return words_for(said, story, self.audience, self.names, step=step)
