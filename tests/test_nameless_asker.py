"""Whoever asks for everything learns the quarter of what a nameless teller tells, and no more.

The same space is made several times. Only the true days within a quarter, the place and what was
written down first differ; every role is answered the same, byte for byte.
"""

import datetime as dt

import pytest
from django.db import connection, transaction

from evaluation.models import ContributionClaim, Indicator, MomentIndicator
from framing.models import MomentAspiration, Reframing
from spaces.models import SpaceLink
from spaces.permissions import Role
from tests import make
from tests.asking import Asker, difference, releases_of
from tests.framing import rows as framing
from valuecreation.cycles import Cycle, Location, MomentStatus
from valuecreation.loops import keeping
from valuecreation.models import FlowKind, StoryStep, Uptake
from valuecreation.summaries import tallies

pytestmark = [
    pytest.mark.skipif(
        connection.vendor == "postgresql",
        reason="PostgreSQL numbers rows on after a world was taken back; CI asks on SQLite",
    ),
    pytest.mark.django_db,
]
FIRST, MIDDLE, LAST = dt.date(2025, 4, 2), dt.date(2025, 5, 16), dt.date(2025, 6, 29)
DAYS = [FIRST, dt.date(2025, 4, 20), MIDDLE, dt.date(2025, 6, 12), LAST]
OPENLY = [dt.date(2025, 4, 4) + dt.timedelta(days=7 * n) for n in range(12)]
AFTERWARDS = [dt.date(2025, 7, 20), dt.date(2025, 8, 20), dt.date(2025, 9, 28)]


def days(count):
    return dt.timedelta(days=count)


class World:
    """A space in which one teller is nameless, among others who told in the same quarter.

    `day` is the true day of what they tell, `place` where it was, `early` whether it was written
    down before everybody else's stories. Numbers and random ids are the same in all of them.
    """

    def __init__(self, *, day, place=Location.IN_PRACTICE, early=False, attribution="anonymous"):
        self.day, self.place, self.attribution = day, place, attribution
        founded = dt.date(2025, 1, 1)
        self.space = space = make.space(slug="asked", name="Asked", founded_on=founded)
        age = (space.today - MIDDLE).days
        space.stall_after_days = {"potential": age, "applied": 30, "realized": age, "strategic": 30}
        space.save()
        self.numbers = iter(range(1, 500))
        self.elsewhere = SpaceLink.objects.create(space=space, slug="bay", name="Kestrel Bay")
        people = {role: self.member(role) for role in Role.values}
        self.roles = {role: member.person for role, member in people.items()}
        self.by = people[Role.FACILITATOR]
        self.tellers = [self.member(Role.PARTICIPANT) for _ in range(3)]
        self.nameless_teller = self.member(Role.PARTICIPANT)
        parts = [self.tell_namelessly, self.tell_openly]
        for part in parts if early else reversed(parts):
            part()
        self.tie()
        tallies.recount(space)
        keeping.read_due(space)

    def member(self, role):
        """Somebody whose name, address and numbers are the same in every space."""
        number = next(self.numbers)
        name = f"Somebody Number{number}"
        who = make.person(name, email=f"nr{number}@example.org", pk=8000 + number)
        outside = role in (Role.SPONSOR, Role.EVALUATOR)
        ref = f"P{899 + number}"
        return make.membership(self.space, who, role, outside=outside, ref=ref, pk=8000 + number)

    def story(self, name, number, teller, told_on, **fields):
        """A story whose random id is the same in every space."""
        return make.story(
            in_space=self.space, teller=teller, cycles=(), told_on=told_on, ref=name,
            title=f"Story {name}", public_id=f"story{number:03}xyzv", state="approved", **fields,
        )  # fmt: skip

    def moment(self, story, order, cycle, number, **fields):
        row = make.moment(
            self.space, agent=story.teller, cycle=cycle, ref=f"{story.ref}.{order}",
            told_on=story.told_on, public_id=f"mom{number:03}wvutsr", **fields,
            text=f"What happened {story.ref}.{order}.",
        )  # fmt: skip
        StoryStep.objects.create(story=story, moment=row, order=order)
        return row

    def agree(self, story, **fields):
        terms = {"uses": ["learning", "report", "quote", "publication", "research"]}
        make.consent(story, "space", "organisation", "public", **terms | fields)

    def tell_openly(self):
        self.open_stories, self.open = [], []
        for number, day in enumerate(OPENLY):
            teller = self.tellers[number % 3]
            told = self.story(f"S{number + 10}", number + 10, teller, day)
            here = {"occurred_on": day, "location": Location.IN_SPACE}
            self.open += [
                self.moment(told, 1, Cycle.REALIZED, 2 * number + 100, **here),
                self.moment(told, 2, Cycle.IMMEDIATE, 2 * number + 101, **here),
            ]
            self.agree(told)
            self.open_stories.append(told)

    def tell_namelessly(self):
        day, place = self.day, self.place
        told = self.story("S90", 90, self.nameless_teller, day, did_not_work="The first try.")
        there = {"occurred_on": day, "location": place}
        if place == Location.OTHER_SPACE:
            there["other_space"] = self.elsewhere
        hope = {"status": MomentStatus.HOPED, "due_on": day + days(92), "location": place}
        if place == Location.OTHER_SPACE:
            hope["other_space"] = self.elsewhere
        back = {"occurred_on": day, "location": Location.IN_SPACE}
        cycles = [Cycle.POTENTIAL, Cycle.APPLIED, Cycle.STRATEGIC, Cycle.REALIZED, Cycle.POTENTIAL]
        self.nameless = [
            self.moment(told, n, cycle, n, **there, polarity="negative" if n == 2 else "positive")
            for n, cycle in enumerate(cycles, start=1)
        ]
        self.nameless += [
            self.moment(told, 6, Cycle.IMMEDIATE, 6, **back),
            self.moment(told, 7, Cycle.ENABLING, 7, **hope),
        ]
        self.agree(told, attribution=self.attribution, expires_on=day + days(730))
        self.nameless_story = told

    def tie(self):
        """What leads from the nameless story to others and back, and what it is cited for."""
        one, two, three, _still, _quiet, back, hope = self.nameless
        flows = [
            (self.open[0], one, {}),
            (one, hope, {"status": "awaited", "due_on": self.day + days(92)}),
            (two, back, {"kind": FlowKind.RETURN}),
            (two, self.open[3], {"kind": FlowKind.RETURN}),
            (self.open[2], back, {"kind": FlowKind.RETURN}),
            (back, self.open[4], {}),
            (self.open[6], hope, {"status": "awaited"}),
            (three, None, self.stalled()),
            (self.open[8], three, self.stalled()),
            (three, self.open[10], {"kind": FlowKind.CROSS_SPACE}),
            (self.open[12], self.open[15], {"kind": FlowKind.RETURN}),
        ]
        self.flows = [
            make.flow(source, target, public_id=f"flow{n:03}zyxwv", **fields)
            for n, (source, target, fields) in enumerate(flows)
        ]
        shared = self.open_stories[5]
        StoryStep.objects.create(story=shared, moment=two, order=9)
        Uptake.objects.create(
            moment=back, label="Taken to the ward.", by=self.by, taken_up_on=self.day + days(1)
        )
        sign = Indicator.objects.create(
            space=self.space, ref="I1", name="How often", cycle=Cycle.APPLIED, kind="count",
            steward=self.by, pk=8000,
        )  # fmt: skip
        version = framing.agreed(self.space, agreed_on=dt.date(2025, 12, 1), pk=8000)
        hoped = framing.hope(version, pk=8000)
        for moment in (one, two, self.open[0], self.open[7]):
            MomentIndicator.objects.create(moment=moment, indicator=sign)
            MomentAspiration.objects.create(moment=moment, aspiration=hoped)
        Reframing.objects.create(version=version, moment=back)
        claim = ContributionClaim.objects.create(
            space=self.space, aspiration=hoped, statement="We contributed.", pk=8000,
            agreed_in_session=dt.date(2026, 1, 5), written_by=self.by,
        )  # fmt: skip
        claim.stories.set([self.nameless_story, self.open_stories[0]])

    def stalled(self):
        asked = {"asked_on": self.day + days(1), "asked_by": self.by, "stalled": True}
        return asked | {"status": "blocked", "reason": "no_time"}

    def asker(self, client, role) -> Asker:
        return Asker(
            client,
            self.roles[role],
            self.space,
            stories=[
                self.nameless_story.public_id,
                *(one.public_id for one in self.open_stories[4:7]),
            ],
            moments=[
                row.public_id for row in (*self.nameless[::2], self.nameless[1], *self.open[:2])
            ],
            flows=[flow.public_id for flow in self.flows[:4]],
            days=[*DAYS, *AFTERWARDS, *(day + days(1) for day in DAYS)],
        )


def answers(client, role, **world) -> dict[str, str]:
    """All that somebody with a role is answered in one of the spaces, which is then gone again."""
    with transaction.atomic():
        asked = World(**world).asker(client, role).ask_everything()
        transaction.set_rollback(True)
    return asked


def handed(**world) -> dict[str, str]:
    """All releases of one of the spaces."""
    with transaction.atomic():
        made = World(**world)
        found = releases_of(made.space, made.by, DAYS)
        transaction.set_rollback(True)
    return found


# All that may differ unseen: the true day, the place, and whether it was written down first.
OTHERWISE = {
    Role.PARTICIPANT: {"day": LAST, "place": Location.IN_SPACE, "early": True},
    Role.SPONSOR: {"day": LAST, "place": Location.OTHER_SPACE, "early": True},
    Role.CONVENER: {"day": MIDDLE, "place": Location.WITH_STAKEHOLDER, "early": True},
    Role.FACILITATOR: {"day": LAST, "place": Location.OTHER_SPACE},
    Role.EVALUATOR: {"day": MIDDLE, "place": Location.IN_SPACE},
}


@pytest.mark.parametrize("role", OTHERWISE)
def test_whoever_asks_everything_learns_the_quarter_and_no_more(client, role):
    asked = answers(client, role, day=FIRST)

    assert len(asked) > 100 and any("S90.1" in text for text in asked.values())
    assert difference(asked, answers(client, role, **OTHERWISE[role])) == []


def test_no_release_tells_more_than_the_quarter():
    found = handed(day=FIRST)
    assert difference(found, handed(**OTHERWISE[Role.PARTICIPANT])) == []


def test_of_a_named_teller_the_same_questions_tell_the_day(client):
    asked = answers(client, Role.PARTICIPANT, day=FIRST, attribution="named")
    again = answers(client, Role.PARTICIPANT, day=FIRST, attribution="named")
    other = answers(client, Role.PARTICIPANT, day=LAST, attribution="named")

    assert difference(asked, again) == []
    assert len(difference(asked, other)) > 40


def test_no_list_leads_from_a_nameless_story_or_back(client):
    with transaction.atomic():
        made = World(day=FIRST)
        asked = made.asker(client, Role.PARTICIPANT)
        followed = client.get(f"/api/v1/spaces/{made.space.slug}/flows/?page_size=200").json()
        ends = {(row["source"], row["target"]) for row in followed["results"]}
        kinds = {row["source"]: row["kind"] for row in followed["results"]}
        read = client.get(f"/api/v1/spaces/{made.space.slug}/readings/").json()
        returned = {(row["from"], row["to"]) for row in read["returns"]}
        asked.ask(f"/spaces/{made.space.slug}/flows/stalled/", "")
        transaction.set_rollback(True)

    openly, within = (made.open[12].ref, made.open[15].ref), ("S90.2", "S90.6")
    assert ends == {("S90.1", "S90.7"), within, openly}
    assert kinds["S90.2"] == "forward" and kinds[made.open[12].ref] == "return"
    assert returned == {openly}
    assert read["counts"]["flows_happened_by_kind"]["return"] == 4
    assert not any("S90.3" in text for text in asked.answers.values())
