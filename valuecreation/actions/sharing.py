"""Sharing a story by one tap, taking that back, and opening again what has ended."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spaces.models import Membership
from valuecreation.actions.consent import default_expiry, give_consent
from valuecreation.consent import Attribution, Use
from valuecreation.models import Consent, Story
from valuecreation.presentation.names import PSEUDONYM_KEY


def last_named(story: Story, attribution: str = "") -> Consent | None:
    """The act that says how the teller was named when they last shared this story; if they never
    did, when they last shared something in this space. With `attribution`, of those named so.
    """
    if story.teller.person_id is None:
        return None
    acts = Consent.objects.sharing_in(story.space, story.teller.person).newest_first()
    if attribution:
        acts = acts.naming(attribution)
    return acts.of_story(story).first() or acts.first()


@transaction.atomic
def share_with_space(story: Story, *, by: Membership, attribution: str = "") -> Consent:
    """Let the people of the space read a story, and whoever joins later: to learn from, 24 months.

    The teller is named as they last chose in this space; the first time they are asked.
    """
    last = last_named(story, attribution)
    chosen = attribution or (last.attribution if last else "")
    if not chosen:
        said = _("Say how you want to be named. In this space it is asked once.")
        raise ValidationError({"attribution": said})
    other = last.extra.get(PSEUDONYM_KEY, "") if last else ""
    return give_consent(
        story,
        by=by,
        audience=["space"],
        attribution=chosen,
        uses=[Use.LEARNING],
        expires_on=default_expiry(story.space.today),
        pseudonym=other if chosen == Attribution.PSEUDONYM else "",
    )


@transaction.atomic
def open_again(story: Story, *, by: Membership) -> Consent:
    """A consent that has ended is given again as it was, with a new last day."""
    last = story.consent
    if last is None or not last.grant.audience:
        raise ValidationError(_("Nobody read it before. Say who may read it."))
    return give_consent(
        story,
        by=by,
        audience=last.grant.audience,
        attribution=last.attribution,
        uses=last.uses,
        named_people=list(last.named_people.all()),
        expires_on=default_expiry(story.space.today),
        pseudonym=last.extra.get(PSEUDONYM_KEY, ""),
        note=last.note,
    )
