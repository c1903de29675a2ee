"""A story that goes on as things happen: what came next, and what is hoped for after it."""

from django.db import transaction

from spaces.models import Membership
from valuecreation.actions.moments import add_moment
from valuecreation.models import Moment, Story


@transaction.atomic
def go_on(
    story: Story,
    *,
    by: Membership,
    fields: dict,
    follows: Moment | None = None,
    flow_kind: str = "",
    hope: dict | None = None,
    keep_sharing: bool = True,
) -> Moment:
    """Tell what came next, and perhaps what is hoped to come of that.

    Of a hope it is not said yet what kind of thing it is, so with a story that others read it
    stands beside it, with its teller.
    """
    told = {"fields": fields, "follows": follows, "flow_kind": flow_kind}
    moment = add_moment(story, by=by, keep_sharing=keep_sharing, **told)
    if hope:
        add_moment(story, by=by, fields=hope, follows=moment, keep_sharing=False)
    return moment
