"""One space as people might fill it in three years, by the rules that hold for every record."""

import datetime as dt
import itertools
import random

from benchmarks.app import (
    Aspiration,
    Consent,
    Cycle,
    Flow,
    FollowUp,
    FramingVersion,
    Indicator,
    Membership,
    Moment,
    MomentAspiration,
    MomentIndicator,
    Observation,
    Person,
    Role,
    RoleAssignment,
    Space,
    SpaceLink,
    Story,
    StoryStep,
    Uptake,
    VersionState,
    period_days,
    work_out,
)
from benchmarks.telling import SENTENCE, Teller

YEARS = 3
SETTLING = 90  # days between the founding and the first story
MOST_PEOPLE, FEWEST_PEOPLE = 400, 10
BATCH = 2000


def people_in(stories: int) -> int:
    """How many take part in a space of so many stories."""
    return max(FEWEST_PEOPLE, min(MOST_PEOPLE, stories // 5))


def in_bulk(model, rows) -> list:
    return model.objects.bulk_create(rows, batch_size=BATCH)


class Seed:
    """Fills one space, the same way each time it is done on the same day."""

    def __init__(self, slug: str, stories: int):
        self.chance = random.Random(17)
        self.today = dt.datetime.now(dt.UTC).date()
        self.began = self.today - dt.timedelta(days=365 * YEARS)
        self.founded = self.began - dt.timedelta(days=SETTLING)
        self.number = stories
        self.space = Space.objects.create(
            slug=slug,
            name=f"A space of {stories} stories",
            purpose="Fewer people wait for what could have been done at once.",
            structure_kind=["community_of_practice"],
            founded_on=self.founded,
        )

    def fill(self) -> Space:
        self.people()
        self.tell()
        self.frame()
        work_out(self.space)
        return self.space

    def people(self) -> None:
        """Members join one after another, all in the first half of the time."""
        slug, count = self.space.slug, people_in(self.number)
        half = 365 * YEARS // 2
        accounts = in_bulk(
            Person,
            [
                Person(email=f"{slug}-{number}@example.org", name=f"Person {number} of {slug}")
                for number in range(count)
            ],
        )
        self.members = in_bulk(
            Membership,
            [
                Membership(
                    space=self.space,
                    person=person,
                    ref=f"P{number:03}",
                    name=person.name,
                    practice="district nurse",
                    organisation=f"House {number % 7}",
                    joined_on=self.founded + dt.timedelta(days=half * number // count),
                )
                for number, person in enumerate(accounts)
            ],
        )
        roles = [Role.FACILITATOR, Role.CONVENER, *[Role.PARTICIPANT] * (count - 2)]
        in_bulk(
            RoleAssignment,
            [
                RoleAssignment(membership=member, role=role, since=member.joined_on)
                for member, role in zip(self.members, roles, strict=True)
            ],
        )
        self.links = in_bulk(
            SpaceLink,
            [
                SpaceLink(
                    space=self.space, slug=f"beside-{number}", name=f"A space beside {number}"
                )
                for number in range(3)
            ],
        )

    def tell(self) -> None:
        """Stories with their consents, moments and flows, a few kinds of everything."""
        teller = Teller(self.space, self.members, self.links, self.chance, self.today)
        days = 365 * YEARS
        for number in range(1, self.number + 1):
            teller.tell(number, self.began + dt.timedelta(days=days * number // self.number))
        in_bulk(Story, teller.stories)
        acts = in_bulk(Consent, teller.consents)
        named = Consent.named_people.through
        in_bulk(
            named,
            [
                named(consent=act, membership=member)
                for act in acts
                for member in teller.named.get(id(act), ())
            ],
        )
        for act in acts:
            act.story.consent = act  # the one given last
        governed = list({act.story_id: act.story for act in acts}.values())
        Story.objects.bulk_update(governed, ["consent"], batch_size=500)
        for model in (Moment, StoryStep, Flow, Uptake, FollowUp):
            in_bulk(model, teller.rows[model])
        self.moments = teller.rows[Moment]

    def frame(self) -> None:
        """One framing version with two hopes for each cycle, each with an indicator."""
        version = FramingVersion.objects.create(
            space=self.space,
            number=1,
            state=VersionState.AGREED,
            agreed_on=self.began,
            difference=self.space.purpose,
        )
        for cycle, number in itertools.product(Cycle.values, range(2)):
            hope = Aspiration.objects.create(
                version=version, key=f"{cycle}-{number}", cycle=cycle, text=SENTENCE
            )
            self.indicator(hope, number, [row for row in self.moments if row.cycle == cycle])

    def indicator(self, hope: Aspiration, number: int, moments: list[Moment]) -> None:
        measure = Indicator.objects.create(
            space=self.space,
            ref=f"I-{hope.key}",
            aspiration=hope,
            cycle=hope.cycle,
            name=f"Sign {number + 1} of {hope.cycle} value",
            kind="count",
            baseline=10,
            target=40,
            steward=self.members[0],
        )
        years = range(self.today.year - YEARS, self.today.year)
        in_bulk(
            Observation,
            [self.observation(measure, f"{y}-Q{q}") for y in years for q in range(1, 5)],
        )
        near = self.chance.sample(moments, min(len(moments), self.number // 20 + 1))
        in_bulk(MomentIndicator, [MomentIndicator(moment=m, indicator=measure) for m in near])
        in_bulk(MomentAspiration, [MomentAspiration(moment=m, aspiration=hope) for m in near])

    def observation(self, measure: Indicator, period: str) -> Observation:
        first, last = period_days(period)
        value = 10 + self.chance.randrange(30)
        return Observation(
            indicator=measure, period=period, period_start=first, period_end=last, value=value
        )
