"""Links that are handed over in a room, and coming in by one."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from spaces.actions.entering import enter, one_at_a_time
from spaces.models import JoinLink, Membership, Person
from spaces.permissions import Role
from spaces.rules import require_open, require_still_to_invite

LINKS_A_DAY = 20


@transaction.atomic
def make_join_link(*, by: Membership, lasts: dt.timedelta, most: int) -> JoinLink:
    """Make a link that lets so many people in as participants, for so long."""
    require_open(by.space)
    one_at_a_time(by.space)
    now = timezone.now()
    today = JoinLink.objects.in_space(by.space).since(now - dt.timedelta(days=1))
    if today.count() >= LINKS_A_DAY:
        said = _("%(count)d links were made here within a day. Use one of them, or wait.")
        raise ValidationError(said % {"count": LINKS_A_DAY})
    return JoinLink.objects.create(
        space=by.space, made_by=by, most=most, created_at=now, expires_at=now + lasts
    )


@transaction.atomic
def revoke_join_link(link: JoinLink, *, by: Membership) -> None:
    """End a link at once; who came in by it stays."""
    link.refresh_from_db(from_queryset=JoinLink.objects.select_for_update())
    if not link.revoked_at:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])


@transaction.atomic
def join_by_link(link: JoinLink, *, by: Person, **words) -> Membership:
    """Take part in a space whose link one was handed."""
    link = JoinLink.objects.with_space().select_for_update(of=("self",)).get(pk=link.pk)
    if link.state != "open":
        said = _("This link can no longer be used. Ask whoever gave it to you for a new one.")
        raise ValidationError(said)
    require_open(link.space)
    require_still_to_invite(link.made_by)
    membership = enter(space=link.space, person=by, roles=[Role.PARTICIPANT], **words)
    link.used += 1
    link.save(update_fields=["used"])
    return membership
