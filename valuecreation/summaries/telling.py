"""How telling itself goes in a space, in figures: never by person, and small groups stay hidden.

What nobody but its teller reads is only counted where so many people stand behind it that it tells
of none of them; what a nameless teller told is in no split by practice or level.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from spaces.models import Level, ParticipationPeriod, Space
from valuecreation.cycles import Audience, MomentStatus, Polarity
from valuecreation.models import FollowUp, Moment, StillMoment, Story, StoryState
from valuecreation.summaries import totals

AWRY = (Polarity.NEGATIVE, Polarity.MIXED, Polarity.NIL)


@dataclass(frozen=True)
class PeopleCount:
    """How many people of one kind have told something that others may read."""

    label: str
    people: int


@dataclass(frozen=True)
class TellingFigures:
    """The figures; one that is None would tell of too few people."""

    smallest: int
    shared: int
    unshared: int | None
    moments: int
    turned_out: dict[str, int]
    hopes_passed: int
    hopes_heard_of: int
    asked: int | None
    answered: int | None
    practices: list[PeopleCount] = field(default_factory=list)
    levels: list[PeopleCount] = field(default_factory=list)

    @property
    def told(self) -> int | None:
        """All stories that were begun and not taken back."""
        return None if self.unshared is None else self.shared + self.unshared

    @property
    def awry(self) -> int:
        """Moments that did not simply help."""
        return sum(self.turned_out.values())

    def share_of(self, number: int) -> int:
        """A number of moments as a percentage of all that happened."""
        return round(100 * number / self.moments) if self.moments else 0

    @property
    def shares(self) -> list[tuple[str, int, int]]:
        """How moments turned out that did not simply help: in words, how many, what percentage."""
        return [
            (str(Polarity(code).label), n, self.share_of(n)) for code, n in self.turned_out.items()
        ]


def telling_figures(space: Space) -> TellingFigures:
    """How telling goes in a space today; eight queries for any number of stories."""
    smallest = space.min_group_size
    summary = totals.read(space, Audience.SPACE, space.today)
    begun = Story.objects.in_space(space).begun()
    asked = FollowUp.objects.in_space(space).put_by_now().put()
    enough_asked = asked["people"] >= smallest
    passed, heard = hopes_past(space)
    return TellingFigures(
        smallest=smallest,
        shared=Story.objects.in_space(space).in_state(StoryState.APPROVED).count(),
        unshared=begun["stories"] if begun["people"] >= smallest else None,
        moments=summary.actual,
        turned_out={
            str(code): sum(
                n
                for (_cycle, status, polarity), n in summary.moments.items()
                if polarity == code and status == MomentStatus.ACTUAL
            )
            for code in AWRY
        },
        hopes_passed=passed,
        hopes_heard_of=heard,
        asked=asked["questions"] if enough_asked else None,
        answered=asked["answered"] if enough_asked else None,
        practices=by_practice(space, smallest),
        levels=by_level(space, smallest),
    )


def hopes_past(space: Space) -> tuple[int, int]:
    """How many hopes were due by today, and of how many somebody has told what came of them."""
    seen = Moment.objects.for_audience(Audience.SPACE, space.today, space=space)
    happened = seen.actual().once_hoped().count()
    due = seen.hoped().due_before(space.today).count()
    still = StillMoment.objects.in_space(space).for_audience(Audience.SPACE)
    waiting = still.past_their_day(space.today).count()
    return happened + due, happened + max(0, due - waiting)


def by_practice(space: Space, smallest: int) -> list[PeopleCount]:
    """The tellers of what others may read by their practice; few of one are not named."""
    tellers = Story.objects.in_space(space).shared_by_name()
    rows = tellers.values_list("teller", "teller__practice").distinct()
    return large_enough(((practice.strip(), one) for one, practice in rows), smallest)


def by_level(space: Space, smallest: int) -> list[PeopleCount]:
    """The same by the level at which they take part, as they said themselves."""
    tellers = set(Story.objects.in_space(space).shared_by_name().values_list("teller", flat=True))
    periods = ParticipationPeriod.objects.current().filter(membership__in=tellers)
    rows = periods.values_list("level", "membership")
    words = dict(Level.choices)
    return large_enough(((str(words[level]), one) for level, one in rows), smallest)


def large_enough(rows: Iterable[tuple[str, int]], smallest: int) -> list[PeopleCount]:
    """Groups of people with those of at least the smallest size, the largest first.

    What is left over is not counted: beside the others it would tell of the few.
    """
    people: dict[str, set[int]] = defaultdict(set)
    for label, one in rows:
        if label:
            people[label].add(one)
    sizes = Counter({label: len(some) for label, some in people.items()})
    named = ((label, size) for label, size in sizes.items() if size >= smallest)
    return [PeopleCount(label, size) for label, size in sorted(named, key=lambda p: (-p[1], p[0]))]
