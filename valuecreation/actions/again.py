"""The same told once more, from a page that Back led to: it corrects what was told, and no twin."""

from collections.abc import Iterable

from django.db import transaction

from spaces.models import Membership
from valuecreation.actions.moments import change_moment
from valuecreation.actions.stories import change_story, finish_story
from valuecreation.cycles import Polarity, Unplaced
from valuecreation.models import Moment
from valuecreation.rights import is_read_by_others

OPEN = {"cycle": Unplaced.OPEN, "polarity": Polarity.OPEN}
SHORT = 15  # letters that may stand in other words by chance


def told_before(moments: Iterable[Moment], fields: dict) -> Moment | None:
    """The moment among some, newest first, that is told once more: in the same words on the same
    day, or in words that hold all that was said of it.
    """
    said = _plain(fields["text"])
    for moment in moments:
        before = _plain(moment.text)
        day = fields.get("occurred_on") or fields.get("due_on")
        if said == before and day in (None, moment.occurred_on, moment.due_on):
            return moment
        if before != said and before in said and len(before) >= SHORT:
            return moment
    return None


@transaction.atomic
def tell_again(
    moment: Moment, *, by: Membership, fields: dict, title: str = "", finished: bool = False
) -> None:
    """Put what was said this time in the place of what was said before; what is left open, stays.

    Where others read it already, it stands beside the story until its teller shares it. Of words
    that were corrected since the old page knows nothing: they stay.
    """
    said = {name: value for name, value in fields.items() if value != OPEN.get(name)}
    story = next((step.story for step in moment.steps.all()), None)
    shared = story is not None and is_read_by_others(story)
    if _plain(said["text"]) != _plain(moment.text) or not (moment.revision or shared):
        change_moment(moment, by=by, seen=moment.revision, fields=said, keep_sharing=False)
    if story and title.strip() not in ("", story.title):
        story.refresh_from_db()
        wish = {"title": title.strip()}
        change_story(story, by=by, seen=story.revision, fields=wish, keep_sharing=False)
    if story and finished:
        finish_story(story, by=by)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
