"""Takes the words of an erased story out of what was frozen and printed.

Number, fingerprint and what a release rests on stay; what is left says that it was told, not what.
"""

from dataclasses import replace

from django.db import transaction

from evaluation.models import Release, Report, WorkedErasure
from evaluation.presentation import canonical
from evaluation.presentation.records import ReleaseContents, ReleasedMoment
from evaluation.releases.remarks import ended
from spaces.presentation.viewer import PresentedPerson
from valuecreation.models import Erasure
from valuecreation.presentation.records import PresentedStory

WORDS_OF_STORY = ("title", "did_not_work", "other_factors", "substantiation")
WORDS_OF_MOMENT = ("text", "agent", "for_whom", "other_space")


@transaction.atomic
def work_off(erasure: Erasure) -> None:
    """Blank a story in every release of its space that holds it; a second time changes nothing."""
    for pk in Release.objects.in_space(erasure.space_id).resting_on(erasure.ref):
        release = Release.objects.select_for_update().get(pk=pk)
        if release.content:
            release.content = blanked(bytes(release.content), erasure.ref)
            release.save(update_fields=["content"])
        Report.objects.of_release(release).update(content=None)
    WorkedErasure.objects.get_or_create(erasure=erasure)


def blanked(content: bytes, ref: str) -> bytes:
    """What was frozen, without the words of one story; nothing of what cannot be read."""
    try:
        contents = ReleaseContents.from_json(canonical.unpacked(content))
    except ValueError:
        return b""
    return canonical.packed(without_words(contents, ref).written())[0]


def without_words(contents: ReleaseContents, ref: str) -> ReleaseContents:
    """A release with one story in it that is counted and not told."""
    elsewhere = {step for one in contents.stories if one.ref != ref for step in one.steps}
    steps = {step for one in contents.stories if one.ref == ref for step in one.steps} - elsewhere
    said = {
        ended(words)
        for words in (
            *(one.did_not_work for one in contents.stories if one.ref == ref),
            *(moment.text for moment in contents.moments if moment.ref in steps),
        )
        if words
    }
    page = contents.one_page
    return replace(
        contents,
        stories=tuple(_untold(one) if one.ref == ref else one for one in contents.stories),
        moments=tuple(_unsaid(one) if one.ref in steps else one for one in contents.moments),
        one_page=replace(
            page,
            did_not_go_well=tuple(line for line in page.did_not_go_well if line not in said),
            story="" if page.story == ref else page.story,
        ),
    )


def _untold(story: PresentedStory) -> PresentedStory:
    blank = dict.fromkeys(WORDS_OF_STORY)
    return replace(story, **blank, quotable=False, teller=PresentedPerson(label=""))


def _unsaid(moment: ReleasedMoment) -> ReleasedMoment:
    return replace(moment, **(dict.fromkeys(WORDS_OF_MOMENT, "") | {"text": None}))
