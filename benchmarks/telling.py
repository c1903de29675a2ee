"""The stories of a seeded space: who tells them to whom, what happened, and what led to what."""

import bisect
import datetime as dt
import itertools
from collections import defaultdict

from benchmarks.app import (
    PSEUDONYM_KEY,
    SEARCHED,
    Attribution,
    Consent,
    Flow,
    FollowUp,
    Location,
    Moment,
    Story,
    StoryState,
    StoryStep,
    Uptake,
    midday,
)

SENTENCE = (
    "I tried what we spoke about on Tuesday, with two colleagues who had not been there. "
    "It took longer than I thought, and something came of it that nobody had expected. "
)
ENDINGS = ("ando", "endo", "indo", "orno", "ulta", "anta", "enta", "inta", "osso", "uria")
WORDS = [SEARCHED, *(f"{letter}{ending}" for letter in "bdfglmnprs" for ending in ENDINGS)]
PATH = ["immediate", "potential", "applied", "realized", "potential"]
SIDE = ["enabling", "strategic", "orienting", "transformative"]
HERE = (1, 2, 5)  # the places on the path that lie in the space itself
DAYS_APART, LONGEST = 10, 60  # between two moments, and from the first to the telling
POLARITIES = ["positive"] * 6 + ["negative", "mixed", "nil"]
AUDIENCES = {  # how many of a hundred stories go to whom
    (): 3,
    ("to_named_people",): 8,
    ("to_space",): 45,
    ("to_space", "to_organisation"): 25,
    ("to_space", "to_partner_spaces"): 10,
    ("to_space", "to_organisation", "to_public"): 9,
}
NAMED_HOW = {
    Attribution.NAMED: 60,
    Attribution.ROLE: 15,
    Attribution.PSEUDONYM: 10,
    Attribution.ANONYMOUS: 15,
}
LASTING = {None: 10, 365: 20, 730: 50, 1095: 20}  # days until a consent ends


class Teller:
    """Makes the rows of one story after another, to be stored in bulk."""

    def __init__(self, space, members, links, chance, today):
        self.space, self.members, self.links = space, members, links
        self.chance, self.today = chance, today
        self.joined = [member.joined_on for member in members]
        self.stories: list[Story] = []
        self.consents: list[Consent] = []
        self.named: dict[int, list] = {}
        self.told: list[list[Moment]] = []
        self.rows: dict[type, list] = defaultdict(list)

    def one_of(self, weights: dict):
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def tell(self, number: int, day: dt.date) -> None:
        """One story told on a day, with all that hangs on it."""
        here = bisect.bisect_right(self.joined, day - dt.timedelta(days=LONGEST))
        present = self.members[:here]
        story = self.story(number, day, present)
        moments = self.moments(story, present)
        self.consent(story, present)
        self.flows(story, moments)
        self.follow_up(story, moments)
        self.stories.append(story)
        self.told.append(moments)

    def story(self, number: int, day: dt.date, present: list) -> Story:
        """Now and then one is still being written, or was written down for somebody else."""
        teller = self.members[0] if number in (2, 3) else self.chance.choice(present)
        others = [member for member in present[:2] if member is not teller]
        waits, drafted = number % 20 == 0, number % 50 == 1
        state = StoryState.WITH_TELLER if waits else StoryState.APPROVED
        return Story(
            space=self.space,
            ref=f"S{number}",
            title=f"What came of the meeting, part {number}",
            teller=teller,
            collector=others[0] if waits and others else None,
            told_on=day,
            listed_on=day,
            state=StoryState.DRAFT if drafted else state,
        )

    # --- consent -------------------------------------------------------------------------

    def consent(self, story: Story, present: list) -> None:
        """One act, or a narrower one before it; most of them end on a day."""
        if story.state != StoryState.APPROVED:
            return
        if self.chance.random() < 0.2:
            self.consents.append(self.act(story, ("to_space",), Attribution.NAMED, None))
        audience, attribution = self.one_of(AUDIENCES), self.one_of(NAMED_HOW)
        act = self.act(story, audience, attribution, self.one_of(LASTING))
        if "to_named_people" in audience:
            self.named[id(act)] = self.chance.sample(present, min(2, len(present)))
        self.consents.append(act)

    def act(self, story: Story, audience, attribution: str, days: int | None) -> Consent:
        pseudonym = {PSEUDONYM_KEY: "Robin"} if attribution == Attribution.PSEUDONYM else {}
        return Consent(
            story=story,
            given_by=story.teller,
            given_on=story.told_on,
            expires_on=days and story.told_on + dt.timedelta(days=days),
            attribution=attribution,
            uses=["learning", "report", "quote"],
            extra=pseudonym,
            **dict.fromkeys(audience, True),
        )

    # --- moments -------------------------------------------------------------------------

    def moments(self, story: Story, present: list) -> list[Moment]:
        """Three to six on a path; the last may still be hoped for."""
        cycles = PATH[: self.chance.choice([3, 4, 5, 5])]
        if self.chance.random() < 0.6:
            cycles = [*cycles, self.chance.choice(SIDE)]
        made = [
            self.moment(story, place, cycle, present) for place, cycle in enumerate(cycles, start=1)
        ]
        if len(made) > 3 and self.chance.random() < 0.3:
            hope = made[-1]
            hope.status, hope.polarity = "hoped", "positive"
            hope.occurred_on, hope.due_on = None, story.told_on + dt.timedelta(days=90)
        self.rows[Moment] += made
        self.rows[StoryStep] += [
            StoryStep(story=story, moment=moment, order=place)
            for place, moment in enumerate(made, start=1)
        ]
        return made

    def moment(self, story: Story, place: int, cycle: str, present: list) -> Moment:
        elsewhere = place == 3 and self.chance.random() < 0.1
        here = Location.IN_SPACE if place in HERE else Location.IN_PRACTICE
        word = self.chance.choice(WORDS) if place == 1 else "nothing"
        kind = self.chance.random()
        agent = self.chance.choice(present) if kind < 0.1 else story.teller
        return Moment(
            space=self.space,
            ref=f"{story.ref}.{place}",
            cycle=cycle,
            polarity=self.chance.choice(POLARITIES),
            occurred_on=story.told_on - dt.timedelta(days=LONGEST - place * DAYS_APART),
            told_on=story.told_on,
            location=Location.OTHER_SPACE if elsewhere else here,
            other_space=self.chance.choice(self.links) if elsewhere else None,
            agent=None if kind > 0.9 else agent,
            agent_word="group" if kind > 0.9 else "",
            for_whom=story.teller,
            text=SENTENCE * self.chance.choice([1, 1, 2]) + f"We called it {word}.",
        )

    # --- flows ---------------------------------------------------------------------------

    def flows(self, story: Story, moments: list[Moment]) -> None:
        """Along the path, from an earlier story into this one, and what goes no further."""
        for source, target in itertools.pairwise(moments):
            self.join(source, target)
        if self.told and self.chance.random() < 0.3:
            earlier = self.told[-min(len(self.told), self.chance.randrange(1, 40))]
            source, target = self.chance.choice(earlier), moments[0]
            if source.occurred_on and source.occurred_on <= target.occurred_on:
                self.join(source, target)
        last = moments[-1]
        if last.occurred_on and self.chance.random() < 0.1:
            self.rows[Flow].append(self.standstill(story, last))

    def join(self, source: Moment, target: Moment) -> None:
        back = source.location != Location.IN_SPACE and target.location == Location.IN_SPACE
        across = target.location == Location.OTHER_SPACE
        flow = Flow(
            space=self.space,
            source=source,
            target=target,
            kind="return" if back else "cross_space" if across else "forward",
            status="happened" if target.occurred_on else "awaited",
        )
        self.rows[Flow].append(flow)
        if back and self.chance.random() < 0.3:
            words = "Two others took it to the next round."
            self.rows[Uptake].append(Uptake(moment=target, label=words, by=self.members[0]))

    def standstill(self, story: Story, source: Moment) -> Flow:
        """Somebody asked and was told that it does not go on, or it is promised for a day."""
        if self.chance.random() < 0.5:
            due = story.told_on + dt.timedelta(days=120)
            return Flow(space=self.space, source=source, status="awaited", due_on=due)
        asked = min(self.today, story.told_on + dt.timedelta(days=30))
        return Flow(
            space=self.space,
            source=source,
            status="blocked",
            reason="no_time",
            stalled=True,
            asked_on=asked,
            asked_by=self.members[0],
        )

    def follow_up(self, story: Story, moments: list[Moment]) -> None:
        """Of one story in fifty somebody asks what came next."""
        if len(self.stories) % 50 == 1 and story.teller is not self.members[1]:
            self.rows[FollowUp].append(
                FollowUp(
                    moment=moments[0],
                    asked_by=self.members[1],
                    asked_of=story.teller,
                    asked_on=story.told_on,
                    question="What happened?",
                    mailed_at=midday(story.told_on),
                )
            )
