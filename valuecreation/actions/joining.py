"""Since when somebody takes part, which may be long before they came to the page."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spaces.models import Membership
from spaces.presentation.days import date_words
from spaces.stated_days import require_come
from spaces.todays import last_today
from valuecreation.models import Moment
from valuecreation.rules.joining import first_deed


@transaction.atomic
def state_joined(membership: Membership, *, by: Membership, joined_on: dt.date) -> None:
    """Say since when a member takes part: they themselves, or a leader who makes it earlier."""
    stored = Membership.objects.select_for_update().get(pk=membership.pk)
    require_come("joined_on", joined_on, today=last_today(stored.space, by))
    if stored.left_on and joined_on > stored.left_on:
        said = _("They left on %(day)s, before this. Choose that day or an earlier one.")
        raise ValidationError({"joined_on": said % {"day": date_words(stored.left_on)}})
    if stored.pk == by.pk:
        _require_no_deed_before(stored, joined_on)
    elif stored.joined_on is None or joined_on > stored.joined_on:
        said = _("A later day is theirs to state. Choose an earlier one, or ask them.")
        raise ValidationError({"joined_on": said})
    stored.joined_on = joined_on
    stored.save(update_fields=["joined_on"])


def _require_no_deed_before(member: Membership, joined_on: dt.date) -> None:
    """Nobody took part later than what they did here, as far as they may read of it."""
    readable = Moment.objects.for_reader(member.space, member.person)
    first = first_deed(readable.done_here_by(member))
    if first and first < joined_on:
        said = _("You did something here by %(day)s. Choose that day or an earlier one.")
        raise ValidationError({"joined_on": said % {"day": date_words(first)}})
