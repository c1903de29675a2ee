"""A whole story told at once: everything is checked first, then stored in bulk."""

import datetime as dt
import itertools
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spaces.models import Membership, Space
from valuecreation.actions.counting import searched_anew
from valuecreation.actions.flows import new_flow
from valuecreation.actions.moments import new_moment, rank
from valuecreation.actions.noticing import tell_of_story
from valuecreation.actions.refs import save_with_random_ref
from valuecreation.actions.stories import new_story
from valuecreation.actions.told_days import require_told_day
from valuecreation.models import Flow, Moment, Story, StoryState, StoryStep
from valuecreation.still_notices import settle_still
from valuecreation.wording import proposed_title


@transaction.atomic
def tell_story(
    space: Space,
    *,
    by: Membership,
    moments: Iterable[dict],
    teller: Membership | None = None,
    title: str = "",
    told_on: dt.date | None = None,
    finished: bool = False,
    **about: str,
) -> Story:
    """Tell a story of one moment or many, each leading to the next as the moments suggest.

    A moment is a dictionary of its fields; `follows` (a Moment) and `flow_kind` say otherwise.
    What is said `about` the story goes into it as `new_story` names it. Nothing is counted:
    nobody but the teller, and whoever writes it down, reads it yet.
    """
    wished = [dict(fields) for fields in moments]
    if not wished:
        raise ValidationError({"text": _("A story needs one moment. Say what happened.")})
    title = title or proposed_title(wished[0].get("text", ""), wished[0].get("cycle", ""))
    story = new_story(space, by=by, teller=teller, title=title, told_on=told_on, **about)
    story.state = StoryState.WITH_TELLER if finished else StoryState.DRAFT
    told, flows = _path(story, wished, by)
    if told_on:
        require_told_day(story, by=by, moments=told)
    save_with_random_ref(story, "S")
    for number, moment in enumerate(told, start=1):
        moment.ref = f"{story.ref}.{number}"
    _store_path(story, told, flows)
    searched_anew([story])
    if finished and story.collector_id:
        tell_of_story(story)
    return story


def _path(story: Story, wished: list[dict], by: Membership) -> tuple[list[Moment], list[Flow]]:
    """The moments in the order they were given, and what led from one to the next."""
    moments: list[Moment] = []
    flows: list[Flow] = []
    for fields in wished:
        follows = fields.pop("follows", moments[-1] if moments else None)
        kind = fields.pop("flow_kind", "")
        moment = new_moment(story, fields, by=by)
        if follows:
            flows.append(new_flow(follows, moment, by=by, kind=kind, field="follows"))
        moments.append(moment)
    return moments, flows


def _store_path(story: Story, moments: list[Moment], flows: list[Flow]) -> None:
    Moment.objects.bulk_create(moments)
    in_order = zip(itertools.count(1), sorted(moments, key=rank), strict=False)
    StoryStep.objects.bulk_create(
        StoryStep(story=story, moment=moment, order=order) for order, moment in in_order
    )
    Flow.objects.bulk_create(flows)
    if others := {flow.source_id for flow in flows} - {moment.pk for moment in moments}:
        settle_still(others)
