"""A story that goes on as things happen: what came next, and what is hoped for after it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spaces.models import Membership
from valuecreation.actions.flows import claim_flow, take_back_flow
from valuecreation.actions.moments import add_moment, move_moment
from valuecreation.models import Flow, Moment, Story
from valuecreation.rights import may_take_back


@transaction.atomic
def go_on(
    story: Story,
    *,
    by: Membership,
    fields: dict,
    follows: Moment | None = None,
    flow_kind: str = "",
    hope: dict | None = None,
    before: Moment | None = None,
    keep_sharing: bool = True,
) -> Moment:
    """Tell what came next, and perhaps what is hoped to come of that; or what came `before`.

    Of a hope it is not said yet what kind of thing it is, so with a story that others read it
    stands beside it, with its teller.
    """
    moment = add_moment(
        story,
        by=by,
        fields=fields,
        follows=follows,
        flow_kind=flow_kind,
        keep_sharing=keep_sharing,
    )
    if before:
        _lead_into(story, moment, before, follows, by=by)
    if hope:
        add_moment(story, by=by, fields=hope, follows=moment, keep_sharing=False)
    return moment


def _lead_into(
    story: Story, moment: Moment, before: Moment, follows: Moment | None, *, by: Membership
) -> None:
    """Put a moment between another one and what that came from: the chain is kept.

    While it stands beside a story that others read, they read on what was agreed to.
    """
    if not story.steps.filter(moment=before).exists():
        raise ValidationError(_("This moment is not in the story any more. Choose another one."))
    claim_flow(source=moment, target=before, by=by)
    if moment.beside_id:
        return
    for flow in Flow.objects.joining(follows, before).with_ends():
        if may_take_back(flow, by):
            take_back_flow(flow, by=by)
    moved = list(story.steps.select_related("moment"))
    places = [step.moment_id for step in moved]
    while places.index(moment.pk) > places.index(before.pk):
        move_moment(story, moment, by=by, earlier=True)
        here = places.index(moment.pk)
        places[here - 1], places[here] = places[here], places[here - 1]
