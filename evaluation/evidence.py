"""What a strong contribution claim needs, checked against what stands behind it.

The four needs of the field (docs/field.md: Figures and stories together), and that somebody
independent has borne it out, without which the worked example's own claim is not yet strong.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from evaluation.models import ContributionClaim, Indicator, Observation
from evaluation.series import MOVED_AS_HOPED, movement
from evaluation.series_rows import shown_row
from valuecreation.cycles import Cycle, Location, MomentStatus
from valuecreation.models import Flow, Moment, Story, StoryState, Strength

BORNE_OUT = frozenset({Strength.DOCUMENTED, Strength.SUBSTANTIATED})


class Need(NamedTuple):
    """One thing a strong claim needs, in words, and whether it is there."""

    words: str
    met: bool


@dataclass(frozen=True)
class Evidence:
    """What stands behind a claim."""

    moved_after_baseline: bool = False
    tellers: int = 0
    borne_out: bool = False
    independent: bool = False
    chain: bool = False
    influences: bool = False

    @property
    def needs(self) -> list[Need]:
        """What a strong claim needs: met, or still missing."""
        return [
            Need(_("an indicator that moved as hoped after its baseline"),
                 self.moved_after_baseline),
            Need(_("two or more stories from different tellers, one of them at least documented"),
                 self.tellers >= 2 and self.borne_out),
            Need(_("one story substantiated by somebody knowledgeable and independent"),
                 self.independent),
            Need(_("a complete chain from the space to something applied"), self.chain),
            Need(_("the other influences, discussed"), self.influences),
        ]  # fmt: skip

    @property
    def missing(self) -> list[str]:
        return [need.words for need in self.needs if not need.met]


@dataclass(frozen=True)
class Known:
    """What is stored about the stories and figures behind some claims, fetched together."""

    moved: frozenset[int]
    onward: dict[int, list[int]]


def evidence_of(
    stories: Collection[Story], observations: Collection[Observation], other_influences: str
) -> Evidence:
    """What the stories and observations behind one claim amount to."""
    known = known_of(stories, observations)
    return weighed(stories, observations, other_influences, known)


def evidence_of_all(claims: Iterable[ContributionClaim]) -> dict[int, Evidence]:
    """The same for several claims (stories and figures fetched along), by their numbers."""
    claims = list(claims)
    stories = [story for claim in claims for story in claim.stories.all()]
    figures = [one for claim in claims for one in claim.observations.all()]
    known = known_of(stories, figures)
    return {
        claim.pk: weighed(
            claim.stories.all(), claim.observations.all(), claim.other_influences, known
        )
        for claim in claims
    }


def known_of(stories: Iterable[Story], observations: Iterable[Observation]) -> Known:
    """Which of the indicators moved as hoped from a baseline, and which flows happened."""
    moved = set()
    numbers = {one.indicator_id for one in observations}
    for one in Indicator.objects.numbered(numbers).with_observations().select_related("space"):
        row = shown_row(one, one.space.today, one.space.min_group_size)
        if row.baseline and movement(row) == MOVED_AS_HOPED:
            moved.add(one.pk)
    onward = defaultdict(list)
    flows = Flow.objects.happened().joining_all(moments_of(stories))
    for source, target in flows.values_list("source", "target"):
        onward[source].append(target)
    return Known(frozenset(moved), onward)


def moments_of(stories: Iterable[Story]) -> dict[int, Moment]:
    """The moments of stories that happened, by their numbers."""
    steps = [step for story in stories for step in story.steps.all()]
    actual = MomentStatus.ACTUAL
    return {step.moment_id: step.moment for step in steps if step.moment.status == actual}


def weighed(
    stories: Iterable[Story],
    observations: Iterable[Observation],
    other_influences: str,
    known: Known,
) -> Evidence:
    """What stands behind a claim, from what is known; a withdrawn story stands behind nothing."""
    standing = [story for story in stories if story.state != StoryState.WITHDRAWN]
    strengths = {story.strength for story in standing}
    return Evidence(
        moved_after_baseline=any(one.indicator_id in known.moved for one in observations),
        tellers=len({story.teller_id for story in standing}),
        borne_out=bool(BORNE_OUT & strengths),
        independent=Strength.SUBSTANTIATED in strengths,
        chain=chain_to_applied(moments_of(standing), known.onward, begun_here(standing)),
        influences=bool(other_influences.strip()),
    )


def begun_here(stories: Iterable[Story]) -> set[int]:
    """The moments of stories that happened in the space, where their tellers let that be known."""
    placed = [story for story in stories if not (story.consent and story.consent.grant.nameless)]
    known, veiled = moments_of(placed), moments_of(set(stories).difference(placed))
    here = {pk for pk, moment in known.items() if moment.location == Location.IN_SPACE}
    return here.difference(veiled)


def chain_to_applied(moments: Mapping, onward: Mapping[Any, Collection], begun: Collection) -> bool:
    """Whether happened flows lead, in the stories, from what began here to an applied moment."""
    ahead = [name for name in moments if name in begun]
    passed = set(ahead)
    while ahead:
        for target in onward.get(ahead.pop(), ()):
            if target not in moments or target in passed:
                continue
            if moments[target].cycle == Cycle.APPLIED:
                return True
            passed.add(target)
            ahead.append(target)
    return False
