"""What a release rests on, and whether its tellers still agree to it."""

import datetime as dt
from typing import TypedDict

from evaluation.models import Indicator, Release
from spaces.models import GroupSizeChange
from valuecreation.consent import Use, at_least_as_open
from valuecreation.models import Story, StoryState
from valuecreation.presentation.records import PresentedStory


class StoryAgreement(TypedDict):
    """A story in a release: which wording, whether quoted, how its teller and others are named."""

    story: str
    id: str
    version: int | None
    quoted: bool
    attribution: str
    named: list[str]


def agreement_of(story: Story, presented: PresentedStory) -> StoryAgreement:
    """A story as it goes into a release, with what its teller had agreed to."""
    return {
        "story": story.ref,
        "id": story.public_id,
        "version": wording_of(story),
        "quoted": presented.quotable,
        "attribution": str(story.consent.attribution),
        "named": agreed_names(story),
    }


def wording_of(story: Story) -> int | None:
    """The wording that the consent in force is about; none where it came with a file."""
    return story.consent.version.number if story.consent.version else None


def agreed_names(story: Story) -> list[str]:
    """The people in a story who agreed to be named in it."""
    if not isinstance(story.third_parties, list):
        return []
    found = {str(one.get("person", "")) for one in story.third_parties if isinstance(one, dict)}
    return sorted(found - {""})


def hold_stories(release: Release) -> list[int]:
    """The stories of a release; whoever decides about one of them waits until this is done."""
    rows = Story.objects.select_for_update(no_key=True).in_space(release.space)
    held = rows.called_any([entry["story"] for entry in release.stories]).order_by("pk")
    return list(held.values_list("pk", flat=True))


def superseded(release: Release, today: dt.date) -> int:
    """How many stories of a release may not be handed out any more in the way it tells them.

    It is asked at each hand-over, wordings and consents then against now; nothing is pushed up.
    """
    refs = [entry["story"] for entry in release.stories]
    rows = Story.objects.in_space(release.space).called_any(refs).select_related("consent__version")
    now = {story.ref: story for story in rows}
    return sum(not still_agreed(now.get(e["story"]), e, release, today) for e in release.stories)


def tells_of_smaller_groups(release: Release) -> bool:
    """Whether a release was frozen when figures about fewer people than today were shown.

    Where no indicator counts people no figure hangs on that size.
    """
    then = GroupSizeChange.objects.size_at(release.space, release.asked_at)
    counting = Indicator.objects.in_space(release.space).counting_people()
    return release.space.min_group_size > then and counting.exists()


def still_agreed(
    story: Story | None, entry: StoryAgreement, release: Release, today: dt.date
) -> bool:
    """Whether the consent in force still covers what the release says of a story."""
    if story is None or story.public_id != entry["id"] or story.state != StoryState.APPROVED:
        return False
    grant = story.consent.grant if story.consent else None
    if grant is None or not grant.goes_to(release.audience, today):
        return False
    return (
        wording_of(story) == entry["version"]
        and grant.allows(release.purpose)
        and (not entry["quoted"] or grant.allows(Use.QUOTE))
        and at_least_as_open(grant.attribution, entry["attribution"])
        and set(entry["named"]) <= set(agreed_names(story))
    )
