"""The receipt of leaving a space, as the person who left reads it."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models import Indicator
from spaces.models import Departure, Membership
from spaces.presentation.days import date_words
from valuecreation.leaving import StoryChoice
from valuecreation.models import Story
from valuecreation.presentation.consent_words import seen_by

DONE = {
    StoryChoice.KEEP: _("Kept as it was"),
    StoryChoice.NAMELESS: _("Kept, without your name"),
    StoryChoice.WITHDRAW: _("Withdrawn: nobody else reads it"),
    StoryChoice.REMOVE: _("Thrown away"),
}


@dataclass(frozen=True)
class SettledStory:
    """A story and what was decided about it."""

    title: str
    told: str
    decided: str
    read_now: str = ""


@dataclass(frozen=True)
class Receipt:
    """What became of everything, in words."""

    number: str
    space_name: str
    left_on: str
    member_name: str
    stories: tuple[SettledStory, ...]
    stewards: tuple[tuple[str, str], ...]
    rest: dict[str, dict]


def receipt_of(departure: Departure, person) -> Receipt:
    """The receipt with the titles as they are now; of what is thrown away none is left."""
    membership, decided = departure.membership, departure.decided
    space = membership.space
    told = Story.objects.told_by(person).in_space(space).not_withdrawn().with_tellers()
    known = {story.public_id: story for story in told}
    return Receipt(
        number=f"L-{departure.pk:04}",
        space_name=space.name,
        left_on=date_words(timezone.localdate(departure.left_at)),
        member_name=membership.name,
        stories=tuple(
            settled(known.get(public_id), choice, told_on, space.today)
            for public_id, choice, told_on in decided["stories"]
        ),
        stewards=tuple(handed_over(decided["stewards"])),
        rest={
            kind: {"number": number, "kept": choice == "keep"}
            for kind, (number, choice) in decided["rest"].items()
            if number
        },
    )


def settled(story: Story | None, choice: str, told_on: str, today) -> SettledStory:
    """One line of the receipt."""
    return SettledStory(
        title=story.title if story else str(_("A story without its words")),
        told=told_on,
        decided=str(DONE[StoryChoice(choice)]),
        read_now=seen_by(story, today) if story else "",
    )


def handed_over(pairs):
    """(indicator, who looks after it now) for each that was looked after."""
    rows = Indicator.objects.numbered([row for row, _to in pairs]).in_bulk()
    members = Membership.objects.among([to for _row, to in pairs if to]).in_bulk()
    for row, to in pairs:
        if row in rows:
            yield rows[row].name, members[to].name if to in members else ""
