"""Two spaces alike but for their size, as people might fill them in three years."""

import datetime as dt
import itertools
import random
import sys

from evaluation.models import Indicator, MomentIndicator, Observation
from framing.models import Aspiration, FramingVersion, MomentAspiration, VersionState
from spaces.models import Membership, Person, RoleAssignment, Space
from spaces.permissions import Role
from valuecreation.cycles import Cycle, Location
from valuecreation.loops import keeping as readings
from valuecreation.models import Consent, Flow, Moment, Story, StoryState, StoryStep
from valuecreation.summaries import tallies

YEARS = 3
PATH = ["immediate", "potential", "applied", "realized", "potential"]
SIDE = ["enabling", "strategic", "orienting", "transformative"]
SENTENCE = (
    "I tried what we spoke about on Tuesday, with two colleagues who had not been there. "
    "It took longer than I thought, and something came of it that nobody had expected. "
)
BATCH = 2000


def space_with(slug: str, stories: int) -> Space:
    """The space of that name, made anew unless it is there with so many stories."""
    mark = {"stories": stories}
    found = Space.objects.filter(slug=slug).first()
    if found and found.extra == mark:
        return found
    if found:
        remove(found)
    print(f"Making a space with {stories} stories …", file=sys.stderr)
    space = Seed(slug, stories).fill()
    Space.objects.filter(pk=space.pk).update(extra=mark)
    return space


def remove(space: Space) -> None:
    """Take a space away, parts before what they hang on."""
    for model in (MomentIndicator, MomentAspiration):
        model.objects.filter(moment__space=space).delete()
    for rows in (space.flows, space.stories, space.moments, space.indicators):
        rows.all().delete()
    space.delete()


class Seed:
    """Fills one space, the same way each time."""

    def __init__(self, slug: str, stories: int):
        self.chance = random.Random(17)
        self.today = dt.date.today()
        self.began = self.today - dt.timedelta(days=365 * YEARS)
        self.number = stories
        self.space = Space.objects.create(
            slug=slug,
            name="A large space" if stories > 100 else "A small space",
            purpose="Fewer people wait for what could have been done at once.",
            structure_kind=["community_of_practice"],
            founded_on=self.began,
        )

    def fill(self) -> Space:
        self.people()
        self.stories()
        self.flows()
        self.frame()
        tallies.recount(self.space)
        readings.read_due(self.space)
        return self.space

    def people(self) -> None:
        accounts = [
            Person(email=f"{self.space.slug}-{number}@example.org", name=f"Person {number}")
            for number in range(40)
        ]
        Person.objects.bulk_create(accounts, ignore_conflicts=True)
        found = Person.objects.filter(email__startswith=f"{self.space.slug}-").order_by("pk")
        self.members = Membership.objects.bulk_create(
            Membership(
                space=self.space,
                person=person,
                ref=f"P{number:03}",
                name=person.name,
                practice="district nurse",
                organisation=f"House {number % 7}",
                joined_on=self.began,
            )
            for number, person in enumerate(found)
        )
        roles = [Role.FACILITATOR, *[Role.PARTICIPANT] * (len(self.members) - 1)]
        RoleAssignment.objects.bulk_create(
            RoleAssignment(membership=member, role=role, since=self.began)
            for member, role in zip(self.members, roles, strict=True)
        )

    def stories(self) -> None:
        told = [self.story(number) for number in range(1, self.number + 1)]
        Story.objects.bulk_create(told, batch_size=BATCH)
        acts = [self.consent(story) for story in told]
        Consent.objects.bulk_create(acts, batch_size=BATCH)
        for story, act in zip(told, acts, strict=True):
            story.consent = act
        Story.objects.bulk_update(told, ["consent"], batch_size=BATCH)
        Story.objects.in_space(self.space).list_anew()
        self.moments_of = {story: self.moments(story) for story in told}
        everything = list(itertools.chain.from_iterable(self.moments_of.values()))
        Moment.objects.bulk_create(everything, batch_size=BATCH)
        StoryStep.objects.bulk_create(
            (
                StoryStep(story=story, moment=moment, order=order)
                for story, moments in self.moments_of.items()
                for order, moment in enumerate(moments, start=1)
            ),
            batch_size=BATCH,
        )

    def story(self, number: int) -> Story:
        told = self.began + dt.timedelta(days=int(365 * YEARS * number / self.number))
        return Story(
            space=self.space,
            ref=f"S{number}",
            title=f"What came of the meeting, part {number}",
            teller=self.chance.choice(self.members),
            told_on=told,
            listed_on=told,
            state=StoryState.WITH_TELLER if number % 20 == 0 else StoryState.APPROVED,
        )

    def consent(self, story: Story) -> Consent:
        width = self.chance.random()
        lapses = story.told_on + dt.timedelta(days=400) if self.chance.random() < 0.1 else None
        return Consent(
            story=story,
            given_by=story.teller,
            given_on=story.told_on,
            expires_on=lapses,
            to_space=True,
            to_organisation=width < 0.5,
            to_public=width < 0.1,
            uses=["learning", "report", "quote"],
        )

    def moments(self, story: Story) -> list[Moment]:
        cycles = PATH[: self.chance.choice([3, 4, 5, 5])]
        if self.chance.random() < 0.6:
            cycles = [*cycles, self.chance.choice(SIDE)]
        return [self.moment(story, place, cycle) for place, cycle in enumerate(cycles, start=1)]

    def moment(self, story: Story, place: int, cycle: str) -> Moment:
        hoped = place > 3 and self.chance.random() < 0.15
        here = place in (1, 2, 5)
        return Moment(
            space=self.space,
            ref=f"{story.ref}.{place}",
            cycle=cycle,
            polarity=self.chance.choice(["positive"] * 6 + ["negative", "mixed", "nil"]),
            status="hoped" if hoped else "actual",
            occurred_on=None if hoped else story.told_on - dt.timedelta(days=60 - place * 10),
            due_on=story.told_on + dt.timedelta(days=90) if hoped else None,
            told_on=story.told_on,
            location=Location.IN_SPACE if here else Location.IN_PRACTICE,
            agent=story.teller,
            for_whom=story.teller,
            text=SENTENCE * self.chance.choice([1, 1, 2]),
        )

    def flows(self) -> None:
        found = {}
        told = list(self.moments_of.values())
        for number, moments in enumerate(told):
            for source, target in itertools.pairwise(moments):
                found[source, target] = self.flow(source, target)
            if number and self.chance.random() < 0.3:
                earlier = told[max(0, number - self.chance.randrange(1, 40))]
                source, target = self.chance.choice(earlier), moments[0]
                if source.status == target.status == "actual":
                    found[source, target] = self.flow(source, target)
        Flow.objects.bulk_create(found.values(), batch_size=BATCH)

    def flow(self, source: Moment, target: Moment) -> Flow:
        back = source.location != Location.IN_SPACE and target.location == Location.IN_SPACE
        happened = source.status == target.status == "actual"
        return Flow(
            space=self.space,
            source=source,
            target=target,
            kind="return" if back else "forward",
            status="happened" if happened else "awaited",
        )

    def frame(self) -> None:
        version = FramingVersion.objects.create(
            space=self.space,
            number=1,
            state=VersionState.AGREED,
            agreed_on=self.began,
            difference=self.space.purpose,
        )
        moments = list(itertools.chain.from_iterable(self.moments_of.values()))
        for cycle in Cycle.values:
            for number in range(2):
                hope = Aspiration.objects.create(
                    version=version, key=f"{cycle}-{number}", cycle=cycle, text=SENTENCE
                )
                self.indicator(hope, number, [m for m in moments if m.cycle == cycle])

    def indicator(self, hope: Aspiration, number: int, moments: list[Moment]) -> None:
        measure = Indicator.objects.create(
            space=self.space,
            ref=f"I{hope.pk}",
            aspiration=hope,
            cycle=hope.cycle,
            name=f"Sign {number + 1} of {hope.cycle} value",
            kind="count",
            baseline=10,
            target=40,
            steward=self.members[0],
        )
        Observation.objects.bulk_create(
            Observation(
                indicator=measure,
                period=f"{year}-Q{quarter}",
                period_start=dt.date(year, quarter * 3 - 2, 1),
                period_end=dt.date(year, quarter * 3, 28),
                value=10 + self.chance.randrange(30),
            )
            for year in range(self.today.year - YEARS, self.today.year)
            for quarter in (1, 2, 3, 4)
        )
        near = self.chance.sample(moments, min(len(moments), self.number // 20))
        MomentIndicator.objects.bulk_create(
            MomentIndicator(moment=moment, indicator=measure) for moment in near
        )
        MomentAspiration.objects.bulk_create(
            MomentAspiration(moment=moment, aspiration=hope) for moment in near
        )
