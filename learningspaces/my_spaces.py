"""The spaces a person is in, each with what waits for them there."""

from collections import Counter
from dataclasses import dataclass

from spaces.models import JoinRequest, RoleAssignment, Space
from spaces.permissions import Role
from valuecreation.models import FollowUp, Story


@dataclass(frozen=True)
class MySpace:
    """One space with the person's roles there and what waits for them."""

    space: Space
    roles: list[str]
    questions: int
    stories: int
    requests: int

    @property
    def nothing_waits(self) -> bool:
        return not (self.questions or self.stories or self.requests)


def my_spaces(person) -> list[MySpace]:
    """Every space of a person, those where something waits first; five queries for any number."""
    questions = FollowUp.objects.asked_of(person).readable_by(person).waiting().put_by_now()
    stories = Story.objects.collected().waiting_for(person)
    requests = JoinRequest.objects.for_user(person).waiting().to_open_spaces()
    asked = Counter(questions.order_by().values_list("moment__space", flat=True))
    told = Counter(stories.order_by().values_list("space", flat=True))
    wishes = Counter(requests.order_by().values_list("space", flat=True))
    held: dict[int, list[str]] = {}
    for space, role in RoleAssignment.objects.giving_access().of_person(person):
        held.setdefault(space, []).append(str(Role(role).label))
    rows = [
        MySpace(space, held.get(space.pk, []), asked[space.pk], told[space.pk], wishes[space.pk])
        for space in Space.objects.for_user(person).order_by("name", "pk")
    ]
    return sorted(rows, key=lambda row: row.nothing_waits)
